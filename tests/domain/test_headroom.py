"""What a limit leaves, and what concerns one firm."""

from datetime import date
from fractions import Fraction

import pytest
from msgspec.structs import replace

from soe_compliance.domain.exact import Interval
from soe_compliance.domain.finding import Subject
from soe_compliance.domain.headroom import Due, Headroom, Room, Stake, Threshold
from soe_compliance.domain.outcomes import Responsible, Severity
from soe_compliance.domain.text import Text

Ends = tuple[int, int | None]


def interval(ends: Ends) -> Interval:
    low, high = ends
    return Interval(Fraction(low), None if high is None else Fraction(high))


def room(used: Ends = (0, 0), limit: Ends = (0, 0), firm: str = "A") -> Room:
    subject = Subject("entities", firm)
    return Room("GUA101", Severity.MANDATORY, "第一条", firm, subject, interval(used), interval(limit), "元")


@pytest.mark.parametrize(
    ("used", "limit", "left", "over"),
    [
        ((30, 30), (100, 100), (70, 70), None),
        ((30, 40), (100, 120), (60, 90), None),
        ((100, 100), (100, 100), (0, 0), None),
        ((101, 101), (100, 100), (0, 0), 1),
        ((130, 140), (100, 120), (0, 0), 10),
        ((110, 140), (100, 120), (0, 10), None),
        ((30, None), (100, 100), (0, 70), None),
        ((130, None), (100, 100), (0, 0), 30),
        ((30, 40), (100, None), (60, None), None),
        ((130, 140), (100, None), (0, None), None),
    ],
)
def test_what_is_left_of_a_limit_and_what_is_over_it(
    used: Ends, limit: Ends, left: Ends, over: int | None
) -> None:
    one = room(used, limit)
    assert one.left == interval(left)
    assert one.over == over


def test_of_a_firm_are_its_own_limits_and_those_of_the_group() -> None:
    own, others = room(firm="A"), room(firm="B")
    of_group = replace(room(firm="P"), of_group=True)
    stakes = [Stake("GUA102", firm, "", interval((0, 1))) for firm in "AB"]
    thresholds = [
        Threshold("PRJ101", "第一条", Text("", ""), firm, "", interval((1, 1)), True, "元") for firm in "AB"
    ]
    day = date(2024, 3, 1)
    due = (Due(day, day, "REP101", "第一条", Text("", ""), Responsible.ENTERPRISE, Subject("filing", "")),)
    whole = Headroom((own, of_group, others), tuple(stakes), tuple(thresholds), due)
    assert whole.of_firm("A") == Headroom((own, of_group), (stakes[0],), (thresholds[0],), due)
    assert whole.of_firm("C") == Headroom((of_group,), (), (), due)
