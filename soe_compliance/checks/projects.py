"""Projects and their approvals: categories that need approval, starts, and what was decided."""

from functools import cached_property

import numpy as np
from msgspec import Struct

from soe_compliance.checks.deadlines import NEVER, earliest_by
from soe_compliance.checks.situation import Situation
from soe_compliance.domain.exact import Range, above
from soe_compliance.domain.finding import Evidence
from soe_compliance.domain.truth import YES, Mask, Numbers, Truth, between, both, either, known
from soe_compliance.filings.columns import Column
from soe_compliance.law.model import Category, Large


class Base(Struct, frozen=True, eq=False):
    """What large projects are measured against: the firm of each project, its row of financials, the amount."""

    firm: Numbers
    year: Numbers
    row: Numbers
    field_is_instead: Mask
    amount: Range

    def cell(self, large: Large, project: int) -> tuple[int, str]:
        """The row and the field of financials that a project's base is taken from; the row is -1 where there is none."""
        return int(self.row[project]), large.instead if self.field_is_instead[project] else large.of


class Projects:
    """The projects of a batch, seen with their approvals."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.table = situation.table("projects")
        self.approvals = situation.table("approvals")
        self._categories: dict[str, Truth] = {}
        self._bases: dict[Large, Base] = {}

    @cached_property
    def of_year(self) -> Numbers:
        """The projects of the filing's year."""
        return np.flatnonzero(self.table.values("plan_year") == self.situation.batch.year[self.table.filing])

    @cached_property
    def start(self) -> Column:
        """The start of each project; where it is blank its completion, the latest day that it can be."""
        started, completed = self.table.columns["started_on"], self.table.columns["completed_on"]
        values = np.where(started.stated, started.values, completed.values)
        return Column(values, started.stated | completed.stated)

    @cached_property
    def started(self) -> Mask:
        """Projects with a start by the as-of date."""
        return self.start.stated & (self.start.values <= self.situation.today)

    @cached_property
    def older(self) -> Mask:
        """Projects that started before the regulation was in force."""
        return self.start.stated & (self.start.values < self.situation.in_force_from)

    @cached_property
    def investor_scope(self) -> Truth:
        return self.situation.scope_as_actor[self.table.values("investor_code")]

    def investor_cells(self, row: int, *, tiered: bool = False) -> tuple[Evidence, ...]:
        """The cells for which a project is the group's, and of a firm of the upper tier or below it."""
        entity = int(self.situation.batch.entity_of_firm[self.table.values("investor_code")[row]])
        tier = ("level", self.situation.ruleset.terms.tiered.flag) if tiered else ()
        return self.situation.evidence("entities", [entity], "consolidated", *tier)

    def category_cells(self, row: int, category: Category) -> tuple[Evidence, ...]:
        """The cells for which a project is of a category."""
        fields, large = [*category.where, *category.unless], category.large
        if large is None:
            found = self.situation.evidence("projects", [row], *fields)
        else:
            base_row, base_field = self.base(large).cell(large, row)
            found = self.situation.evidence("projects", [row], "amount", *fields)
            found += self.situation.evidence("financials", [base_row], base_field)
        return found + self.investor_cells(row, tiered=category.tiered_investor)

    def category(self, name: str) -> Truth:
        """Whether each project (of any year) is of a category; false for investors outside the group."""
        if name not in self._categories:
            self._categories[name] = self._category(self.situation.ruleset.terms.categories[name])
        return self._categories[name]

    def _category(self, category: Category) -> Truth:
        truth = both(self.investor_scope, *self._flags(category))
        if category.tiered_investor:
            truth = both(truth, self.situation.tiered[self.table.values("investor_code")])
        return both(truth, self.large(category.large)) if category.large else truth

    def _flags(self, category: Category) -> list[Truth]:
        wanted = [self._flag(field, value) for field, value in category.where.items()]
        unwanted = [known(self._flag(field, value) != YES) for field, value in category.unless.items()]
        return [*wanted, *unwanted]

    def _flag(self, field: str, value: bool) -> Truth:
        truth = self.table.truth(field)
        return truth if value else (YES - truth).astype(np.int8)

    def large(self, large: Large) -> Truth:
        """Whether each project's amount reaches the part of the base; always where the base is not positive."""
        base = self.base(large).amount
        truth = above(
            self.table.range("amount"), base.clipped(), large.factor, or_equal=large.boundary == "inclusive"
        )
        not_positive = between(~base.unlimited & (base.high <= 0).astype(bool), base.unlimited)
        return either(truth, not_positive)

    def base(self, large: Large) -> Base:
        """The base of each project: net assets at the end of the year before."""
        if large not in self._bases:
            self._bases[large] = self.base_of(large, self.table.values("investor_code"), self.table.filing)
        return self._bases[large]

    def base_of(self, large: Large, investor: Numbers, filing: Numbers) -> Base:
        """The base of projects of these investors in these filings."""
        batch, situation = self.situation.batch, self.situation
        firm = batch.parent[filing] if large.base == "group" else investor
        year = batch.year[filing] - 1
        row = batch.financial_rows(firm, year)
        own, instead = batch.of_financials(large.of, row), batch.of_financials(large.instead, row)
        take = own.unlimited & ~self._holds_anything[firm] & situation.holdings.has_rows[filing]
        amount = Range(
            np.where(take, instead.low, own.low),
            np.where(take, instead.high, own.high),
            np.where(take, instead.unlimited, own.unlimited),
        )
        return Base(firm, year, row, take, amount)

    @cached_property
    def _holds_anything(self) -> Mask:
        """Firms with a stake that is not stated to be nothing."""
        table = self.situation.table("holdings")
        ratio = table.columns["ratio"]
        holds = np.zeros(len(self.situation.batch.firm_codes), dtype=bool)
        holds[table.values("holder_code")[~ratio.stated | (ratio.values != 0).astype(bool)]] = True
        return holds

    # approvals

    @cached_property
    def _project_of_code(self) -> Numbers:
        rows = np.full(len(self.situation.batch.names.names), -1, dtype=np.int64)
        rows[self.table.values("code")] = np.arange(len(self.table))
        return rows

    @cached_property
    def of_approval(self) -> Numbers:
        """The project of each approval, -1 where it is not listed."""
        return self._project_of_code[self.approvals.values("project_code")]

    def _any(self, mask: Mask) -> Mask:
        """Projects with an approval for which the mask holds."""
        found = np.zeros(len(self.table), dtype=bool)
        found[self.of_approval[mask & (self.of_approval >= 0)]] = True
        return found

    @cached_property
    def granted(self) -> Mask:
        """Approvals that were granted."""
        return self.approvals.is_one_of("decision", ["approved"])

    @cached_property
    def has_approval(self) -> Mask:
        return self._any(self.granted)

    @cached_property
    def has_undecided(self) -> Mask:
        """Projects with an approval that states no decision."""
        return self._any(~self.approvals.stated("decision"))

    @cached_property
    def rejected(self) -> Mask:
        """Approvals that were refused."""
        return self.approvals.is_one_of("decision", ["rejected"])

    @cached_property
    def judged(self) -> Mask:
        """Approvals that state a decision, whichever it is."""
        return self.granted | self.rejected

    @cached_property
    def all_rejected(self) -> Mask:
        return self._any(self.rejected) & ~self._any(~self.rejected)

    @cached_property
    def has_undated_approval(self) -> Mask:
        return self._any(self.granted & ~self.approvals.stated("decided_on"))

    @cached_property
    def approved_on(self) -> Numbers:
        """The earliest day on which each project was approved, `NEVER` where none is dated."""
        decided = self.approvals.columns["decided_on"]
        dated = self.granted & decided.stated & (self.of_approval >= 0)
        return earliest_by(self.of_approval[dated], decided.values[dated], len(self.table))

    @cached_property
    def is_dated(self) -> Mask:
        """Projects with a dated approval."""
        dated: Mask = self.approved_on != NEVER
        return dated

    @cached_property
    def _approvals(self) -> dict[int, list[int]]:
        """The approvals of each project that has some."""
        found: dict[int, list[int]] = {}
        for approval, project in enumerate(self.of_approval.tolist()):
            found.setdefault(project, []).append(approval)
        return found

    def approvals_of(self, project: int) -> list[int]:
        return self._approvals.get(project, [])

    def granted_of(self, project: int) -> list[int]:
        return [approval for approval in self.approvals_of(project) if self.granted[approval]]
