"""What is said to be left is left: so much more passes, and a fen above it does not."""

import random
from datetime import date, timedelta
from fractions import Fraction

import pytest

from soe_compliance.api import read_filing
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.headroom import Headroom, Room
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.workdays import official_calendar
from soe_compliance.engine import headroom
from soe_compliance.filings.changes import Change, NewValue, changed
from soe_compliance.filings.filing import FEN_PER_UNIT, Filing
from soe_compliance.law.loading import load_ruleset
from soe_compliance.law.model import Ruleset
from tests.checks.curing import findings_of
from tests.cli.filings import CHILD, CLEAN, PARENT, with_cells
from tests.judging import Document, filing_of, ruleset_with
from tests.oracle.random_filings import random_filing
from tools.samples.__main__ import TARGET
from tools.samples.catalogue import SAMPLES
from tools.samples.sample import AS_OF

FILINGS = 40


def left_in(document: Document, as_of: date = date(2024, 3, 15), **readings: str) -> Headroom:
    return headroom(filing_of(document), ruleset_with(readings), official_calendar(), as_of)


def room(found: Headroom, rule: str, firm: str) -> Room:
    [one] = [room for room in found.rooms if (room.rule, room.firm) == (rule, firm)]
    return one


def with_more(filing: Filing, one: Room, more: Fraction) -> Filing:
    """The filing with a guarantee of so much more under a limit."""
    beneficiary, _, debt = one.subject.id.partition("/")
    row: dict[str, NewValue] = {
        "guarantor_code": one.firm,
        "beneficiary_code": "A-DEBTOR",
        "licensed_business": False,
    }
    if debt:
        group = filing.group_code
        row |= {"guarantor_code": group, "beneficiary_code": beneficiary, "debt_id": debt}
    raw = filing.tables.get("guarantees")
    return changed(filing, Change("guarantees", f"#{len(raw.rows) + 1 if raw else 1}", "balance", more, row))


def outcome_with(filing: Filing, ruleset: Ruleset, as_of: date, one: Room, more: Fraction) -> Outcome | None:
    found = findings_of(with_more(filing, one, more), ruleset, as_of, (one.rule,))
    return next((f.outcome for f in found if f.subject.id == one.subject.id), None)


def test_what_is_left_may_be_guaranteed_and_no_fen_more() -> None:
    """Of caps in random filings, also of firms that guarantee nothing so far."""
    rng, tried, unused = random.Random("left"), 0, 0
    for _ in range(FILINGS):
        document, as_of, readings = random_filing(rng)
        filing, ruleset = filing_of(document), ruleset_with(readings)
        fen = Fraction(1, FEN_PER_UNIT[filing.unit])
        for one in headroom(filing, ruleset, official_calendar(), as_of).rooms:
            if one.subject.table != "entities" or not one.left.is_point or one.over is not None:
                continue
            whole = one.left.low // fen * fen
            if whole > 0:
                assert outcome_with(filing, ruleset, as_of, one, whole) is Outcome.PASS, one
            above = outcome_with(filing, ruleset, as_of, one, whole + fen)
            assert above in (Outcome.FAIL, Outcome.WAIVED), one
            tried, unused = tried + 1, unused + (one.used.high == 0)
    assert tried > 60
    assert unused > 12


@pytest.mark.parametrize("file", sorted(sample.file for sample in SAMPLES))
def test_rooms_say_what_the_verdicts_say(file: str) -> None:
    filing, ruleset = read_filing(TARGET / file), load_ruleset()
    rooms = {(r.rule, r.subject.id): r for r in headroom(filing, ruleset, official_calendar(), AS_OF).rooms}
    rules = tuple({rule for rule, _ in rooms})
    judged = findings_of(filing, ruleset, AS_OF, rules)
    assert judged
    for finding in judged:
        one = rooms[finding.rule, finding.subject.id]
        broken = finding.outcome in (Outcome.FAIL, Outcome.WAIVED)
        assert not broken or one.over is not None
        assert finding.outcome is not Outcome.PASS or one.over is None


def test_a_base_that_is_not_stated_leaves_the_room_open() -> None:
    bare = {**CLEAN, "financials": []}
    one = room(left_in(bare), "GUA105", CHILD)
    assert one.used.high == 0
    assert one.left == Interval(Fraction(0), None)
    assert one.missing == ("financials.net_assets",)
    assert room(left_in(CLEAN), "GUA105", PARENT).missing == ()


def test_the_tightest_room_comes_first_and_an_open_one_after_those_as_tight() -> None:
    """Nothing is left to Z and W, at most 0.5 to Y, nobody knows how much to A, and 5 to B and C."""
    net_assets = {"Z": "0", "W": "0", "Y": "1", "A": None, "C": "10", "B": "10"}
    members = [{"code": code, "name": f"企业{code}", "consolidated": True} for code in net_assets]
    open_balance = {"id": "G2", "guarantor_code": "Y", "beneficiary_code": CHILD, "licensed_business": False}
    found = left_in(
        {
            **CLEAN,
            "entities": [CLEAN["entities"][0], *members],
            "financials": [{"code": c, "year": 2023, "net_assets": n} for c, n in net_assets.items()],
            "guarantees": [open_balance],
        }
    )
    rooms = [one for one in found.rooms if one.rule == "GUA105" and one.firm in net_assets]
    assert [one.firm for one in rooms] == ["W", "Z", "Y", "A", "B", "C"]
    assert [one.subject.name for one in rooms] == [f"企业{one.firm}" for one in rooms]


def test_which_limits_are_of_the_group_as_a_whole() -> None:
    rooms = left_in(CLEAN).rooms
    assert {(one.rule, one.of_group) for one in rooms} == {("GUA104", True), ("GUA105", False)}


def test_a_limit_that_is_passed_leaves_nothing() -> None:
    over = {**CLEAN, "financials": [{**CLEAN["financials"][0], "net_assets": "700"}]}
    one = room(left_in(over), "GUA105", PARENT)
    assert one.left.high == 0
    assert one.over == 50


def test_of_a_participation_the_part_of_each_debt() -> None:
    outside = {"holder_code": CHILD, "investee_code": "OUT", "ratio": "0.2498"}
    found = left_in({**CLEAN, "holdings": [*CLEAN["holdings"], outside]})
    assert [(stake.firm, stake.share.low, stake.share.high) for stake in found.stakes] == [
        ("OUT", Fraction("0.2498"), Fraction("0.2498"))
    ]


def test_what_is_left_of_a_debt_of_a_participation() -> None:
    stake = {"holder_code": CHILD, "investee_code": "OUT", "ratio": "0.2498"}
    guarantee = {**CLEAN["guarantees"][0], "id": "G2", "beneficiary_code": "OUT", "debt_id": "D2"}
    document = {
        **CLEAN,
        "holdings": [*CLEAN["holdings"], stake],
        "guarantees": [{**guarantee, "balance": "2000", "debt_balance": "10000"}],
    }
    filing, as_of = filing_of(document), date(2024, 3, 15)
    ruleset = ruleset_with({"share_rounding": "exact"})
    one = room(headroom(filing, ruleset, official_calendar(), as_of), "GUA103", "OUT")
    assert one.left == Interval(Fraction(498), Fraction(498))
    assert outcome_with(filing, ruleset, as_of, one, Fraction(498)) is Outcome.PASS
    assert outcome_with(filing, ruleset, as_of, one, Fraction("498.01")) is Outcome.FAIL


def test_the_amount_from_which_a_project_needs_approval() -> None:
    found = left_in(CLEAN)
    assert [(t.rule, t.firm, t.amount.low, t.inclusive) for t in found.thresholds] == [
        ("INV202", PARENT, Fraction(300), True)
    ]
    [exclusive] = left_in(CLEAN, large_project_boundary="exclusive").thresholds
    assert not exclusive.inclusive


@pytest.mark.parametrize(
    ("net_assets", "amount", "inclusive", "missing"),
    [
        ("1000", Interval(Fraction(300), Fraction(300)), False, ()),
        ("0", Interval(Fraction(0), Fraction(0)), True, ()),
        ("-5", Interval(Fraction(0), Fraction(0)), True, ()),
        (None, Interval(Fraction(0), None), False, ("financials.consolidated_net_assets",)),
    ],
)
def test_without_net_assets_any_project_is_large(
    net_assets: str | None, amount: Interval, inclusive: bool, missing: tuple[str, ...]
) -> None:
    """Even where a project has to be above the threshold."""
    document = with_cells(financials__consolidated_net_assets=net_assets)
    [found] = left_in(document, large_project_boundary="exclusive").thresholds
    assert (found.amount, found.inclusive, found.missing) == (amount, inclusive, missing)


def test_firms_outside_the_group_have_no_threshold() -> None:
    outside = {"code": "OUT", "name": "其他企业", "level": 1, "consolidated": False}
    found = left_in({**CLEAN, "entities": [*CLEAN["entities"], outside]})
    assert [one.firm for one in found.thresholds] == [PARENT]


@pytest.mark.parametrize(
    ("last", "rule", "name"), [(date(2024, 2, 29), "INV101", ""), (date(2024, 7, 31), "INV104", "某集团")]
)
def test_on_its_last_day_a_thing_is_still_to_come(last: date, rule: str, name: str) -> None:
    for as_of, listed in ((last, [(last, name)]), (last + timedelta(days=1), [])):
        found = left_in({**CLEAN, "plans": []}, as_of).due
        assert [(due.day, due.subject.name) for due in found if due.rule == rule] == listed


def test_days_to_come_in_order() -> None:
    found = left_in({**CLEAN, "plans": [], "financing_reports": []}, date(2024, 2, 20))
    assert [(due.day, due.rule, due.subject.id, due.if_any) for due in found.due] == [
        (date(2024, 2, 29), "INV101", "plan:2024", False),
        (date(2024, 7, 1), "FIN101", f"{PARENT}:2024Q1", False),
        (date(2024, 7, 31), "INV104", PARENT, True),
        (date(2024, 9, 30), "FIN101", f"{PARENT}:2024Q2", False),
        (date(2024, 12, 31), "FIN101", f"{PARENT}:2024Q3", False),
        (date(2025, 3, 31), "FIN101", f"{PARENT}:2024Q4", False),
    ]


def test_what_is_done_or_overdue_is_no_day_to_come() -> None:
    filed = {"year": 2024, "quarter": 2, "submitted_on": "2024-08-01", "details_attached": True}
    found = left_in({**CLEAN, "plans": [], "financing_reports": [filed]}, date(2024, 8, 15))
    assert [(due.rule, due.subject.id) for due in found.due] == [
        ("FIN101", f"{PARENT}:2024Q3"),
        ("FIN101", f"{PARENT}:2024Q4"),
    ]


def test_approvals_under_way_and_starts_to_come() -> None:
    project = {
        "code": "X1",
        "name": "某项目",
        "investor_code": PARENT,
        "plan_year": 2024,
        "main_business": False,
    }
    approval = {"id": "A1", "project_code": "X1", "authority": "sasac", "accepted_on": "2024-03-11"}
    document = {
        **CLEAN,
        "projects": [{**project, "started_on": "2024-06-01", "overseas": False, "amount": "1"}],
        "approvals": [{**approval, "decision": "pending", "documents": []}],
    }
    days = {due.rule: due.day for due in left_in(document).due}
    assert days["INV205"] == date(2024, 4, 9)
    assert days["INV203"] == date(2024, 6, 1)
