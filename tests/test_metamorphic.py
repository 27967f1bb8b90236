"""What a change of the input may change of the report, through the public check."""

import json
import random
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from soe_compliance.api import Settings, check, check_paths
from soe_compliance.domain.outcomes import Outcome, Severity
from soe_compliance.engine import Status
from soe_compliance.filings.tables import HEADER, TABLES
from tests.judging import Document
from tests.metamorphic import (
    AS_OF,
    RULESET,
    Outcomes,
    blanked,
    changes,
    drawn,
    fails,
    filings_of,
    judged,
    renamed,
    samples,
    scaled,
    stated_cells,
)
from tests.test_properties import plain

COUNT = 16
SEEDS = range(4)
OVERLAY = """extends: xingan-2023
id: raised
title: {zh: 提高上限, en: Raised}
issuer: 示例国资局
document_no: 示例〔2024〕1号
published: 2024-01-01
force: {from: 2023-05-01}
jurisdictions: [示例国资局]
sources: [{title: 示例, checked: text}]
changes:
"""


def sources(seed: int) -> tuple[list[Document], date, dict[str, str]]:
    """Random filings, for one seed the samples instead."""
    if seed == 0:
        return samples(), AS_OF, {}
    return drawn(random.Random(f"metamorphic {seed}"), COUNT)


def raised(folder: Path, change: str) -> str:
    (folder / "ruleset.yaml").write_text(OVERLAY + f"  - {{{change}, source: 第一条}}\n", encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("change", "not_held"),
    [
        ("rule: GUA104, at: check/factor, to: 41/100", ()),
        ("rule: GUA105, at: check/factor, to: 51/100", ()),
        # a project that is large by itself is no part of a split one
        ("term: categories/large/large/factor, to: 1/2", ("NET003",)),
    ],
)
def test_a_higher_cap_adds_no_failure(
    tmp_path: Path, seed: int, change: str, not_held: Sequence[str]
) -> None:
    documents, as_of, readings = sources(seed)
    before = judged(documents, as_of, readings)
    after = judged(documents, as_of, readings, raised(tmp_path, change))
    for old, new in zip(before, after, strict=True):
        added = {(rule, subject) for rule, subject in fails(new) - fails(old) if rule not in not_held}
        assert not added
        if change.startswith("rule"):
            rule = change[6:12]
            assert {key[0] for key in changes(old, new)} <= {rule}
            assert not [key for key, (was, _) in changes(old, new).items() if was == "pass"]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("factor", ["0.125", "7000"])
def test_money_times_a_factor_changes_no_verdict(seed: int, factor: str) -> None:
    """All limits of the ruleset are parts of other amounts; none is an amount of its own."""
    documents, as_of, readings = sources(seed)
    other = [scaled(document, Decimal(factor)) for document in documents]
    assert judged(other, as_of, readings) == judged(documents, as_of, readings)


@pytest.mark.parametrize("seed", SEEDS)
def test_other_codes_of_firms_change_subjects_only(seed: int) -> None:
    """Without exceptions, which name subjects; and what DAT001 says of a code is of the code itself."""
    documents, as_of, readings = sources(seed)
    plain_ones = [{key: rows for key, rows in one.items() if key != "exceptions"} for one in documents]
    mark = "ZZQ"
    after = judged([renamed(document, mark) for document in plain_ones], as_of, readings)
    for old, new in zip(judged(plain_ones, as_of, readings), after, strict=True):
        kept = {key: outcome for key, outcome in old.items() if key[0] != "DAT001"}
        assert {
            (rule, subject.replace(mark, "")): outcome for (rule, subject), outcome in new.items()
        } == kept


TIMELESS = ("GUA", "NET", "DAT")
"""Of balances and holdings at the reference date, whatever the day of the check."""
PASSES_THAT_END = ("INV201", "INV202", "INV203")
"""A project whose approvals were all rejected passes as long as it has not started."""


@pytest.mark.parametrize("seed", SEEDS)
def test_a_later_day_forgives_nothing(seed: int) -> None:
    documents, as_of, readings = sources(seed)
    days = [judged(documents, as_of + timedelta(days=more), readings) for more in (0, 1, 400)]
    for earlier, later in pairwise(days):
        for old, new in zip(earlier, later, strict=True):
            assert not {key for key in changes(old, new) if key[0].startswith(TIMELESS)}
            for (rule, _), (was, now) in changes(old, new).items():
                assert now != "none"
                assert was != "fail"
                assert was != "waived"
                if was == "pass":
                    assert rule in PASSES_THAT_END, (rule, was, now)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_batch_in_parts_says_the_same(tmp_path: Path, seed: int) -> None:
    documents, as_of, readings = sources(seed)
    for number, document in enumerate(documents):
        folder = tmp_path / str(number % 3)
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    settings = Settings(ruleset=RULESET, as_of=as_of, interpret=readings, show=tuple(Outcome))
    whole = check_paths([str(tmp_path)], settings)
    parts = [check_paths([str(folder)], settings) for folder in sorted(tmp_path.iterdir())]
    assert list(whole.findings) == [finding for part in parts for finding in part.findings]
    assert [result.outcomes for result in whole.filings] == [
        r.outcomes for part in parts for r in part.filings
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_an_exception_adds_no_failure(seed: int) -> None:
    documents, as_of, readings = sources(seed)
    before = judged(documents, as_of, readings)
    excused = []
    for document, outcomes in zip(documents, before, strict=True):
        rows = [
            {"rule": rule, "subject": subject, "approval_no": "1号", "approved_on": "2020-01-01"}
            for rule, subject in sorted(fails(outcomes))
        ]
        excused.append({**document, "exceptions": [*document.get("exceptions", []), *rows]})
    for old, new in zip(before, judged(excused, as_of, readings), strict=True):
        assert set(changes(old, new).values()) <= {("fail", "waived")}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_waiver_excuses_its_breach_only(tmp_path: Path, seed: int) -> None:
    documents, as_of, readings = sources(seed)
    filings = filings_of(documents)
    plain_report = check(*filings, ruleset=RULESET, as_of=as_of, interpret=readings)
    failed = [
        finding
        for finding in plain_report.findings
        if finding.outcome is Outcome.FAIL and finding.severity is not Severity.PROHIBITION
    ]
    waived = random.Random(seed).sample(failed, len(failed) // 2)
    path = tmp_path / "waivers.yaml"
    entries = [
        {
            "rule": one.rule,
            "subject": one.subject.id,
            "filing": one.filing,
            "reason": "r",
            "approver": "a",
            "expires_on": "2099-01-01",
        }
        for one in waived
    ]
    path.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    settings = Settings(ruleset=RULESET, as_of=as_of, interpret=readings, waivers=str(path))
    report = check_paths([], settings, filings=filings)
    for old, new in zip(plain_report.findings, report.findings, strict=True):
        assert (old.rule, old.subject) == (new.rule, new.subject)
        assert (old.outcome, new.outcome) in {(old.outcome, old.outcome), (Outcome.FAIL, Outcome.WAIVED)}
        assert new.outcome is old.outcome or old in waived


@dataclass(frozen=True)
class Says:
    """What the rules say of a blank in these fields, where that is more than that a verdict is not known.

    Attributes:
        rules: the rules, or families of them, that it holds for.
    """

    fields: str
    rules: str
    why: str

    def covers(self, field: str, rule: str) -> bool:
        return field in self.fields.split() and rule.startswith(tuple(self.rules.split()))


BLANKS = (
    Says(
        "exceptions.approved_on",
        "DAT FIN GUA INV NET",
        "an exception without a day of approval waives nothing",
    ),
    Says("exceptions.expires_on exceptions.up_to", "DAT FIN GUA INV NET", "no end, no limit: it waives more"),
    Says("entities.consolidated", "GUA INV NET", "control tells who is in the group"),
    Says(
        "holdings.ratio",
        "GUA INV NET",
        "a stake that may be nothing: who is in the group, and who reaches whom",
    ),
    Says("holdings.voting_ratio", "GUA INV NET", "votes as large as the stake, which may turn control"),
    Says("entities.guarantee_licence", "GUA NET", "no licence: the guarantee counts like any other"),
    Says("entities.guarantee_licence_until", "GUA NET", "a licence without an end"),
    Says(
        "entities.level entities.key_subsidiary",
        "GUA INV NET",
        "whether a guarantee is licensed, an investor tiered",
    ),
    Says(
        "guarantees.balance",
        "GUA NET DAT",
        "a balance that is blank may be there: in force, and above any limit",
    ),
    Says("guarantees.signed_on guarantees.released_on", "GUA NET DAT", "without the day it is in force"),
    Says("guarantees.home_buyers", "GUA NET", "not for buyers of homes"),
    Says(
        "guarantees.licensed_business",
        "GUA NET",
        "licensed or not is not known: no rule leaves it out for certain",
    ),
    Says(
        "guarantees.debt_balance",
        "GUA103",
        "what other rows state of the debt holds; of two that differ none",
    ),
    Says(
        "financials.net_profit financials.operating_cash_flow", "GUA106", "a year of losses has both stated"
    ),
    Says(
        "financials.consolidated_net_assets",
        "INV202 INV206 NET003",
        "its own net assets, where it holds nothing",
    ),
    Says("plans.decision", "INV103 INV104", "counted unless rejected"),
    Says("plans.decision", "INV105", "still to be decided"),
    Says("plans.submitted_on", "INV103", "counted unless older than the regulation"),
    Says("approvals.authority", "INV204 INV205", "not certainly the government's"),
    Says(
        "approvals.decision approvals.decided_on",
        "INV20 INV30",
        "no decision: awaited, or not known which project has one",
    ),
    Says("approvals.paused_from approvals.paused_until", "INV205", "a pause without a beginning or an end"),
    Says(
        "approvals.applied_on approvals.accepted_on",
        "INV204 INV205",
        "a blank day is not before the regulation",
    ),
    Says("projects.started_on projects.completed_on", "INV", "the start is then the completion, or no start"),
    Says("projects.terminated_on", "INV", "it goes on"),
    Says("projects.overseas", "INV202 INV206 NET003", "goes on: approval is required either way"),
    Says("projects.main_business", "INV20", "whether approval is required"),
    Says("projects.amount", "INV20 NET003", "whether it is large"),
    Says("projects.post_evaluated_on", "INV302", "not evaluated yet"),
    Says("projects.internal_decision_on", "INV207", "not decided yet, while it has not started"),
)
FOUND_ONLY = ("DAT", "NET")
"""Rules that speak only of what they find: with the cell their finding may go."""


def ruled(field: str, rule: str, was: str, now: str) -> bool:
    """Whether a blank in a field may turn this verdict so."""
    found_no_more = rule.startswith(FOUND_ONLY) and now == "none"
    return now == "unknown" or found_no_more or any(says.covers(field, rule) for says in BLANKS)


@pytest.mark.parametrize("seed", range(10))
def test_a_blank_makes_a_verdict_unknown_or_what_the_rule_says_of_it(seed: int) -> None:
    rng = random.Random(f"blank {seed}")
    documents, as_of, readings = drawn(rng, 4)
    if seed < 2:
        documents, as_of, readings = samples()[seed * 5 : seed * 5 + 5], AS_OF, {}
    for document in documents:
        cells = stated_cells(document)
        chosen = rng.sample(cells, min(len(cells), 24))
        before, *after = judged([document, *(blanked(document, *cell) for cell in chosen)], as_of, readings)
        for (table, row, field), now in zip(chosen, after, strict=True):
            for (rule, subject), (old, new) in changes(before, now).items():
                told = (f"{table}.{field}", rule, subject, old, new, document[table][row])
                assert ruled(f"{table}.{field}", rule, old, new), told


@pytest.mark.parametrize("seed", SEEDS)
def test_a_row_without_what_it_needs_is_told_of(seed: int) -> None:
    rng = random.Random(f"needed {seed}")
    documents, as_of, readings = sources(seed)
    spoiled = deepcopy(documents)
    for document in spoiled:
        tables = [key for key in document if key != HEADER and document[key]]
        table = rng.choice(tables)
        row = rng.choice(document[table])
        row[rng.choice(TABLES[table].required).key] = rng.choice([None, "", " ", "-", "无"])
        if not any(plain(cell) for cell in row.values()):
            row["name"] = "还有一行"
    report = check(*filings_of(spoiled), ruleset=RULESET, as_of=as_of, interpret=readings)
    assert {result.status for result in report.filings} == {Status.INCOMPLETE}
    for result in report.filings:
        assert "row-unusable" in {problem.code for problem in result.problems}


@pytest.mark.parametrize("seed", SEEDS)
def test_an_unconnected_firm_changes_nothing_else(seed: int) -> None:
    """A firm outside the group with a good balance sheet, even where its own guarantee would break every rule."""
    documents, as_of, readings = sources(seed)
    more = deepcopy(documents)
    for document in more:
        if not document.get("entities") or not document.get("holdings") or not document.get("guarantees"):
            continue
        firms = [{"code": code, "name": code, "consolidated": False} for code in ("ALONE-1", "ALONE-2")]
        document["entities"] = [*document["entities"], *firms]
        document["financials"] = [
            {"code": "ALONE-1", "year": document[HEADER]["year"], "net_assets": "5"},
            *document.get("financials", []),
        ]
        stake = {"holder_code": "ALONE-1", "investee_code": "ALONE-2", "ratio": "0.7"}
        document["holdings"] = [stake, *document["holdings"]]
        bad = {"id": "ALONE", "guarantor_code": "ALONE-2", "beneficiary_code": "ALONE-1", "balance": "999999"}
        document["guarantees"] = [*document["guarantees"], bad]
    for old, new in zip(judged(documents, as_of, readings), judged(more, as_of, readings), strict=True):
        assert changes(old, new) == {}


def passes(outcomes: Outcomes) -> set[tuple[str, str]]:
    return {key for key, outcome in outcomes.items() if outcome == "pass"}


EVIDENCE = (
    ("plans", "narrative_attached", True),
    ("guarantees", "board_resolution_on", "2000-01-03"),
    ("projects", "internal_decision_on", "2000-01-03"),
    ("projects", "post_evaluated_on", "2030-01-03"),
    ("projects", "in_plan", True),
    ("financing_reports", "details_attached", True),
    ("entities", "solvent", True),
    ("entities", "going_concern", True),
)
"""What a filer adds to show that a duty was met."""


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("table", "field", "value"), EVIDENCE)
def test_more_evidence_breaks_nothing(seed: int, table: str, field: str, value: object) -> None:
    documents, as_of, readings = sources(seed)
    shown = deepcopy(documents)
    for document in shown:
        for row in document.get(table, []):
            if any(plain(cell) for cell in row.values()):
                row[field] = value
    for old, new in zip(judged(documents, as_of, readings), judged(shown, as_of, readings), strict=True):
        assert fails(new) <= fails(old)
        assert passes(old) <= passes(new)
