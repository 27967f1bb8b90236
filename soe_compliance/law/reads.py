"""What a ruleset asks of filings: the tables and fields that its rules look at.

Some kinds of checks need what they look at; others, which speak only where they find something, compare what is filed
anyway and ask for no table by themselves.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from soe_compliance.filings.tables import HEADER, TABLES
from soe_compliance.law import kinds
from soe_compliance.law.model import Ruleset, Terms

Fields: TypeAlias = set[str]
"""Fields as "table.field"."""

ANSWERS = ("exceptions", "explanations")
"""The tables in which a filer answers findings; every ruleset has a use for them."""


def needed_tables(ruleset: Ruleset) -> dict[str, frozenset[str]]:
    """The tables that a ruleset needs, each with the fields that its rules look at.

    Left out are tables that rules only compare with others where they are filed. A ruleset that does nothing but
    compare looks at every table.
    """
    needed = _by_table(*(fields_needed(ruleset, code) for code in ruleset.rules))
    wanted = needed.keys() or TABLES.keys() - {HEADER}
    compared = _by_table(*(fields_compared(ruleset, code) for code in ruleset.rules))
    return {
        key: frozenset(needed.get(key, set()) | compared.get(key, set())) for key in TABLES if key in wanted
    }


def _by_table(*found: Fields) -> dict[str, Fields]:
    tables: dict[str, Fields] = {}
    for name in (name for names in found for name in names):
        table, _, field = name.partition(".")
        tables.setdefault(table, set()).add(field)
    return tables


def fields_needed(ruleset: Ruleset, code: str) -> Fields:
    """The fields without which a rule can't be judged."""
    return _fields(_NEEDED, ruleset, code)


def fields_compared(ruleset: Ruleset, code: str) -> Fields:
    """The fields that a rule looks at where they are filed."""
    return _fields(_COMPARED, ruleset, code)


_Reads: TypeAlias = Callable[[Any, Terms], Iterable[str]]


def _fields(by_kind: Mapping[type[kinds.Kind], _Reads], ruleset: Ruleset, code: str) -> Fields:
    check = ruleset.rules[code].check
    reads = by_kind.get(type(check))
    return set(reads(check, ruleset.terms)) if reads else set()


def _of(table: str, *fields: str | None) -> Fields:
    return {f"{table}.{field}" for field in fields if field is not None}


# what several kinds share

_GROUP = _of("entities", "code", "consolidated") | _of(
    "holdings", "holder_code", "investee_code", "ratio", "voting_ratio"
)
_GUARANTEE = _of("guarantees", "guarantor_code", "beneficiary_code", "balance", "signed_on", "released_on")
_BASE = _of("financials", "code", "year")


def _tier(terms: Terms) -> Fields:
    return _of("entities", "code", "level", terms.tiered.flag)


def _licensed(terms: Terms) -> Fields:
    licence = _of("entities", "code", "guarantee_licence", "guarantee_licence_until")
    return _of("guarantees", "licensed_business") | licence | _tier(terms)


def _selected(select: kinds.Selection, terms: Terms) -> Fields:
    """What tells the guarantees that a rule looks at."""
    fields = set(_GUARANTEE)
    if not select.any_guarantor:
        fields |= _GROUP
    if select.leave_out_home_buyers:
        fields |= _of("guarantees", "home_buyers")
    if select.leave_out_licensed:
        fields |= _licensed(terms)
    return fields


def _rows(rows: kinds.Rows) -> Fields:
    return _of(rows.table, *rows.where, *rows.unless, rows.of_year)


def _projects(terms: Terms, *categories: str | None) -> Fields:
    """What tells the projects of a category: their firm, their year, and what the category asks."""
    fields = _of("projects", "code", "investor_code", "plan_year") | _GROUP
    for category in (terms.categories[name] for name in categories if name is not None):
        fields |= _of("projects", *category.where, *category.unless)
        if category.tiered_investor:
            fields |= _tier(terms)
        if category.large is not None:
            fields |= _of("projects", "amount") | _BASE
            fields |= _of("financials", category.large.of, category.large.instead)
    return fields


_COURSE = _of("projects", "started_on", "completed_on", "terminated_on")
_DECISIONS = _of("approvals", "project_code", "decision", "decided_on")


# kinds that need what they look at


def _share(check: kinds.ShareLimit, terms: Terms) -> Fields:
    covered = check.unless_covered
    return (
        _selected(check.select, terms)
        | _GROUP
        | _of("guarantees", "creditor", "debt_id", "debt_balance", "form")
        | (_of("guarantees", covered.approved, covered.counter_guarantee) if covered else set())
    )


def _cap(check: kinds.Cap, terms: Terms) -> Fields:
    audited = "audited" if check.audited else None
    base = _BASE | _of("financials", check.of, audited)
    return _selected(check.select, terms) | _GROUP | _of("guarantees", "debt_id", "form") | base


def _viable(check: kinds.Viable, terms: Terms) -> Fields:
    statements = _of("financials", check.not_negative, *check.loss_fields)
    approved = _of("guarantees", check.unless_approved)
    return _selected(check.select, terms) | _of("entities", *check.flags) | _BASE | statements | approved


def _in_order(check: kinds.InOrder, terms: Terms) -> Fields:
    awaited = check.awaits.field if check.awaits else None
    fields = _rows(check.rows) | _of(check.rows.table, check.first, check.then, awaited)
    return fields | (_selected(check.select, terms) if check.select else set())


def _documents(check: kinds.Documents, terms: Terms) -> Fields:
    approvals = _DECISIONS | _of("approvals", "applied_on", "accepted_on", "documents")
    return _projects(terms, check.category) | _rows(check.rows) | approvals | _of("projects", "kind")


def _working_days(check: kinds.WorkingDays, terms: Terms) -> Fields:
    days = _DECISIONS | _of("approvals", "accepted_on", "paused_from", "paused_until")
    return _projects(terms, check.only_category) | _rows(check.rows) | days


def _report_series(check: kinds.ReportSeries, terms: Terms) -> Fields:
    fields = _of(check.table, "year", "quarter", check.dated)
    if check.per == "group":
        return fields
    return fields | _of(check.table, "project_code") | _of("projects", "code") | _COURSE | _DECISIONS


def _flag(check: kinds.FlagIs, terms: Terms) -> Fields:
    return _rows(check.rows) | _of(check.rows.table, check.flag, check.begun_by)


_NEEDED: Mapping[type[kinds.Kind], _Reads] = {
    kinds.FiledBy: lambda check, _: _rows(check.rows) | _of(check.rows.table, check.dated),
    kinds.DatedBy: lambda check, _: _rows(check.rows) | _of(check.rows.table, check.dated),
    kinds.CountLimit: lambda check, _: _rows(check.rows) | _of(check.rows.table, check.dated),
    kinds.Attached: lambda check, _: _rows(check.rows) | _of(check.rows.table, check.flag),
    kinds.InOrder: _in_order,
    kinds.FlagIs: _flag,
    kinds.ProjectFlag: lambda check, terms: _flag(check, terms) | _projects(terms),
    kinds.ApprovalRequired: lambda check, terms: _projects(terms, check.category) | _COURSE | _DECISIONS,
    kinds.ApprovalFirst: lambda check, terms: _projects(terms, *check.categories) | _COURSE | _DECISIONS,
    kinds.Documents: _documents,
    kinds.WorkingDays: _working_days,
    kinds.DecidedInternally: lambda check, terms: (
        _projects(terms) | _tier(terms) | _COURSE | _of("projects", *check.where, check.decision)
    ),
    kinds.ReportSeries: _report_series,
    kinds.FollowUp: lambda check, _: _of("projects", "code", check.since, check.done) | _DECISIONS,
    kinds.Relation: lambda check, terms: (
        _selected(check.select, terms) | _GROUP | _of("guarantees", check.unless_approved)
    ),
    kinds.ShareLimit: _share,
    kinds.Cap: _cap,
    kinds.Viable: _viable,
    kinds.BeneficiaryFlag: lambda check, terms: (
        _selected(check.select, terms)
        | _of("entities", check.flag)
        | _of("guarantees", check.unless_approved)
    ),
    kinds.BeneficiaryRatio: lambda check, terms: (
        _selected(check.select, terms) | _BASE | _of("financials", check.value, check.of)
    ),
    kinds.Licensed: lambda check, terms: _GUARANTEE | _licensed(terms),
    kinds.FieldLimit: lambda check, _: _rows(check.rows) | _of(check.rows.table, check.value, check.limit),
    kinds.ListedValue: lambda check, _: _rows(check.rows) | _of(check.rows.table, check.field),
}


# kinds that compare what is filed anyway


def _references(check: kinds.References, terms: Terms) -> Fields:
    named = {name for target in check.fields for name in _of(target.table, target.field)}
    return named | {name for target in check.fields for name in _of(target.to, *TABLES[target.to].key_fields)}


def _date_order(check: kinds.DateOrder, terms: Terms) -> Fields:
    return {name for pair in check.pairs for name in _of(pair.table, pair.later, pair.earlier)}


def _cycles(check: kinds.Cycles, terms: Terms) -> Fields:
    if check.of == "holdings":
        return _of("holdings", "holder_code", "investee_code", "ratio")
    return _selected(check.select, terms) if check.select else set(_GUARANTEE)


_COMPARED: Mapping[type[kinds.Kind], _Reads] = {
    kinds.UniqueKey: lambda check, _: {
        name for table in check.tables for name in _of(table, *TABLES[table].key_fields)
    },
    kinds.References: _references,
    kinds.ValueRange: lambda check, _: (),
    kinds.ParentListed: lambda check, _: _of("entities", "code"),
    kinds.CheckCharacter: lambda check, _: _of("entities", "code"),
    kinds.HoldingsTotal: lambda check, _: _of("holdings", "investee_code", "ratio"),
    kinds.DateOrder: _date_order,
    kinds.OneBalance: lambda check, _: _of("guarantees", "debt_id", "debt_balance"),
    kinds.GuaranteeState: lambda check, _: _GUARANTEE | _of("guarantees", "expires_on"),
    kinds.Unconsolidated: lambda check, _: set(_GROUP),
    kinds.FieldExcess: lambda check, _: _of(check.table, check.value, check.limit),
    kinds.Cycles: _cycles,
    kinds.SplitProjects: lambda check, terms: _projects(terms, check.category),
}
