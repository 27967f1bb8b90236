"""Whole filings with what a check must say of them, in every format that can be made on the spot."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from pydantic import Field
from xlsxwriter import Workbook

from soe_compliance.authoring.examples import Example, Examples, filing_of
from soe_compliance.authoring.template import all_forms, example_filing, template
from soe_compliance.filings.tables import HEADER, TABLES
from soe_compliance.law.documents import load
from soe_compliance.law.kinds import Strict
from soe_compliance.law.loading import load_ruleset, ruleset_ids
from soe_compliance.law.validation import validated

_FILE = Path(__file__).with_name("conformance.yaml")


class Conformance(Strict):
    """The filings: changes of the worked example, and every outcome but pass and not_applicable.

    Attributes:
        filings: `expect` has the outcomes by rule and subject, such as `GUA105 91152201754516150X`.
    """

    ruleset: str
    as_of: date
    filings: list[Example] = Field(min_length=1)

    def document(self, filing: Example) -> dict[str, Any]:
        """A filing as JSON states it."""
        base = Examples(as_of=self.as_of, base=dict(example_filing()), examples=self.filings)
        return filing_of(base, filing)


def load_conformance() -> Conformance:
    """The filings that are shipped."""
    document = load(_FILE)
    return validated(Conformance, document, document.data)


def write_template(path: Path, document: Mapping[str, Any]) -> None:
    """The forms, filled in with a filing."""
    forms = all_forms([load_ruleset(name) for name in ruleset_ids()])
    path.with_suffix(".xlsx").write_bytes(template(forms, document))


def _xlsx(path: Path, document: Mapping[str, Any]) -> None:
    """A plain workbook: a sheet a table, the names of the forms, and nothing else."""
    with Workbook(path.with_suffix(".xlsx")) as book:
        for table, rows in document.items():
            sheet = book.add_worksheet(TABLES[table].title)
            for number, line in enumerate(_lines(table, rows)):
                sheet.write_row(number, 0, line)


def _lines(table: str, rows: Any) -> list[list[object]]:
    """The lines of a sheet: pairs down it, or a header with rows below."""
    fields = TABLES[table].fields
    if table == HEADER:
        return [[fields[key].header, _cell(value)] for key, value in rows.items()]
    keys = _keys(rows) or list(fields)
    return [[fields[key].header for key in keys], *([_cell(row.get(key)) for key in keys] for row in rows)]


def _json(path: Path, document: Mapping[str, Any]) -> None:
    path.with_suffix(".json").write_text(_dumped(document), encoding="utf-8")


def _jsonl(path: Path, document: Mapping[str, Any]) -> None:
    path.with_suffix(".jsonl").write_text(_dumped(document) + "\n", encoding="utf-8")


def _dumped(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, default=str)


def _csv_in(encoding: str) -> Callable[[Path, Mapping[str, Any]], None]:
    """What writes a folder of CSV files in an encoding."""

    def write(path: Path, document: Mapping[str, Any]) -> None:
        path.mkdir()
        for table, rows in document.items():
            lines = [rows] if table == HEADER else rows
            keys = _keys(lines) or list(TABLES[table].fields)
            text = _csv([keys, *([_cell(row.get(key)) for key in keys] for row in lines)])
            (path / f"{table}.csv").write_bytes(text.encode(encoding))

    return write


def _csv(lines: Iterable[Sequence[object]]) -> str:
    text = StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue()


def _keys(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The fields that rows have, in the order in which they come."""
    return list(dict.fromkeys(key for row in rows for key in row))


def _cell(value: object) -> object:
    """A value as it stands in a table."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "" if value is None else value if isinstance(value, int) else str(value)


FORMATS: Mapping[str, Callable[[Path, Mapping[str, Any]], None]] = {
    "xlsx": _xlsx,
    "json": _json,
    "jsonl": _jsonl,
    "csv utf-8": _csv_in("utf-8-sig"),
    "csv gb18030": _csv_in("gb18030"),
}
"""What writes a filing in each format: at a path without an ending, from the filing as JSON states it."""
