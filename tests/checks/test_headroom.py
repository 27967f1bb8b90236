"""What is said to be left is left: so much more passes, and a fen above it does not."""

import random
from datetime import date
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
from tests.cli.filings import CHILD, CLEAN, PARENT
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
