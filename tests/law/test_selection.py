"""Rules by code and family."""

import pytest

from soe_compliance.domain.errors import UserError
from soe_compliance.law.loading import load_ruleset
from soe_compliance.law.selection import rule_of, selected_rules
from tests.law.folders import hint

RULESET = load_ruleset()
ALL = set(RULESET.rules)


def family(prefix: str) -> set[str]:
    return {code for code in ALL if code.startswith(prefix)}


@pytest.mark.parametrize(
    ("select", "ignore", "selected"),
    [
        ([], [], ALL),
        (["GUA"], [], family("GUA")),
        (["gua104"], [], {"GUA104"}),
        (["INV2", "GUA104"], [], {*family("INV2"), "GUA104"}),
        ([], ["DAT"], ALL - family("DAT")),
        (["GUA"], ["GUA10"], set()),
        (["GUA"], ["GUA104", "GUA105"], family("GUA") - {"GUA104", "GUA105"}),
    ],
)
def test_families_and_codes(select: list[str], ignore: list[str], selected: set[str]) -> None:
    assert selected_rules(RULESET, select, ignore) == tuple(sorted(selected))


@pytest.mark.parametrize("wrong", ["GUA140", "XYZ", "GUA1044", "104", ""])
def test_a_code_that_names_no_rule_is_an_error(wrong: str) -> None:
    for select, ignore in (([wrong], []), ([], [wrong])):
        with pytest.raises(UserError):
            selected_rules(RULESET, select, ignore)


def test_the_error_names_the_code_that_was_meant() -> None:
    with pytest.raises(UserError) as caught:
        selected_rules(RULESET, ["GUA1O4"], [])
    assert "GUA104" in hint(caught.value)


def test_one_rule_by_code() -> None:
    assert rule_of(RULESET, "gua104").id == "GUA104"
    for wrong in ("GUA", "GUA10"):
        with pytest.raises(UserError):
            rule_of(RULESET, wrong)
