"""Limits and days as pictures."""

from collections import Counter
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from soe_compliance.api import Settings, check_paths
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.finding import MeasuredDay, Subject
from soe_compliance.domain.headroom import Room
from soe_compliance.domain.outcomes import Outcome, Severity
from soe_compliance.report.html.caps import bar, cap_views
from soe_compliance.report.html.deadlines import Deadlines, deadlines
from soe_compliance.report.html.overview import MOST_DEADLINES, MOST_STOPS, stops
from soe_compliance.report.html.timeline import timeline
from tests.report.html.pages import SAMPLES
from tests.report.reports import RULESET, awaiting, filing, point, report

_SVG = "{http://www.w3.org/2000/svg}"
_AMOUNTS = st.fractions(min_value=0, max_value=10**9, max_denominator=100)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low = draw(_AMOUNTS)
    return Interval(low, draw(st.none() | st.just(low) | _AMOUNTS.map(lambda more: low + more)))


def room(used: Interval, limit: Interval) -> Room:
    subject = Subject("entities", "A", "甲")
    return Room("GUA105", Severity.MANDATORY, "第十三条第（一）项", "A", subject, used, limit, "万元")


@given(intervals(), intervals())
def test_bars_keep_to_their_box(used: Interval, limit: Interval) -> None:
    root = ElementTree.fromstring(bar(room(used, limit), "zh"))
    _, _, width, height = (float(part) for part in root.attrib["viewBox"].split())
    for box in root.iter(f"{_SVG}rect"):
        assert float(box.attrib["x"]) >= 0
        assert float(box.attrib["x"]) + float(box.attrib["width"]) <= width + 1
        assert float(box.attrib["y"]) + float(box.attrib["height"]) <= height


@pytest.mark.parametrize(
    ("used", "filled", "hatched"), [(0, 0, False), (50, 80, False), (100, 160, False), (125, 160, True)]
)
def test_a_bar_is_as_long_as_its_share(used: int, filled: float, hatched: bool) -> None:
    root = ElementTree.fromstring(bar(room(point(used), point(100)), "zh"))
    boxes = list(root.iter(f"{_SVG}rect"))
    dark = [float(box.attrib["width"]) for box in boxes if box.attrib["fill"] == box.attrib["stroke"]]
    assert dark == ([filled] if filled else [])
    assert (len(list(root.iter(f"{_SVG}path"))) > 1) is hatched


def test_the_tightest_limit_comes_first_and_unused_ones_are_left_out() -> None:
    rooms = [room(point(n), point(100)) for n in (10, 0, 120, 90)]
    views, note = cap_views(rooms, RULESET, "zh")
    assert [view.used for view in views] == ["120.00万元", "90.00万元", "10.00万元"]
    assert [view.is_over for view in views] == [True, False, False]
    assert note == ""


def test_only_what_is_still_to_come_is_a_deadline() -> None:
    found = deadlines(report(findings=(awaiting(),)), "zh", MOST_DEADLINES)
    assert [due.rule for due in found.next] == ["INV205"]
    assert found.count == 1
    late = report(findings=(awaiting(),), as_of=date(2027, 3, 16))
    assert deadlines(late, "zh", MOST_DEADLINES) == Deadlines({}, [])


def test_a_day_that_another_is_compared_with_is_no_deadline() -> None:
    """Of a plan that awaits its decision: the day on which it was submitted is none by which something is due."""
    made = check_paths([str(SAMPLES)], Settings(as_of=date(2024, 3, 19)))
    submitted = [f for f in made.findings if (f.rule, f.outcome) == ("INV105", Outcome.PENDING)]
    days = [f.details.measured.due for f in submitted if isinstance(f.details.measured, MeasuredDay)]
    assert any(day >= made.as_of for day in days)
    found = deadlines(made, "zh", 1000)
    assert found.count
    assert "INV105" not in {due.rule for due in found.next}


def test_the_nearest_deadlines_are_named_and_all_counted() -> None:
    filings = tuple(filing(id=f"f{n}") for n in range(4))
    due = [date(2024, 5, day) for day in (9, 3, 7, 3)]
    findings = tuple(
        replace(
            awaiting(),
            filing=result.id,
            details=replace(awaiting().details, measured=MeasuredDay(None, day, day, None)),
        )
        for result, day in zip(filings, due, strict=True)
    )
    found = deadlines(report(filings=filings, findings=findings), "zh", 3)
    assert [(deadline.filing and deadline.filing.id, deadline.day.day) for deadline in found.next] == [
        ("f1", 3),
        ("f3", 3),
        ("f2", 7),
    ]
    assert found.by_day == Counter(due)
    assert found.count == 4


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=60))
def test_the_time_line_counts_everything(days: list[int]) -> None:
    start = date(2024, 4, 15)
    due = Counter(start + timedelta(number) for number in days)
    found = stops(due)
    assert sum(stop.count for stop in found) == len(days)
    assert [stop.day for stop in found] == sorted({stop.day for stop in found})
    assert len(found) <= MOST_STOPS or len(found) == len({(day.year, day.month) for day in due})
    root = ElementTree.fromstring(timeline(start, found, "zh"))
    _, _, width, height = (float(part) for part in root.attrib["viewBox"].split())
    for words in root.iter(f"{_SVG}text"):
        assert 0 <= float(words.attrib["x"]) <= width
        assert 0 <= float(words.attrib["y"]) <= height
