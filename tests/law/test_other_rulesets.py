"""The rulesets beside the first: whose they are, their numbers, what they share, and that they serve the samples."""

from collections import Counter
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import pytest

from soe_compliance.api import check
from soe_compliance.authoring.examples import disagreements, load_examples
from soe_compliance.authoring.lint import remarks
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.law.kinds import (
    BeneficiaryFlag,
    BeneficiaryRatio,
    Cap,
    DateOrder,
    Relation,
    ShareLimit,
    Viable,
)
from soe_compliance.law.loading import load_ruleset, ruleset_ids
from soe_compliance.report.model import Report
from soe_compliance.report.wording import message, remedy

BASE = "filing-consistency"
CENTRAL = "central-guarantee-2021"
GUANGZHOU = "guangzhou-guarantee-2016"
FOLLOWERS = (CENTRAL, GUANGZHOU)
CUT = ("DAT002", "DAT003", "DAT007")
"""What of the shared rules is cut to the guarantee tables."""

SHARED = [f"DAT{number:03}" for number in range(1, 14)] + ["NET001", "NET002"]
SAMPLES = Path(__file__).parents[2] / "sample_filings"

RULES = {
    CENTRAL: {
        "GUA101": ("prohibition", "第三条"),
        "GUA103": ("prohibition", "第五条"),
        "GUA104": ("principle", "第四条"),
        "GUA105": ("principle", "第四条"),
        "GUA106": ("mandatory", "第三条"),
        "GUA109": ("mandatory", "第三条"),
        "GUA111": ("mandatory", "第五条"),
        "GUA112": ("mandatory", "第三条"),
    },
    GUANGZHOU: {
        "GUA101": ("prohibition", "担保对象（条号未核对）"),
        "GUA104": ("mandatory", "累计担保限额（条号未核对）"),
        "GUA113": ("mandatory", "单个被担保人限额（条号未核对）"),
        "GUA114": ("mandatory", "单笔担保限额（条号未核对）"),
        "GUA115": ("principle", "被担保人条件（条号未核对）"),
    },
}
CAPS = {
    (CENTRAL, "GUA104"): ("group", Fraction(2, 5), "consolidated_net_assets", False),
    (CENTRAL, "GUA105"): ("guarantor", Fraction(1, 2), "net_assets", False),
    (GUANGZHOU, "GUA104"): ("group", Fraction(1, 2), "consolidated_net_assets", True),
    (GUANGZHOU, "GUA113"): ("beneficiary", Fraction(3, 10), "consolidated_net_assets", True),
    (GUANGZHOU, "GUA114"): ("guarantee", Fraction(1, 10), "consolidated_net_assets", True),
}
READINGS = {
    BASE: ["share_rounding"],
    CENTRAL: ["share_rounding", "share_basis", "relation_scope", "earlier_guarantees", "group_net_assets"],
    GUANGZHOU: ["share_rounding", "relation_scope", "siblings", "earlier_guarantees", "group_net_assets"],
}


@lru_cache(maxsize=8)
def _report(ruleset: str) -> Report:
    return check(str(SAMPLES), ruleset=ruleset, as_of="2024-04-15", show=("pass", "not_applicable"))


def _counts(ruleset: str, rule: str) -> dict[str, int]:
    return dict(Counter(found.outcome.key for found in _report(ruleset).findings if found.rule == rule))


def test_they_are_shipped() -> None:
    assert {BASE, *FOLLOWERS} <= set(ruleset_ids())


@pytest.mark.parametrize(
    ("ruleset", "number", "force", "jurisdiction"),
    [
        (CENTRAL, "国资发财评规〔2021〕75号", "2021-11-19", "国务院国资委"),
        (GUANGZHOU, "穗国资法〔2016〕12号", "2016-01-01", "广州市国资委"),
    ],
)
def test_they_state_whose_they_are(ruleset: str, number: str, force: str, jurisdiction: str) -> None:
    loaded = load_ruleset(ruleset)
    assert (loaded.id, loaded.extends, loaded.document_no) == (ruleset, BASE, number)
    assert (str(loaded.force.from_), loaded.force.trial_until) == (force, None)
    assert jurisdiction in loaded.jurisdictions


@pytest.mark.parametrize("ruleset", FOLLOWERS)
def test_each_rule_is_as_severe_as_its_clause(ruleset: str) -> None:
    loaded = load_ruleset(ruleset)
    own = {code: rule for code, rule in loaded.rules.items() if loaded.defined_in[code] == ruleset}
    assert {code: (rule.severity.value, rule.clause) for code, rule in own.items()} == RULES[ruleset]


@pytest.mark.parametrize(("ruleset", "code"), CAPS)
def test_the_caps_are_those_of_the_text(ruleset: str, code: str) -> None:
    cap = load_ruleset(ruleset).rules[code].check
    assert isinstance(cap, Cap)
    assert (cap.by, cap.factor, cap.of, cap.audited) == CAPS[ruleset, code]


def test_the_liability_ratio_is_that_of_the_text() -> None:
    ratio = load_ruleset(GUANGZHOU).rules["GUA115"].check
    assert isinstance(ratio, BeneficiaryRatio)
    assert (ratio.value, ratio.of, ratio.at_most) == ("total_liabilities", "total_assets", Fraction(7, 10))


def test_an_approval_of_the_group_lifts_what_it_may() -> None:
    lifted = {}
    for code, rule in load_ruleset(CENTRAL).rules.items():
        if isinstance(rule.check, Relation | Viable | BeneficiaryFlag):
            lifted[code] = rule.check.unless_approved is not None
        elif isinstance(rule.check, ShareLimit):
            lifted[code] = rule.check.unless_covered is not None
    expected = {
        "GUA101": False,
        "GUA103": False,
        "GUA106": True,
        "GUA109": True,
        "GUA111": True,
        "GUA112": True,
    }
    assert lifted == expected


@pytest.mark.parametrize("ruleset", FOLLOWERS)
def test_a_verb_is_quoted_only_where_it_was_read(ruleset: str) -> None:
    loaded = load_ruleset(ruleset)
    quoted = {rule.verb for code, rule in loaded.rules.items() if code in RULES[ruleset]}
    assert quoted == {None, "原则上"}
    assert {"text", "recalled"} <= {source.checked for source in loaded.sources}


@pytest.mark.parametrize("ruleset", [BASE, *FOLLOWERS])
def test_they_share_the_rules_of_the_filing_itself(ruleset: str) -> None:
    loaded = load_ruleset(ruleset)
    homes = {code: home for code, home in loaded.defined_in.items() if home not in FOLLOWERS}
    assert homes == {code: BASE if code in CUT else "xingan-2023" for code in SHARED}
    dates = loaded.rules["DAT007"].check
    assert isinstance(dates, DateOrder)
    assert [pair.table for pair in dates.pairs] == ["guarantees"]


@pytest.mark.parametrize("ruleset", [BASE, *FOLLOWERS])
def test_their_readings_are_those_that_their_rules_use(ruleset: str) -> None:
    loaded = load_ruleset(ruleset)
    assert list(loaded.interpretations) == READINGS[ruleset]
    assert {key for keys in loaded.readings_of.values() for key in keys} == set(READINGS[ruleset])
    for key, interpretation in loaded.interpretations.items():
        for option in interpretation.others(interpretation.default):
            assert load_ruleset(ruleset, {key: option}).digest != loaded.digest


@pytest.mark.parametrize("code", SHARED)
def test_a_shared_rule_is_that_of_the_first_ruleset_as_far_as_guarantees_go(code: str) -> None:
    """What a rule says of a breach is the same; only what is not about guarantees is left out."""
    first, shared = load_ruleset().rules[code], load_ruleset(BASE).rules[code]
    same = ("id", "severity", "responsible", "clause", "title", "texts", "remedy")
    assert {key: getattr(shared, key) for key in same} == {key: getattr(first, key) for key in same}
    if code not in CUT:
        assert (shared.check, shared.meaning) == (first.check, first.meaning)


@pytest.mark.parametrize("ruleset", [BASE, *FOLLOWERS])
def test_their_examples_come_out_as_they_say_and_lint_is_silent(ruleset: str) -> None:
    loaded = load_ruleset(ruleset)
    assert [remark.zh for remark in remarks(loaded, ruleset)] == []
    for code, rule in loaded.rules.items():
        if loaded.defined_in[code] == ruleset:
            assert list(disagreements(load_examples(ruleset, rule))) == []


def test_examples_of_an_inherited_rule_are_found_where_it_was_written() -> None:
    rule = load_ruleset(CENTRAL).rules["DAT004"]
    assert load_examples(CENTRAL, rule).document == load_examples("xingan-2023", rule).document


@pytest.mark.parametrize("ruleset", [BASE, *FOLLOWERS])
def test_the_samples_are_checked_and_every_finding_has_its_words(ruleset: str) -> None:
    report, loaded = _report(ruleset), load_ruleset(ruleset)
    assert len(report.filings) == 10
    for finding in report.findings:
        assert message(finding, loaded, "zh")
        assert message(finding, loaded, "en")
        if finding.outcome is not Outcome.PASS:
            assert remedy(finding, loaded, "zh")


@pytest.mark.parametrize(
    ("ruleset", "code", "fails"),
    [
        (CENTRAL, "GUA101", 5),
        (CENTRAL, "GUA103", 3),
        (CENTRAL, "GUA104", 2),
        (CENTRAL, "GUA105", 2),
        (GUANGZHOU, "GUA101", 5),
        (GUANGZHOU, "GUA114", 2),
    ],
)
def test_the_samples_breach_what_they_should(ruleset: str, code: str, fails: int) -> None:
    assert _counts(ruleset, code)["fail"] == fails


@pytest.mark.parametrize(
    ("ruleset", "code"),
    [(CENTRAL, "GUA111"), (CENTRAL, "GUA112"), (GUANGZHOU, "GUA113"), (GUANGZHOU, "GUA115")],
)
def test_where_the_samples_state_too_little_nothing_is_decided(ruleset: str, code: str) -> None:
    found = _counts(ruleset, code)
    assert found["unknown"]
    assert "fail" not in found
