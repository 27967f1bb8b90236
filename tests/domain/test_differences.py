"""Verdicts before and after."""

from fractions import Fraction

from msgspec.structs import replace

from soe_compliance.domain.differences import Difference, differences
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.finding import Details, Finding, MeasuredAmount, Subject
from soe_compliance.domain.outcomes import Outcome, Responsible, Severity

ONE, TWO = (
    MeasuredAmount(Interval(Fraction(n), Fraction(n)), Interval(Fraction(5), Fraction(5)), "元")
    for n in (1, 2)
)


def found(rule: str, outcome: Outcome, measured: MeasuredAmount = ONE, subject: str = "A") -> Finding:
    details = Details(Subject("entities", subject), measured)
    return Finding("0", "a", rule, outcome, Severity.MANDATORY, Responsible.ENTERPRISE, "第一条", details)


def test_what_matters_most_comes_first() -> None:
    before = [
        found("GUA101", Outcome.PASS),
        found("GUA102", Outcome.FAIL),
        found("GUA103", Outcome.PASS),
        found("GUA104", Outcome.FAIL),
        found("GUA105", Outcome.PASS),
        found("GUA106", Outcome.PASS),
    ]
    after = [
        found("GUA101", Outcome.UNKNOWN),
        found("GUA102", Outcome.PASS),
        found("GUA103", Outcome.PASS, TWO),
        found("GUA105", Outcome.FAIL),
        found("GUA106", Outcome.PASS),
        found("GUA107", Outcome.FAIL),
    ]
    changed = [(one.difference, one.finding.rule) for one in differences(before, after)]
    assert changed == [
        (Difference.BREACHED, "GUA105"),
        (Difference.BREACHED, "GUA107"),
        (Difference.CURED, "GUA102"),
        (Difference.CURED, "GUA104"),
        (Difference.OUTCOME, "GUA101"),
        (Difference.NUMBERS, "GUA103"),
    ]


def test_a_breach_that_becomes_unknown_or_waived_is_not_cured() -> None:
    before = [found("GUA105", Outcome.FAIL)]
    for outcome in (Outcome.UNKNOWN, Outcome.WAIVED, Outcome.PENDING):
        [one] = differences(before, [found("GUA105", outcome)])
        assert one.difference is Difference.OUTCOME


def test_the_severest_of_new_breaches_is_first() -> None:
    banned = replace(found("GUA109", Outcome.FAIL), severity=Severity.PROHIBITION)
    rules = [one.finding.rule for one in differences([], [found("GUA105", Outcome.FAIL), banned])]
    assert rules == ["GUA109", "GUA105"]


def test_the_same_verdicts_do_not_differ() -> None:
    same = [found("GUA105", Outcome.FAIL), found("GUA105", Outcome.PASS, subject="B")]
    assert differences(same, reversed(same)) == ()
