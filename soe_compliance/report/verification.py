"""A report held against the files it speaks of, checked again: which files are the same, which verdicts are not."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import PurePath

from msgspec import Struct

from soe_compliance.domain.text import Language, Text
from soe_compliance.engine import ALWAYS_LISTED, Status
from soe_compliance.law.model import Ruleset
from soe_compliance.report.document import (
    FilingDocument,
    FindingDocument,
    ProblemDocument,
    ReportDocument,
)

_ALWAYS = {outcome.key for outcome in ALWAYS_LISTED}


class FileState(StrEnum):
    """What became of a file since the report."""

    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    NOT_REPORTED = "not_reported"

    @property
    def label(self) -> Text:
        return {
            FileState.SAME: Text("一致", "same"),
            FileState.CHANGED: Text("已改动", "changed"),
            FileState.MISSING: Text("缺失", "missing"),
            FileState.UNREADABLE: Text("无法读取", "unreadable"),
            FileState.NOT_REPORTED: Text("不在报告中", "not in the report"),
        }[self]


class Cause(StrEnum):
    """Why a verdict is not as reported."""

    DATA = "data"
    RULES = "rules"
    PROGRAM = "program"
    NONE = "none"

    @property
    def label(self) -> Text:
        return {
            Cause.DATA: Text("填报数据已改动", "the data changed"),
            Cause.RULES: Text("规则集已改动", "the rules changed"),
            Cause.PROGRAM: Text("程序版本不同", "the program changed"),
            Cause.NONE: Text(
                "数据、规则和程序均未变：检查选项不同，或报告被改动过",
                "neither data nor rules nor program changed: other options were used, or the report was edited",
            ),
        }[self]


class FileCheck(Struct, frozen=True):
    """A file of the report, of the paths, or of both."""

    state: FileState
    reported: str | None
    found: str | None


class Difference(Struct, frozen=True):
    """A verdict, or what is said of a filing, not as reported; None where one side has none.

    Attributes:
        what: the rule and subject, or the filing's id.
        same_outcome: the outcome is the same, and what it rests on is not.
    """

    fingerprint: str | None
    what: str
    reported: str | None
    found: str | None
    causes: tuple[Cause, ...]
    same_outcome: bool = False


class Verification(Struct, frozen=True):
    """What came of it.

    Attributes:
        not_rechecked: findings of groups that filed nothing: no file shows them.
        unreadable: a file can't be read that the report does not call unreadable as it is.
    """

    report: ReportDocument
    again: ReportDocument
    files: tuple[FileCheck, ...]
    differences: tuple[Difference, ...]
    not_rechecked: int

    @property
    def same_rules(self) -> bool:
        old, new = self.report.ruleset, self.again.ruleset
        return (old.id, old.digest) == (new.id, new.digest)

    @property
    def same_program(self) -> bool:
        return self.report.tool == self.again.tool

    @property
    def sums_up(self) -> bool:
        """Whether the report's summary is that of its filings and findings."""
        summary, ids = self.report.summary, {filing.id for filing in self.report.filings}
        counts = Counter[str]()
        for filing in self.report.filings:
            counts.update(filing.outcomes)
        counts.update(finding.outcome for finding in self.report.findings if finding.filing not in ids)
        unreadable = sum(filing.status is Status.UNREADABLE for filing in self.report.filings)
        stated = Counter[str](dict(summary.outcomes.items()))
        return (summary.filings, summary.unreadable, +stated) == (
            len(self.report.filings),
            unreadable,
            +counts,
        )

    @property
    def unreadable(self) -> bool:
        return any(file.state is FileState.UNREADABLE for file in self.files)

    @property
    def all_as_reported(self) -> bool:
        return (
            self.same_rules
            and self.same_program
            and self.sums_up
            and not self.differences
            and all(file.state is FileState.SAME for file in self.files)
        )


def language_of(report: ReportDocument, ruleset: Ruleset) -> Language:
    """The language that a report was written in."""
    title = ruleset.title.text
    return "en" if report.ruleset.title == title.en != title.zh else "zh"


def verify(report: ReportDocument, again: ReportDocument) -> Verification:
    """Hold a report against a second check of its files.

    Args:
        again: of the report's date, readings and language, with every outcome listed.
    """
    pairs = _paired(report.filings, again.filings)
    ids = {filing.id for filing in report.filings}
    absent = sum(finding.filing not in ids for finding in report.findings)
    files = tuple(_file(old, new) for old, new in pairs)
    found = Verification(report, again, files, (), absent)
    differences = tuple(
        difference for old, new in pairs if old and new for difference in _differences(found, old, new)
    )
    return Verification(report, again, files, differences, absent)


_Files = list[FilingDocument]


def _paired(
    reported: Sequence[FilingDocument], found: Sequence[FilingDocument]
) -> list[tuple[_Files, _Files]]:
    """The filings of each file of the report with those of the same file now: by path, else digest, else name."""
    old, new = _by_source(reported), _by_source(found)
    taken: dict[str, str] = {}
    for key in (lambda s, f: s, lambda s, f: f[0].digest, lambda s, f: PurePath(s).name):
        free = {key(s, f): s for s, f in new.items() if s not in taken.values()}
        for source, filings in old.items():
            match = free.get(key(source, filings))
            if source not in taken and match is not None and match not in taken.values():
                taken[source] = match
    pairs = [(filings, new[taken[source]] if source in taken else []) for source, filings in old.items()]
    return pairs + [([], filings) for source, filings in new.items() if source not in taken.values()]


def _by_source(filings: Sequence[FilingDocument]) -> dict[str, _Files]:
    found: dict[str, _Files] = defaultdict(list)
    for filing in filings:
        found[filing.source].append(filing)
    return found


def _file(old: _Files, new: _Files) -> FileCheck:
    reported = old[0].source if old else None
    found = new[0].source if new else None
    return FileCheck(_state(old, new), reported, found)


def _state(old: _Files, new: _Files) -> FileState:
    if not new:
        return FileState.MISSING
    same = bool(old) and old[0].digest == new[0].digest and old[0].digest is not None
    if not same and any(filing.status is Status.UNREADABLE for filing in new):
        return FileState.UNREADABLE
    if not old:
        return FileState.NOT_REPORTED
    return FileState.SAME if same else FileState.CHANGED


def _differences(found: Verification, old: _Files, new: _Files) -> Iterator[Difference]:
    same = _state(old, new) is FileState.SAME
    causes = tuple(
        cause
        for cause, differs in (
            (Cause.DATA, not same),
            (Cause.RULES, not found.same_rules),
            (Cause.PROGRAM, not found.same_program),
        )
        if differs
    ) or (Cause.NONE,)
    before, now = _findings(found.report, old), _findings(found.again, new)
    for mark in dict.fromkeys([*before, *now]):
        ours, theirs = before.get(mark, []), now.get(mark, [])
        for place in range(max(len(ours), len(theirs))):
            first = ours[place] if place < len(ours) else None
            second = theirs[place] if place < len(theirs) else None
            if difference := _of_verdict(first, second, causes, strict=causes == (Cause.NONE,)):
                yield difference
    if same:
        for reported, again in zip(old, new, strict=False):
            yield from _of_filing(reported, again, causes)


def _findings(report: ReportDocument, filings: _Files) -> dict[str, list[FindingDocument]]:
    ids = {filing.id for filing in filings}
    found: dict[str, list[FindingDocument]] = {}
    for finding in report.findings:
        if finding.filing in ids:
            found.setdefault(finding.fingerprint, []).append(finding)
    return found


def _of_verdict(
    before: FindingDocument | None, now: FindingDocument | None, causes: tuple[Cause, ...], *, strict: bool
) -> Difference | None:
    """A verdict that is not as reported; `strict` where nothing that was put in differs."""
    shown = before or now
    if shown is None or (before is None and shown.outcome not in _ALWAYS):
        return None
    what = f"{shown.rule} {shown.subject.name or shown.subject.id}"
    outcomes = (before.outcome if before else None, now.outcome if now else None)
    if outcomes[0] != outcomes[1]:
        return Difference(shown.fingerprint, what, *outcomes, causes)
    if before and now and _compared(before, strict) != _compared(now, strict):
        return Difference(shown.fingerprint, what, *outcomes, causes, same_outcome=True)
    return None


def _compared(finding: FindingDocument, strict: bool) -> object:
    """What must be the same: all that the finding says, or its numbers where files, rules or program differ.

    An upper end that is left out is another number than one that is null.
    """
    said = finding.model_dump(exclude={"filing"}, by_alias=True, exclude_unset=True)
    return said if strict else said["measured"]


def _of_filing(
    before: FilingDocument, now: FilingDocument, causes: tuple[Cause, ...]
) -> Iterator[Difference]:
    """Whose filing it is said to be, its status and counts, and what is said of reading it."""
    for told in (_headed, _counted):
        reported, found = told(before), told(now)
        if reported != found:
            yield Difference(None, before.id, reported, found, causes)
    if before.status is Status.UNREADABLE:
        return
    ours, theirs = (Counter(map(_problem, filing.problems)) for filing in (before, now))
    for problem in (ours - theirs).elements():
        yield Difference(None, before.id, problem, None, causes)
    for problem in (theirs - ours).elements():
        yield Difference(None, before.id, None, problem, causes)


def _headed(filing: FilingDocument) -> str:
    day = filing.reference_date.isoformat() if filing.reference_date else ""
    parts = (filing.group_code, filing.group_name, filing.year, day)
    return " ".join(str(part) for part in parts if part is not None)


def _problem(problem: ProblemDocument) -> str:
    """A problem of reading without its text, which may hold the path by which the file was named."""
    parts = (problem.level.value, problem.code, problem.location or problem.table, problem.field)
    return " ".join(part for part in parts if part)


def _counted(filing: FilingDocument) -> str:
    return " ".join([filing.status.value, *(f"{key}={n}" for key, n in sorted(filing.outcomes.items()))])
