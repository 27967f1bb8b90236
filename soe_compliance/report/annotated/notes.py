"""What is said on the cells and in the list: an entry for each finding and problem, with the cells it names."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from soe_compliance.domain.finding import Finding
from soe_compliance.domain.outcomes import Outcome, Responsible
from soe_compliance.domain.text import Language, Text
from soe_compliance.filings.problems import Level, Problem
from soe_compliance.report import wording
from soe_compliance.report.annotated.comments import Paragraph
from soe_compliance.report.annotated.styles import Mark
from soe_compliance.report.model import Report
from soe_compliance.report.safe import visible
from soe_compliance.report.sheets import fitting
from soe_compliance.report.summary import worst_first

_OF_REGULATOR = Text("{outcome}（监管机构）", "{outcome} (the regulator's)")
_READING = Text("数据{level}", "reading {level}")
_REMEDY = Text("整改建议：", "Remedy: ")
_MORE = Text("另有{n}项，见工作表“{sheet}”。", "{n} more: see sheet “{sheet}”.")
_MOST_IN_COMMENT = 30_000
"""The UTF-16 units of all paragraphs: a comment takes 32,767, and the filer's own may stand before ours."""

_MOST_IN_HEADING, _MOST_IN_BODY = 1_000, 28_000
_LEVELS = tuple(Level)


class Spot(Struct, frozen=True):
    """A place in a workbook: a cell, or only the sheet (its first cell stands for it)."""

    sheet: str
    row: int = 0
    column: int = 0
    is_cell: bool = True


Locate = Callable[[str], Spot | None]
"""Finds the place in the workbook that a location of a report names."""


class Named(Struct, frozen=True):
    """A cell that an entry names: its location as reported, its place, the field, and the value filed."""

    location: str
    spot: Spot | None
    field: str
    value: str


class Entry(Struct, frozen=True):
    """A finding or a problem of reading, in the language of the report."""

    number: int
    mark: Mark
    outcome: str
    severity: str
    rule: str
    title: str
    clause: str
    message: str
    remedy: str
    cells: tuple[Named, ...]

    def paragraph(self, language: Language) -> Paragraph:
        """The entry as a part of a cell's comment."""
        mark = "·" if language == "zh" else ", "
        verdict = mark.join(part for part in (self.outcome, self.severity) if part)
        clause = f"（{self.clause}）" if language == "zh" else f" ({self.clause})"
        rule = " ".join(part for part in (self.rule, self.title) if part)
        heading = f"{self.number}. 【{verdict}】{rule}{clause if self.clause else ''}"
        remedy = f"\n{_REMEDY.in_(language)}{self.remedy}" if self.remedy else ""
        body = "\n".join(visible(line) for line in f"{self.message}{remedy}".split("\n"))
        return Paragraph(
            fitting(visible(heading), language, _MOST_IN_HEADING), fitting(body, language, _MOST_IN_BODY)
        )


def entries(report: Report, locate: Locate, language: Language) -> list[Entry]:
    """The findings of a report on one filing, the worst first, then its problems of reading."""
    [filing] = report.filings
    found = [_of_finding(finding, report, locate, language) for finding in worst_first(report.findings)]
    problems = sorted(filing.problems, key=lambda problem: _LEVELS.index(problem.level))
    found += [_of_problem(problem, locate, language) for problem in problems]
    return [make(number) for number, make in enumerate(found, 1)]


def _of_finding(
    finding: Finding, report: Report, locate: Locate, language: Language
) -> Callable[[int], Entry]:
    outcome = finding.outcome.label
    if finding.responsible is Responsible.REGULATOR:
        outcome = _OF_REGULATOR.format(outcome=outcome)
    cells = {
        cell.location: Named(
            cell.location,
            locate(cell.location),
            wording.missing_name(f"{cell.table}.{cell.field}", language),
            cell.value,
        )
        for cell in finding.details.evidence
    }
    return lambda number: Entry(
        number=number,
        mark=Mark.BREACH if finding.outcome is Outcome.FAIL else Mark.OPEN,
        outcome=outcome.in_(language),
        severity=finding.severity.label.in_(language),
        rule=finding.rule,
        title=report.ruleset.rules[finding.rule].title.text.in_(language),
        clause=finding.clause,
        message=wording.message(finding, report.ruleset, language),
        remedy=wording.remedy(finding, report.ruleset, language),
        cells=tuple(cells.values()),
    )


def _of_problem(problem: Problem, locate: Locate, language: Language) -> Callable[[int], Entry]:
    name = f"{problem.table}.{problem.field}" if problem.field else problem.table or ""
    named = (
        [Named(problem.location, locate(problem.location), wording.missing_name(name, language), "")]
        if problem.location
        else []
    )
    return lambda number: Entry(
        number=number,
        mark=Mark.BREACH if problem.level is Level.ERROR else Mark.OPEN,
        outcome=_READING.format(level=problem.level.label).in_(language),
        severity="",
        rule=problem.code,
        title="",
        clause="",
        message=problem.in_(language),
        remedy="",
        cells=tuple(named),
    )


def spots(found: Iterable[Entry]) -> Iterator[tuple[Spot, Entry]]:
    """The cells that entries name, each with its entry; places that are no cell of the workbook are left out."""
    for entry in found:
        for named in entry.cells:
            if named.spot and named.spot.is_cell:
                yield named.spot, entry


def comment(on_cell: Sequence[Entry], language: Language, list_sheet: str) -> list[Paragraph]:
    """The entries of one cell as its comment; those for which there is no room are counted."""
    paragraphs: list[Paragraph] = []
    room = _MOST_IN_COMMENT
    for place, entry in enumerate(on_cell):
        paragraph = entry.paragraph(language)
        room -= len(paragraph.text.encode("utf-16-le")) // 2 + 2
        if room < 0 and paragraphs:
            more = _MORE.format(n=len(on_cell) - place, sheet=list_sheet)
            return [*paragraphs, Paragraph("", more.in_(language))]
        paragraphs.append(paragraph)
    return paragraphs


def mark_of(on_cell: Iterable[Entry]) -> Mark:
    """A breach where there is one among the entries of a cell."""
    return Mark.BREACH if any(entry.mark is Mark.BREACH for entry in on_cell) else Mark.OPEN
