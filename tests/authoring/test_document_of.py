"""A rule cites the regulation only where a clause of it says so."""

import pytest

from soe_compliance.authoring.describe import describe
from soe_compliance.law.loading import load_ruleset

RULESET = load_ruleset("xingan-2023")


@pytest.mark.parametrize("code", RULESET.rules)
def test_what_the_check_asks_by_itself_cites_no_document(code: str) -> None:
    rule = RULESET.rules[code]
    says_so = not code.startswith(("DAT", "NET"))
    assert (RULESET.document_of(rule) == RULESET.document_no) is says_so
    assert rule.is_of_the_regulation is says_so


def test_nor_does_what_is_shown_of_it() -> None:
    shown = {code: describe(RULESET.rules[code], RULESET, None, "zh") for code in ("DAT010", "GUA109")}
    assert "\n条款：填报要求\n" in shown["DAT010"]
    assert f"\n条款：{RULESET.document_no} 第十三条第（一）项" in shown["GUA109"]
