"""Two reports compared: which verdicts are new, persist, changed or are cured, and what may be the reason.

Verdicts are matched by fingerprint. A verdict that the newer report lacks is cured only where that report checked a
filing of the same group and year; else nobody has looked, and it says so.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Literal

from msgspec import Struct
from pydantic import Field

from soe_compliance.domain.finding import fingerprint
from soe_compliance.domain.outcomes import Responsible, Severity
from soe_compliance.domain.text import Text
from soe_compliance.engine import Status
from soe_compliance.law.model import Ruleset
from soe_compliance.report.document import (
    AmountDocument,
    CountDocument,
    DayDocument,
    Document,
    FilingDocument,
    FindingDocument,
    OutcomeKey,
    Raw,
    ReportDocument,
    SubjectDocument,
    ToolDocument,
)
from soe_compliance.report.model import TOOL, VERSION

FORMAT = "soe-compliance.diff/1"
_SETTLED = ("pass", "not_applicable")


class State(StrEnum):
    """What became of a verdict between two reports."""

    NEW = "new"
    CHANGED = "changed"
    PERSISTING = "persisting"
    CURED = "cured"
    UNCHECKED = "unchecked"

    @property
    def label(self) -> Text:
        return {
            State.NEW: Text("新增", "new"),
            State.CHANGED: Text("变化", "changed"),
            State.PERSISTING: Text("持续", "persisting"),
            State.CURED: Text("已消除", "cured"),
            State.UNCHECKED: Text("未复查", "not checked again"),
        }[self]


class Why(StrEnum):
    """What differs between two reports that may be the reason."""

    DATA = "data"
    RULES = "rules"
    READING = "reading"
    DATE = "date"
    PROGRAM = "program"

    @property
    def label(self) -> Text:
        return {
            Why.DATA: Text("填报数据", "data"),
            Why.RULES: Text("规则", "rules"),
            Why.READING: Text("解释选项", "reading"),
            Why.DATE: Text("检查基准日", "date"),
            Why.PROGRAM: Text("程序版本", "program"),
        }[self]


class SideDocument(Document):
    """One of the two reports."""

    generated_at: str
    as_of: date
    version: str
    ruleset: str
    digest: str
    interpretations: dict[str, str]
    filings: int
    unreadable: int


class VerdictDocument(Document):
    """What one of the reports says."""

    outcome: OutcomeKey
    severity: Severity
    message: Raw
    measured: AmountDocument | DayDocument | CountDocument | None


class ChangeDocument(Document):
    """A verdict in one report or in both."""

    state: State
    fingerprint: str
    rule: str
    clause: str
    responsible: Responsible
    subject: SubjectDocument
    group_code: Raw | None
    group_name: Raw | None
    year: int | None
    source: Raw | None
    remedy: str
    why: list[Why] = Field(
        description="what differs between the reports and may be the reason; empty where nothing is to be explained"
    )
    old: VerdictDocument | None
    new: VerdictDocument | None

    @property
    def is_new_breach(self) -> bool:
        return (
            self.state in (State.NEW, State.CHANGED) and self.new is not None and self.new.outcome == "fail"
        )


class DiffDocument(Document):
    """Two reports compared."""

    format: Literal["soe-compliance.diff/1"]
    tool: ToolDocument
    old: SideDocument
    new: SideDocument
    summary: dict[State, int]
    changes: list[ChangeDocument]

    @property
    def new_breaches(self) -> int:
        return sum(change.is_new_breach for change in self.changes)


def diff(
    old: ReportDocument,
    new: ReportDocument,
    old_rules: Ruleset | None = None,
    new_rules: Ruleset | None = None,
) -> DiffDocument:
    """Compare two reports.

    Args:
        old_rules, new_rules: the rulesets that they were made with, where they are at hand: they tell a changed
            reading from changed rules.
    """
    changes = sorted(
        _Comparison(old, new, old_rules, new_rules).changes(), key=lambda c: list(State).index(c.state)
    )
    counts = Counter(change.state for change in changes)
    return DiffDocument(
        format=FORMAT,
        tool=ToolDocument(name=TOOL, version=VERSION),
        old=_side(old),
        new=_side(new),
        summary={state: counts[state] for state in State},
        changes=changes,
    )


def _side(report: ReportDocument) -> SideDocument:
    return SideDocument(
        generated_at=report.generated_at,
        as_of=report.as_of,
        version=report.tool.version,
        ruleset=report.ruleset.id,
        digest=report.ruleset.digest,
        interpretations=report.ruleset.interpretations,
        filings=report.summary.filings,
        unreadable=report.summary.unreadable,
    )


class _Filings(Struct, frozen=True, dict=True):
    """The filings of a report, as findings name them and as other reports find them."""

    report: ReportDocument

    @cached_property
    def by_id(self) -> Mapping[str, FilingDocument]:
        return {filing.id: filing for filing in self.report.filings}

    @cached_property
    def by_group(self) -> Mapping[tuple[str | None, int | None], list[FilingDocument]]:
        """Those that could be read, by group and year."""
        found = defaultdict(list)
        for filing in self.report.filings:
            if filing.status is not Status.UNREADABLE:
                found[filing.group_code, filing.year].append(filing)
        return found

    def like(self, filing: FilingDocument) -> list[FilingDocument]:
        """Those of the same group and year; of the same reference date where there are such."""
        same = self.by_group.get((filing.group_code, filing.year), [])
        return [other for other in same if other.reference_date == filing.reference_date] or same

    def of_absent(self, finding: FindingDocument, ruleset: str) -> list[FilingDocument]:
        """Those of the group that had filed nothing when the finding was made."""
        return [
            filing
            for (code, year), filings in self.by_group.items()
            for filing in filings
            if fingerprint(ruleset, finding.rule, code or "", year or 0, finding.subject.id)
            == finding.fingerprint
        ]


class _Comparison(Struct, frozen=True, dict=True):
    old: ReportDocument
    new: ReportDocument
    old_rules: Ruleset | None
    new_rules: Ruleset | None

    @cached_property
    def old_filings(self) -> _Filings:
        return _Filings(self.old)

    @cached_property
    def new_filings(self) -> _Filings:
        return _Filings(self.new)

    def changes(self) -> Iterator[ChangeDocument]:
        """Every verdict that is open in one of the reports: by the newer one's order, then those it lacks."""
        left: dict[str, list[FindingDocument]] = defaultdict(list)
        for finding in self.old.findings:
            left[finding.fingerprint].append(finding)
        for finding in self.new.findings:
            before = self._taken(left.get(finding.fingerprint, []), finding)
            if change := self._of_both(before, finding):
                yield change
        for findings in left.values():
            for finding in findings:
                if finding.outcome not in _SETTLED:
                    yield self._of_old(finding)

    def _taken(self, candidates: list[FindingDocument], finding: FindingDocument) -> FindingDocument | None:
        """The older verdict that is this one's: of the same reference date where a group filed more than once."""
        if not candidates:
            return None
        day = self._reference_date(self.new_filings, finding)
        same = [c for c in candidates if self._reference_date(self.old_filings, c) == day]
        taken = (same or candidates)[0]
        candidates.remove(taken)
        return taken

    def _reference_date(self, filings: _Filings, finding: FindingDocument) -> date | None:
        filing = filings.by_id.get(finding.filing)
        return filing.reference_date if filing else None

    def _of_both(self, before: FindingDocument | None, now: FindingDocument) -> ChangeDocument | None:
        was_open = before is not None and before.outcome not in _SETTLED
        is_open = now.outcome not in _SETTLED
        if not was_open and not is_open:
            return None
        if before is None or not was_open:
            state = State.NEW
        elif not is_open:
            state = State.CURED
        else:
            state = State.PERSISTING if before.outcome == now.outcome else State.CHANGED
        explained = state is not State.PERSISTING or (before is not None and before.measured != now.measured)
        return self._change(state, before, now, self._why(before, now) if explained else [])

    def _of_old(self, before: FindingDocument) -> ChangeDocument:
        if self._now(before):
            return self._change(State.CURED, before, None, self._why(before, None))
        return self._change(State.UNCHECKED, before, None, [])

    def _now(self, before: FindingDocument) -> list[FilingDocument]:
        """The filings of the newer report in which an older verdict would stand."""
        filing = self.old_filings.by_id.get(before.filing)
        if filing is None:
            return self.new_filings.of_absent(before, self.old.ruleset.id)
        return self.new_filings.like(filing)

    # why

    def _why(self, before: FindingDocument | None, now: FindingDocument | None) -> list[Why]:
        """What differs and may be the reason; the data is none where the cells and numbers are the same."""
        known = now or before
        found = list(self._of_rules(known.rule)) if known else []
        if self.old.as_of != self.new.as_of:
            found.append(Why.DATE)
        if self.old.tool.version != self.new.tool.version:
            found.append(Why.PROGRAM)
        if self._data_differ(before, now) and not (found and _same_cells(before, now)):
            found.insert(0, Why.DATA)
        return found

    def _data_differ(self, before: FindingDocument | None, now: FindingDocument | None) -> bool:
        if now is not None:
            filing = self.new_filings.by_id.get(now.filing)
            mine, theirs = [filing] if filing else [], self.old_filings
        else:
            filing = self.old_filings.by_id.get(before.filing) if before else None
            mine, theirs = [filing] if filing else [], self.new_filings
        if not mine:
            return before is None or now is None
        digests = {other.digest for filing in mine for other in theirs.like(filing)}
        return not digests & {filing.digest for filing in mine}

    def _of_rules(self, rule: str) -> Iterator[Why]:
        old, new = self.old.ruleset, self.new.ruleset
        if (old.id, old.digest) == (new.id, new.digest):
            return
        keys = {
            key
            for key in old.interpretations.keys() | new.interpretations.keys()
            if old.interpretations.get(key) != new.interpretations.get(key)
        }
        known = self.old_rules is not None and self.new_rules is not None and old.id == new.id
        if not known and (old.id != new.id or not keys):
            yield Why.RULES
        elif not known:
            yield from (Why.RULES, Why.READING)
        elif self.new_rules and keys & set(self.new_rules.readings_of.get(rule, ())):
            yield Why.READING

    def _change(
        self, state: State, before: FindingDocument | None, now: FindingDocument | None, why: Sequence[Why]
    ) -> ChangeDocument:
        shown, filings = (now, self.new_filings) if now else (before, self.old_filings)
        assert shown is not None
        filing = filings.by_id.get(shown.filing)
        return ChangeDocument(
            state=state,
            fingerprint=shown.fingerprint,
            rule=shown.rule,
            clause=shown.clause,
            responsible=shown.responsible,
            subject=shown.subject,
            group_code=filing.group_code if filing else None,
            group_name=filing.group_name if filing else shown.subject.name,
            year=filing.year if filing else None,
            source=filing.source if filing else None,
            remedy=now.remedy if now else "",
            why=list(why),
            old=_verdict(before),
            new=_verdict(now),
        )


def _verdict(finding: FindingDocument | None) -> VerdictDocument | None:
    if finding is None:
        return None
    return VerdictDocument(
        outcome=finding.outcome,
        severity=finding.severity,
        message=finding.message,
        measured=finding.measured,
    )


def _same_cells(before: FindingDocument | None, now: FindingDocument | None) -> bool:
    """Whether two verdicts rest on the same values, wherever these stand."""
    if before is None or now is None or not before.evidence:
        return False

    def values(finding: FindingDocument) -> list[tuple[str, str, str, str]]:
        return [(cell.table, cell.id, cell.field, cell.value) for cell in finding.evidence]

    return (values(before), before.missing, before.waiver) == (values(now), now.missing, now.waiver)
