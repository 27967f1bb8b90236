"""The problems of what a sheet does not show of its table, and of units that it shows outside of its cells."""

from collections.abc import Iterable, Iterator

from soe_compliance.domain.text import Text
from soe_compliance.filings.bad_cells import shown
from soe_compliance.filings.cell_places import SheetLocator, column_letters
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.filing import RawTable
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.problems import Problem, problem
from soe_compliance.filings.tables import TABLES
from soe_compliance.filings.units import unit_of_lines
from soe_compliance.filings.unseen import NOTHING_UNSEEN, Unseen

_LONGEST_RANGE = 40
_UNITS = "金额单位"


def units_afloat(table: RawTable, sheet: str, texts: Iterable[str], usual: Unit | None) -> Iterator[Problem]:
    """Units that stand in no cell of a sheet, where any of its amounts is read in another.

    Args:
        table: the table on the sheet.
        sheet: its name.
        texts: the texts that stand in none.
        usual: the unit of the filing, None where it states none.
    """
    fields = TABLES[table.key].fields
    columns = table.locator.columns.items() if isinstance(table.locator, SheetLocator) else ()
    on_sheet = table.layout.units if table.layout else {}
    read_in = {
        on_sheet.get(column, usual or Unit.TEN_THOUSAND)
        for key, column in columns
        if fields[key].type is FieldType.MONEY
    }
    stated = unit_of_lines([[text] for text in texts]) if read_in else None
    if stated and read_in != {stated.unit}:
        yield problem("unit-afloat", table=table.key, location=sheet, sheet=sheet, text=shown(stated.text))


def unseen_cells(table: RawTable, sheet: str, unseen: Unseen) -> Iterator[Problem]:
    """Columns of a table that are hidden, and its formats that show something else than is stored."""
    if unseen is NOTHING_UNSEEN:
        return
    fields = TABLES[table.key].fields
    columns = table.locator.columns.items() if isinstance(table.locator, SheetLocator) else ()
    hidden = [(key, column) for key, column in columns if column in unseen.columns]
    names = [f"{column_letters(column)}（{fields[key].header}）" for key, column in hidden]
    units = table.layout.units_by_row if table.layout else None
    if units is not None and units in unseen.columns:
        names.append(f"{column_letters(units)}（{_UNITS}）")
    if names:
        headers = Text(*(mark.join(names) for mark in ("、", ", ")))
        yield problem("columns-hidden", table=table.key, location=sheet, sheet=sheet, headers=headers)
    for where, code in unseen.formats:
        cells = f"{sheet}!{where[:_LONGEST_RANGE]}"
        yield problem(
            "format-conditional", table=table.key, location=cells, range=shown(where), format=shown(code)
        )
