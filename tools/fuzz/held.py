"""What holds of everything read from files that come from outside, and of every report about it."""

import csv
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from xml.etree import ElementTree

from msgspec.structs import replace

from soe_compliance.api import Settings, check_paths
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Language
from soe_compliance.engine import unreadable
from soe_compliance.filings.filing import Filing, Unreadable
from soe_compliance.filings.problems import Level, Problem
from soe_compliance.report.model import Report
from soe_compliance.report.render import render
from soe_compliance.report.safe import may_be_formula

AS_OF = date(2025, 4, 15)
PLAIN_TEXTS = ("text", "json", "jsonl", "csv", "sarif", "junit", "html")
PACKED = ("xlsx",)
_STEERING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LONGEST_MESSAGE = 2_000


class Broken(AssertionError):
    """Something that was to hold does not."""


def hold(holds: bool, what: str, *shown: object) -> None:
    """Raise where something does not hold."""
    if not holds:
        raise Broken(" ".join([what, *(repr(item)[:400] for item in shown)]))


def rows_read(filing: Filing | Unreadable) -> Counter[str]:
    """The rows of each table."""
    return Counter(
        {}
        if isinstance(filing, Unreadable)
        else {key: len(table.rows) for key, table in filing.tables.items()}
    )


def codes(filings: Sequence[Filing | Unreadable]) -> Counter[str]:
    """The problems of reading, by their codes."""
    return Counter(problem.code for filing in filings for problem in filing.problems)


def read_well(filings: Sequence[Filing | Unreadable]) -> None:
    """What reading gives is filings, or says why not; every problem has its level, its texts and its place."""
    hold(len(filings) > 0, "nothing at all was read")
    for filing in filings:
        hold(bool(filing.source), "a filing has no source")
        for problem in filing.problems:
            _says_something(problem)
        if isinstance(filing, Unreadable):
            hold(any(p.level is Level.ERROR for p in filing.problems), "unreadable, and no error says why")
            continue
        hold(bool(filing.id and filing.group_code), "a filing without id or group code")
        said = any(problem.level is Level.ERROR for problem in filing.problems)
        hold(said or sum(rows_read(filing).values()) > 0, "a filing without a row, and nothing says so")
        for key, table in filing.tables.items():
            for field, cells in table.cells.items():
                hold(len(cells) == len(table.rows), "a column of another length than its table", key, field)
            for row in range(len(table.rows)):
                hold(bool(table.place(row)), "a row without a place", key, row)


def _says_something(problem: Problem) -> None:
    hold(isinstance(problem.level, Level), "a problem without level", problem)
    hold(bool(problem.code and problem.text.zh and problem.text.en), "a problem without text", problem)
    hold(len(problem.text.en) < _LONGEST_MESSAGE, "an endless message", problem.code)
    hold(
        "{" not in re.sub(r"“[^”]*”|\([^()]*\)|\$\{", "", problem.text.en) or "{" in str(problem.location),
        "a gap left in a text",
        problem,
    )
    hold(problem.location is None or bool(problem.location), "an empty place", problem)


def no_row_lost(before: Sequence[Filing | Unreadable], after: Sequence[Filing | Unreadable]) -> None:
    """Rows are gone only where a problem, which was not there before, says that something is wrong."""
    if codes(after) - codes(before):
        return
    lost = sum(map(rows_read, before), Counter()) - sum(map(rows_read, after), Counter())
    hold(not lost, "rows are gone, and nothing says so", dict(lost))


def one_place_differs(before: Sequence[Filing | Unreadable], after: Sequence[Filing | Unreadable]) -> None:
    """What one byte changed is in one row or in one column, or a problem says that something is wrong."""
    no_row_lost(before, after)
    if codes(after) - codes(before):
        return
    places = {
        place
        for one, other in zip(before, after, strict=False)
        if isinstance(one, Filing) and isinstance(other, Filing)
        for place in _cells_that_differ(one, other)
    }
    rows, columns = {place[:2] for place in places}, {(place[0], place[2]) for place in places}
    hold(
        min(len(rows), len(columns)) <= 1,
        "cells here and there differ, and nothing says so",
        sorted(places)[:5],
    )


def _cells_that_differ(before: Filing, after: Filing) -> Iterator[tuple[str, int, str]]:
    """Table, row and field of each cell that is read otherwise."""
    for key, table in before.tables.items():
        other = after.tables.get(key)
        for field, cells in table.cells.items() if other else ():
            others = other.cells.get(field, ()) if other else ()
            for row, (cell, now) in enumerate(zip(cells, others, strict=False)):
                if cell != now:
                    yield key, row, field


def report_of(read: Sequence[Filing | Unreadable], *, whole: bool = True) -> Report:
    """The report of these; with every outcome and what pages show, where it is to be whole."""
    show = tuple(Outcome) if whole else ()
    settings = Settings(ruleset="xingan-2023", as_of=AS_OF, show=show, exhibits=whole)
    report = check_paths([], settings, filings=[one for one in read if isinstance(one, Filing)])
    others = [unreadable(one).result for one in read if isinstance(one, Unreadable)]
    return replace(report, filings=(*report.filings, *others))


def rendered_well(
    report: Report,
    formats: Sequence[str] = (*PLAIN_TEXTS, *PACKED),
    languages: Sequence[Language] = ("zh", "en"),
) -> None:
    """Every output can be made, is what its format says, and holds nothing that steers a terminal or a spreadsheet."""
    for name in formats:
        for language in languages:
            made = render(report, name, language)
            if name in PACKED:
                _packed_well(made)
                continue
            text = made.decode("utf-8")
            found = _STEERING.search(text)
            hold(
                found is None,
                f"{name} holds a steering character",
                found and text[max(found.start() - 80, 0) : found.end() + 20],
            )
            _FORMED_WELL.get(name, _any_text)(text)


def _any_text(text: str) -> None:
    hold(bool(text), "an empty report")


def _json_well(text: str) -> None:
    json.loads(text, parse_constant=lambda name: hold(False, "JSON holds", name))


def _lines_well(text: str) -> None:
    for line in text.splitlines():
        _json_well(line)


def _csv_well(text: str) -> None:
    for row in csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), strict=True):
        bare = [cell for cell in row if not cell.startswith("'") and may_be_formula(cell)]
        hold(not bare, "CSV holds what may be a formula", bare)


def _xml_well(text: str) -> None:
    ElementTree.fromstring(text.encode())


def _packed_well(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                part = archive.read(name)
                ElementTree.fromstring(part)
                hold(b"<f>" not in part, "a workbook holds a formula", name)


_FORMED_WELL: Mapping[str, Callable[[str], None]] = {
    "json": _json_well,
    "jsonl": _lines_well,
    "sarif": _json_well,
    "csv": _csv_well,
    "junit": _xml_well,
}
