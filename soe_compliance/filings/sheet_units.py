"""The unit of each column of amounts on a sheet: from its header, the rows' own unit column, or the unit line."""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.cell_text import is_stated
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.filing import FEN_PER_UNIT
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.header_rows import HeaderRow, Heading, heading_of
from soe_compliance.filings.layout import LeftOut
from soe_compliance.filings.unit_rows import unit_in
from soe_compliance.filings.units import StatedUnit, is_renminbi, unit_at_end, unit_in_brackets, unit_of_lines
from soe_compliance.filings.values import text_of

Rows = Sequence[Sequence[object]]
_CURRENCY_HEADER = pattern(r".*(?:币种|币别)|货币(?:种类|名称|类型)?")
_MAY_STATE_UNITS = frozenset(
    {LeftOut.HEADER, LeftOut.HINT, LeftOut.NOTE, LeftOut.SECTION, LeftOut.NO_CONTENT}
)
_UNIT_HEADERS = frozenset({"金额单位", "货币单位", "计量单位", "单位"})


class SheetUnits(Struct):
    """What a sheet says of its units.

    Attributes:
        fen: for each field that the sheet gives a unit, the fen that 1 stands for, or that for each row.
        units: the unit of each column, where all of its rows have one.
        unknown: the columns of an unknown unit, which count as blank.
        doubtful: for each column the rows in which two units disagree, by place; their amounts count as blank.
        by_row: the column that states each row's unit.
        foreign: for each column the rows of amounts in another currency, by place, and the currency.
        currency: the column that states each row's currency.
        uneven: the columns whose amounts don't add up as stored, for number formats show them in several units.
        later: for each column the first row between the data that states another unit for those below, and that unit.
    """

    fen: dict[str, int | Sequence[int]] = field(default_factory=dict)
    units: dict[int, Unit] = field(default_factory=dict)
    unknown: dict[int, StatedUnit] = field(default_factory=dict)
    doubtful: dict[int, list["Doubt"]] = field(default_factory=dict)
    by_row: int | None = None
    foreign: dict[int, Mapping[int, str]] = field(default_factory=dict)
    currency: int | None = None
    uneven: set[int] = field(default_factory=set)
    later: Mapping[int, tuple[int, StatedUnit]] = field(default_factory=dict)


class Doubt(Struct, frozen=True):
    """A row whose own unit is not known (`other` is None), or is not the one stated elsewhere."""

    place: int
    stated: StatedUnit
    other: StatedUnit | None


def sheet_units(
    table: str,
    header: HeaderRow,
    rows: Rows,
    data: Sequence[int],
    left_out: Mapping[int, LeftOut],
    name: str,
    own: Unit | None,
) -> SheetUnits:
    """The units of a sheet whose header, data rows and other rows are known.

    The unit in a header holds for its column, before the unit line, and that before the one in the sheet's name. The
    unit column stands beside none of them: where it disagrees with one, it can't be told which is meant.

    Args:
        own: the unit of the filing, in which amounts are read where the sheet says nothing; None where it is not known.
    """
    found = SheetUnits()
    money = {c: h for c, h in header.columns.items() if h.field.type is FieldType.MONEY}
    if not money:
        return found
    above = [*rows[: header.first], *_before(rows, data, left_out)]
    line = unit_of_lines(above, rows[header.first : header.last + 1]) or unit_at_end(name)
    found.by_row = _unit_column(header, rows, data)
    for column, heading in money.items():
        stated = heading.unit or line
        if stated and stated.unit is None:
            found.unknown[column] = stated
        elif found.by_row is not None:
            _take_by_row(found, column, heading, stated, [rows[number][found.by_row] for number in data])
        elif stated and stated.unit:
            found.fen[heading.field.key] = FEN_PER_UNIT[stated.unit]
            found.units[column] = stated.unit
    _take_currencies(found, header, rows, data, line)
    if left_out and data and found.by_row is None:
        used = {column: found.units.get(column, own) for column in money if column not in found.unknown}
        found.later = _later_units(table, header, rows, data, left_out, used)
    return found


def units_above(data: Sequence[int], left_out: Mapping[int, LeftOut]) -> Sequence[int]:
    """The rows of units between header and data."""
    return [n for n, why in left_out.items() if why is LeftOut.UNITS and data and n < data[0]]


def _before(rows: Rows, data: Sequence[int], left_out: Mapping[int, LeftOut]) -> Sequence[Sequence[object]]:
    """The rows between header and data that may state a unit."""
    return [rows[n] for n, why in left_out.items() if data and n < data[0] and why in _MAY_STATE_UNITS]


def _later_units(
    table: str,
    header: HeaderRow,
    rows: Rows,
    data: Sequence[int],
    left_out: Mapping[int, LeftOut],
    used: Mapping[int, Unit | None],
) -> Mapping[int, tuple[int, StatedUnit]]:
    """Where another unit than the one used of a column is stated between the data.

    A line holds for columns without a unit in their header; a header that comes again and a row of units, for each of
    their columns.
    """
    found: dict[int, tuple[int, StatedUnit]] = {}
    may_state = {*_MAY_STATE_UNITS, LeftOut.UNITS}
    between = [n for n, why in sorted(left_out.items()) if data[0] < n < data[-1] and why in may_state]
    for number in between:
        line = unit_of_lines([rows[number]])
        for column in [column for column in used if column not in found]:
            stated = None if header.columns[column].unit else line
            if left_out[number] is LeftOut.UNITS:
                stated = unit_in(rows[number][column], header.columns[column].field)
            elif left_out[number] is LeftOut.HEADER:
                again = heading_of(str(rows[number][column]), table)
                stated = again.unit if again else None
            if stated and (stated.unit is None or stated.unit is not used[column]):
                found[column] = number, stated
    return found


def _take_currencies(
    found: SheetUnits, header: HeaderRow, rows: Rows, data: Sequence[int], line: StatedUnit | None
) -> None:
    """The rows whose amounts are in another currency; where header or unit line says 人民币, they are converted."""
    found.currency = next(
        (c for c, text in header.unknown.items() if _CURRENCY_HEADER.fullmatch(_squeezed(text))), None
    )
    if found.currency is None:
        return
    cells = ((place, rows[number][found.currency]) for place, number in enumerate(data))
    foreign = {
        place: cell
        for place, cell in cells
        if isinstance(cell, str) and is_stated(cell) and not is_renminbi(cell)
    }
    for column, heading in header.columns.items():
        stated = heading.unit or line
        if foreign and heading.field.type is FieldType.MONEY and not (stated and is_renminbi(stated.text)):
            found.foreign[column] = foreign


def _squeezed(text: str) -> str:
    return "".join(text_of(text).split())


def heads_units(text: str) -> bool:
    """Whether a header is that of a column of units or currencies."""
    bare = _squeezed(text)
    return bare.strip("*") in _UNIT_HEADERS or bool(_CURRENCY_HEADER.fullmatch(bare))


def _unit_column(header: HeaderRow, rows: Rows, data: Sequence[int]) -> int | None:
    """The column that holds a unit in each row, if there is one; 单位 may as well head the names of firms."""
    for column, text in header.unknown.items():
        if _squeezed(text).strip("*") not in _UNIT_HEADERS:
            continue
        cells = [cell for number in data if (cell := rows[number][column]) != ""]
        if cells and all(_stated(cell) for cell in cells):
            return column
    return None


def _stated(cell: object) -> StatedUnit | None:
    return unit_in_brackets(cell) if isinstance(cell, str) and cell.strip() else None


def _take_by_row(
    found: SheetUnits, column: int, heading: Heading, elsewhere: StatedUnit | None, cells: Sequence[object]
) -> None:
    """The unit of each row; a row that states none has the one stated elsewhere, else the filing's own."""
    units: Mapping[int, StatedUnit | None] = {place: _stated(cell) for place, cell in enumerate(cells)}
    doubts = [
        Doubt(place, stated, elsewhere if stated.unit else None)
        for place, stated in units.items()
        if stated and (stated.unit is None or (elsewhere and elsewhere.unit is not stated.unit))
    ]
    if doubts:
        found.doubtful[column] = doubts
    fallback = FEN_PER_UNIT[elsewhere.unit] if elsewhere and elsewhere.unit else 0
    fen = [FEN_PER_UNIT[stated.unit] if stated and stated.unit else fallback for stated in units.values()]
    found.fen[heading.field.key] = fen
    named = {stated.unit for stated in units.values() if stated}
    only = named.pop() if len(named) == 1 else None
    if only and all(units.values()):
        found.units[column] = only
