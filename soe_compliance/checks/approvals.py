"""Approval of projects: required before the start, and not overtaken by it."""

from collections.abc import Sequence

import numpy as np

from soe_compliance.checks.bases import any_is_large, basis_in_words, is_not_positive
from soe_compliance.checks.cures import cure_by_row, cure_of_cell, next_id
from soe_compliance.checks.deadlines import NEVER
from soe_compliance.checks.projects import Projects
from soe_compliance.checks.situation import Situation, day, listed
from soe_compliance.checks.subjects import row_subject
from soe_compliance.checks.verdicts import Verdicts, first_that_fits, softened, spared
from soe_compliance.domain import reasons
from soe_compliance.domain.finding import Cure, Details, Evidence, MeasuredAmount, MeasuredDay
from soe_compliance.domain.outcomes import OUTCOMES, Outcome
from soe_compliance.domain.text import Text
from soe_compliance.domain.truth import NO, UNKNOWN, YES, either
from soe_compliance.filings.forms import ApprovalDecision
from soe_compliance.law.kinds import ApprovalFirst, ApprovalRequired
from soe_compliance.law.model import Category, Large


def check_approval(situation: Situation, check: ApprovalRequired) -> Verdicts:
    """One outcome for each project of the year: of the category, it is approved before it starts."""
    projects = situation.shared(Projects)
    rows, table = projects.of_year, projects.table
    filing = table.filing[rows]
    truth = projects.category(check.category)[rows]
    terminated = table.columns["terminated_on"][rows]
    given_up = (terminated.stated & (terminated.values <= situation.today)) | projects.all_rejected[rows]
    outcome = first_that_fits(
        [
            (truth == NO, Outcome.NOT_APPLICABLE),
            (projects.older[rows], Outcome.NOT_APPLICABLE),
            (truth == UNKNOWN, Outcome.UNKNOWN),
            (projects.has_approval[rows], Outcome.PASS),
            (projects.has_undecided[rows], Outcome.UNKNOWN),
            (projects.started[rows], Outcome.FAIL),
            (given_up, Outcome.PASS),
        ],
        Outcome.PENDING,
    )
    filed_on = situation.batch.filed_on
    before_start = filed_on.stated[filing] & (filed_on.values[filing] < projects.start.values[rows])
    outcome = softened(outcome, situation.cannot_show_absence("approvals")[filing] | before_start)

    def details(place: int) -> Details:
        row = int(rows[place])
        return _ApprovalDetails(situation, projects, check.category, row).details(OUTCOMES[outcome[place]])

    return Verdicts(filing, outcome, details)


class _ApprovalDetails:
    """What is to be said of one project and its approval."""

    def __init__(self, situation: Situation, projects: Projects, category: str, row: int) -> None:
        self.situation, self.projects, self.row = situation, projects, row
        self.name = category
        self.category: Category = situation.ruleset.terms.categories[category]
        self.batch = situation.batch
        self.filing = int(projects.table.filing[row])
        self.investor = int(projects.table.values("investor_code")[row])

    def details(self, outcome: Outcome) -> Details:
        unknown = outcome == Outcome.UNKNOWN
        category_open = int(self.projects.category(self.name)[self.row]) == UNKNOWN
        return Details(
            subject=row_subject(self.situation, "projects", self.row),
            measured=self._measured(),
            missing=self._missing(category_open) if unknown else (),
            evidence=self._evidence(),
            reasons=self._reasons(category_open) if unknown else (),
            facts=self._facts(),
            cure=self._cure() if outcome in (Outcome.FAIL, Outcome.PENDING) else None,
        )

    def _cure(self) -> Cure | None:
        """The decision that is awaited, else a row for the approval that is lacking."""
        granted = str(ApprovalDecision.APPROVED)
        awaited = [row for row in self.projects.approvals_of(self.row) if not self.projects.rejected[row]]
        if awaited:
            return cure_of_cell(self.situation, "approvals", awaited[0], "decision", granted)
        name = next_id(self.situation, self.filing, "approvals")
        if name is None:
            return None
        code = self.batch.text("projects", self.row, "code")
        return cure_by_row("approvals", name, "decision", granted, {"project_code": code})

    def _measured(self) -> MeasuredAmount | None:
        if self.category.large is None:
            return None
        base = self.projects.base(self.category.large).amount.at(self.row)
        limit = base.clipped().scaled(self.category.large.factor)
        value = self.projects.table.amount("amount", self.row)
        unit = self.situation.unit(self.filing)
        return MeasuredAmount(
            self.situation.in_unit(value, self.filing), self.situation.in_unit(limit, self.filing), unit
        )

    def _facts(self) -> dict[str, str | Text]:
        start = self.projects.start
        facts: dict[str, str | Text] = {"investor": self.batch.firm_name(self.investor)}
        if start.stated[self.row]:
            facts["start"] = str(day(start.values[self.row]))
        if self.category.large is not None:
            facts["basis"] = self._basis(self.category.large)
        return facts

    def _basis(self, large: Large) -> Text:
        """That a project is large, and by what."""
        base = self.projects.base(large)
        amount = self.situation.in_unit(base.amount.at(self.row), self.filing)
        name = self.batch.firm_name(int(base.firm[self.row]))
        year = int(base.year[self.row])
        _, field = base.cell(large, self.row)
        unit = self.situation.unit(self.filing)
        if is_not_positive(amount):
            return any_is_large(name, field, year, amount, unit)
        limit = basis_in_words(field, year, amount, large.factor, unit)
        if large.boundary == "inclusive":
            return Text(f"达到{name}{limit.zh}", f"reaches {limit.en} of {name}")
        return Text(f"超过{name}{limit.zh}", f"exceeds {limit.en} of {name}")

    def _flag_fields(self) -> list[str]:
        return [*self.category.where, *self.category.unless]

    def _base_cell(self) -> tuple[int, str] | None:
        if self.category.large is None:
            return None
        return self.projects.base(self.category.large).cell(self.category.large, self.row)

    def _evidence(self) -> tuple[Evidence, ...]:
        situation, projects = self.situation, self.projects
        return (
            projects.category_cells(self.row, self.category)
            + situation.evidence("projects", [self.row], "started_on", "completed_on", "terminated_on")
            + situation.evidence("approvals", projects.approvals_of(self.row), "decision", "decided_on")
        )

    def _missing(self, category_open: bool) -> tuple[str, ...]:
        situation = self.situation
        if not category_open:
            return situation.blank("approvals", self.projects.approvals_of(self.row), "decision")
        found = list(situation.blank("projects", [self.row], *self.category.where))
        base = self._base_cell()
        if base is not None:
            found += situation.blank("projects", [self.row], "amount")
            found += situation.blank("financials", [base[0]], base[1])
        if self.category.tiered_investor and situation.tiered[self.investor] == UNKNOWN:
            flag = situation.ruleset.terms.tiered.flag
            for field in ("level", flag):
                if not self.batch.of_entity(field, np.array([self.investor])).stated[0]:
                    found.append(f"entities.{field}")
        return tuple(found)

    def _reasons(self, category_open: bool) -> tuple[Text, ...]:
        situation, batch = self.situation, self.batch
        if category_open:
            if situation.scope_as_actor[self.investor] == UNKNOWN:
                name = batch.firm_name(self.investor)
                return (reasons.SCOPE_UNKNOWN.format(name=name),)
            return (reasons.CATEGORY_UNKNOWN,)
        undecided = [
            row
            for row in self.projects.approvals_of(self.row)
            if not self.projects.approvals.stated("decision")[row]
        ]
        if undecided:
            names = listed(batch.row_name("approvals", row) for row in undecided)
            return (reasons.UNDECIDED_APPROVAL.format(ids=names),)
        return self._why_nothing_shows()

    def _why_nothing_shows(self) -> tuple[Text, ...]:
        found = list(self.situation.why_absence_shows_nothing("approvals", self.filing))
        filed_on = self.batch.filings[self.filing].filed_on
        start = day(self.projects.start.values[self.row])
        if filed_on is not None and filed_on < start:
            found.append(reasons.FILED_BEFORE_START.format(filed_on=filed_on, start=start))
        return tuple(found)


def _category_cells(projects: Projects, row: int, names: Sequence[str]) -> tuple[Evidence, ...]:
    """The cells for which a project is, or may be, of one of these categories."""
    categories = projects.situation.ruleset.terms.categories
    perhaps = [categories[name] for name in names if projects.category(name)[row] != NO]
    return tuple(cell for category in perhaps for cell in projects.category_cells(row, category))


def check_approval_first(situation: Situation, check: ApprovalFirst) -> Verdicts:
    """One outcome for each approved, started project of the year: the approval came first."""
    projects = situation.shared(Projects)
    needed = either(*(projects.category(name) for name in check.categories))
    of_year = projects.of_year
    asked = projects.has_approval & projects.started & (needed != NO)
    rows = of_year[asked[of_year]]
    table, filing = projects.table, projects.table.filing[rows]
    start, approved_on = projects.start.values[rows], projects.approved_on[rows]
    by_completion = ~table.stated("started_on")[rows]
    undated = projects.has_undated_approval[rows]
    outcome = first_that_fits(
        [
            (approved_on == NEVER, Outcome.UNKNOWN),
            ((start < approved_on) & (undated | (needed[rows] != YES)), Outcome.UNKNOWN),
            (start < approved_on, Outcome.FAIL),
            (by_completion, Outcome.UNKNOWN),
        ],
        Outcome.PASS,
    )
    outcome = spared(outcome, projects.older[rows])

    def details(place: int) -> Details:
        verdict = OUTCOMES[outcome[place]]
        row = int(rows[place])
        granted = projects.granted_of(row)
        unknown = verdict is Outcome.UNKNOWN
        began = day(start[place])
        measured = None
        if approved_on[place] != NEVER:
            due = day(approved_on[place])
            measured = MeasuredDay(began, due, due, days_late=None)
        without_date = [r for r in granted if not projects.approvals.stated("decided_on")[r]]
        missing: tuple[str, ...] = ()
        why: list[Text] = []
        if unknown:
            missing = situation.blank("approvals", granted, "decided_on") + situation.blank(
                "projects", [row], "started_on"
            )
            if without_date:
                names = listed(situation.batch.row_name("approvals", r) for r in without_date)
                why.append(reasons.UNDATED_APPROVAL.format(ids=names))
            if needed[row] != YES:
                why.append(reasons.CATEGORY_UNKNOWN)
            if by_completion[place]:
                why.append(reasons.START_BY_COMPLETION.format(day=began))
        return Details(
            subject=row_subject(situation, "projects", row),
            measured=measured,
            missing=missing,
            evidence=situation.evidence("projects", [row], "started_on", "completed_on")
            + situation.evidence("approvals", granted, "decision", "decided_on")
            + _category_cells(projects, row, check.categories),
            reasons=tuple(why),
        )

    return Verdicts(filing, outcome, details)
