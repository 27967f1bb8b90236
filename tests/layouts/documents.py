"""Filings to lay out: drawn at random, the worked example, and the samples."""

import json
import random
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from soe_compliance.authoring import template
from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.filing import FEN_PER_UNIT, Filing, RawTable
from soe_compliance.filings.reading import read_file
from soe_compliance.filings.tables import HEADER, TABLES
from soe_compliance.filings.values import BadCell, day_of, money_of, ratio_of
from tests.layouts.sheets import stated_on_sheets
from tests.oracle.random_filings import random_filing

Drawn: TypeAlias = tuple[dict[str, Any], date, dict[str, str]]
"""A filing in JSON, the day of the check and the readings in force."""

_EXAMPLE = Path(template.__file__).with_name("example_filing.json")
_SAMPLES = Path(__file__).parents[2] / "sample_filings"
KEPT = {
    path.stem: path
    for path in (_EXAMPLE, *sorted(_SAMPLES.iterdir()))
    if path.suffix in (".json", ".xlsx") and not path.name.startswith(("~$", "."))
}
AS_OF = date(2025, 4, 15)


def drawn(seed: int) -> Drawn:
    document, as_of, readings = random_filing(random.Random(seed))
    return stated_on_sheets(document), as_of, readings


@cache
def kept(name: str) -> dict[str, Any]:
    """The worked example or a sample, in JSON."""
    path = KEPT[name]
    if path.suffix == ".json":
        return stated_on_sheets(json.loads(path.read_text(encoding="utf-8"), parse_float=str))
    [filing] = read_file(FoundFile(str(path)))
    assert isinstance(filing, Filing)
    return stated_on_sheets(_in_json(filing))


def _in_json(filing: Filing) -> dict[str, Any]:
    """A filing as JSON states it, all amounts in its own unit."""
    fen = FEN_PER_UNIT[filing.unit]
    tables = {key: _rows(table, fen) for key, table in filing.tables.items()}
    return {HEADER: _rows(filing.header, fen)[0], **tables}


def _rows(table: RawTable, fen: int) -> list[dict[str, Any]]:
    return [{key: _cell(table, key, row, fen) for key in table.cells} for row in range(len(table.rows))]


def _cell(table: RawTable, key: str, row: int, fen: int) -> object:
    kind, cell = TABLES[table.key].fields[key].type, table.cells[key][row]
    try:
        if kind is FieldType.DATE and (day := day_of(cell)):
            return date.fromordinal(day).isoformat()
        if kind is FieldType.RATIO and (share := ratio_of(cell)):
            is_percent = share.marked or (key in table.percent and table.percent[key][row])
            return str(share.number / (100 if is_percent else 1))
        if kind is FieldType.MONEY and (amount := money_of(cell)) and amount.fen is None:
            return f"{amount.number * (table.fen_of(key, row) or fen) / fen:f}"
    except BadCell:
        return cell
    return format(Decimal(format(cell, ".15g")), "f") if isinstance(cell, float) else cell
