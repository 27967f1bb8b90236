"""What the number formats of a sheet make of its amounts and shares: units, kinds, and numbers that can't be told."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeGuard

from soe_compliance.filings.bad_cells import shown
from soe_compliance.filings.cell_places import rows_listed
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.filing import FEN_PER_UNIT
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.header_rows import Heading
from soe_compliance.filings.number_formats import NumberFormat
from soe_compliance.filings.ratio_columns import may_need_format, ratio_column
from soe_compliance.filings.sheet_units import SheetUnits
from soe_compliance.filings.shown_units import (
    Refusal,
    ShareKind,
    code_shown,
    fen_by_format,
    makes_shares,
    share_by_format,
    shown_unit,
    shows_other,
)
from soe_compliance.filings.tables import FieldOfForm

_CODES = {
    Refusal.FOREIGN: "format-foreign",
    Refusal.DISAGREES: "format-unit-disagrees",
    Refusal.UNTOLD: "format-untold",
}
_COUNTED = frozenset({FieldType.MONEY, FieldType.RATIO})
_CODED = frozenset({FieldType.FIRM, FieldType.PROJECT, FieldType.ID})
_UNIT_OF_FEN = {FEN_PER_UNIT[unit]: unit for unit in Unit}


class Formats(Protocol):
    """The number formats of a sheet."""

    @property
    def tell(self) -> bool:
        """Whether any of them may say more of a number than a percent sign does."""
        ...

    @property
    def show_other(self) -> bool:
        """Whether any of them may show words or figures of its own."""
        ...

    def of_columns(self, columns: Collection[int]) -> Iterator[tuple[int, Mapping[int, NumberFormat]]]:
        """For each of these columns those that tell something, by row from 0."""
        ...


class Report(Protocol):
    """Takes a problem of a cell."""

    def __call__(
        self, code: str, row: int, column: int, field: FieldOfForm | None = None, **values: object
    ) -> None: ...


class FormattedCells:
    """The amounts and shares of a sheet as they are read by their formats.

    Args:
        headings: the columns of the table.
        cells: the cells of its fields; those that can't be told become blank.
        numbers: the rows that they stand in.
        formats: the number formats.
        report: takes the problems.

    Attributes:
        understood: for each field the formats by which cells are understood, by place.
        percent: for each field of shares, which numbers are percentages.
    """

    def __init__(
        self,
        headings: Mapping[int, Heading],
        cells: dict[str, Sequence[object]],
        numbers: Sequence[int],
        formats: Formats,
        report: Report,
    ) -> None:
        self._headings, self._cells, self._numbers = headings, cells, numbers
        self._formats, self._report = formats, report
        self.understood: dict[str, Mapping[int, str]] = {}
        self.percent: dict[str, Sequence[bool]] = {}

    def take_amounts(self, units: SheetUnits, totals: Mapping[int, Sequence[object]]) -> None:
        """Read each amount in the unit that its format shows.

        Args:
            units: the units that the sheet states, to which those of the formats are added.
            totals: the rows of totals.
        """
        if not self._numbers or not self._formats.tell:
            return
        money = self._columns_of(FieldType.MONEY)
        for column, shown_by in self._formats.of_columns([c for c in money if c not in units.unknown]):
            if shown_by:
                self._take_column(column, money[column].field, shown_by, units, totals)

    def _columns_of(self, kind: FieldType) -> Mapping[int, Heading]:
        return {column: heading for column, heading in self._headings.items() if heading.field.type is kind}

    def _take_column(
        self,
        column: int,
        field: FieldOfForm,
        shown_by: Mapping[int, NumberFormat],
        units: SheetUnits,
        totals: Mapping[int, Sequence[object]],
    ) -> None:
        stated = units.fen.get(field.key, 0)
        read = _Amounts(list(self._cells[field.key]), stated)
        for place, number in enumerate(self._numbers):
            if number in shown_by:
                read.take(place, shown_by[number])
        if not (read.understood or read.refused):
            return
        self._cells[field.key], self.understood[field.key] = read.cells, read.understood
        for refused, places in read.refused.items():
            self._refuse(
                _CODES[refused.why], column, field, refused.code, places, refused.words, refused.stated
            )
        fen = read.even_fen
        units.fen[field.key] = read.fen if fen is None else fen
        if not stated and fen in _UNIT_OF_FEN:
            units.units[column] = _UNIT_OF_FEN[fen]
        of_totals = (
            fen_by_format(cell, shown_by[number], fen)
            for number, row in totals.items()
            if number in shown_by and _is_number(cell := row[column])
        )
        if fen is None or read.refused or any(found not in (None, fen) for found in of_totals):
            units.uneven.add(column)

    def take_codes(self) -> None:
        """Read each code and identifier that is stored as a number as its format shows it: 0012, not 12."""
        if not self._numbers or not self._formats.tell:
            return
        coded = {c: h for c, h in self._headings.items() if h.field.type in _CODED}
        numbers = [c for c, h in coded.items() if any(map(_is_number, self._cells[h.field.key]))]
        for column, shown_by in self._formats.of_columns(numbers):
            key = coded[column].field.key
            cells, understood = list(self._cells[key]), dict[int, str]()
            for place, number in enumerate(self._numbers):
                code = code_shown(cells[place], shown_by[number]) if number in shown_by else None
                if code is not None:
                    cells[place], understood[place] = code, shown_by[number].code
            if understood:
                self._cells[key], self.understood[key] = cells, understood

    def refuse_others(self) -> None:
        """Of what is no number to count, cells whose format shows something else than they hold become blank."""
        if not self._numbers or not self._formats.show_other:
            return
        others = {c: h for c, h in self._headings.items() if h.field.type not in _COUNTED}
        for column, shown_by in self._formats.of_columns(others):
            field = others[column].field
            cells = self._cells[field.key] if shown_by else ()
            other = {
                place: shown_by[number].code
                for place, (number, cell) in enumerate(zip(self._numbers, cells, strict=False))
                if number in shown_by and shows_other(cell, shown_by[number])
            }
            if other:
                self._cells[field.key] = self._without_untold(column, field, other, "format-other")

    def take_shares(self) -> None:
        """Tell the shares in each column of them from the percentages; what may be either becomes blank."""
        ratios = self._columns_of(FieldType.RATIO)
        asked = [column for column, heading in ratios.items() if self._needs_formats(heading)]
        formats = dict(self._formats.of_columns(asked)) if asked else {}
        for column, heading in ratios.items():
            if column in asked or heading.percent:
                self._take_shares(column, heading, formats.get(column, {}))
            else:
                self.percent[heading.field.key] = [False] * len(self._numbers)

    def _needs_formats(self, heading: Heading) -> bool:
        cells = self._cells[heading.field.key]
        return self._formats.tell or may_need_format(cells, percent_header=heading.percent)

    def _take_shares(self, column: int, heading: Heading, shown_by: Mapping[int, NumberFormat]) -> None:
        key = heading.field.key
        cells = self._cells[key]
        shares = {place for place, number in enumerate(self._numbers) if number in shown_by}
        signed, untold = dict[int, str](), dict[int, str]()
        if not all(map(makes_shares, set(shown_by.values()))):
            for place in sorted(shares):
                one = shown_by[self._numbers[place]]
                kind = _kind_of_share(cells[place], one)
                if kind is not ShareKind.SHARE:
                    shares.remove(place)
                if kind in (ShareKind.PERCENTAGE, ShareKind.UNTOLD):
                    marked = signed if kind is ShareKind.PERCENTAGE else untold
                    marked[place] = one.code
        if untold:
            cells = self._without_untold(column, heading.field, untold)
        read = ratio_column(cells, percent_header=heading.percent, has_format=shares, has_sign=signed.keys())
        for place in read.ambiguous:
            self._report(
                "ratio-ambiguous",
                self._numbers[place],
                column,
                heading.field,
                header=heading.field.header,
                value=shown(cells[place]),
            )
        self._cells[key], self.percent[key] = read.cells, read.percent
        if signed:
            self.understood[key] = signed

    def _without_untold(
        self, column: int, field: FieldOfForm, untold: Mapping[int, str], problem: str = "format-untold"
    ) -> Sequence[object]:
        by_code: dict[str, list[int]] = {}
        for place, code in untold.items():
            by_code.setdefault(code, []).append(place)
        for code, places in by_code.items():
            self._refuse(problem, column, field, code, places)
        return [None if place in untold else cell for place, cell in enumerate(self._cells[field.key])]

    def _refuse(
        self,
        problem: str,
        column: int,
        field: FieldOfForm,
        code: str,
        places: Sequence[int],
        words: str = "",
        stated: int = 0,
    ) -> None:
        """A problem of all cells of a column with one format."""
        rows = [self._numbers[place] for place in places]
        self._report(
            problem,
            rows[0],
            column,
            field,
            header=field.header,
            format=shown(code),
            count=f"{len(rows):,}",
            rows=rows_listed(rows),
            text=words,
            other=_UNIT_OF_FEN[stated].label if stated else "",
        )


class _Refused(NamedTuple):
    """Why amounts with a format are not taken: the unit that it shows, and the fen of the one stated elsewhere."""

    why: Refusal
    code: str
    words: str
    stated: int


class _Amounts:
    """The amounts of a column, one by one.

    Attributes:
        cells: the amounts; those that can't be taken are blank.
        fen: for each the fen that 1 stands for, 0 where nothing on the sheet says.
        understood: the formats by which some are taken, by place.
        refused: the places of those that are not.
    """

    def __init__(self, cells: list[object], stated: int | Sequence[int]) -> None:
        self.cells = cells
        self.fen = [stated] * len(cells) if isinstance(stated, int) else list(stated)
        self.understood: dict[int, str] = {}
        self.refused: dict[_Refused, list[int]] = {}

    def take(self, place: int, shown_by: NumberFormat) -> None:
        """Read one by its format."""
        cell, stated = self.cells[place], self.fen[place]
        if not _is_number(cell):
            if shows_other(cell, shown_by):
                self._refuse(place, _Refused(Refusal.UNTOLD, shown_by.code, "", stated))
            return
        found = fen_by_format(cell, shown_by, stated or None)
        if isinstance(found, Refusal):
            words = shown_unit(shown_by.section(cell)).words
            self._refuse(place, _Refused(found, shown_by.code, words, stated))
        elif found:
            self.fen[place] = found
            self.understood[place] = shown_by.code

    def _refuse(self, place: int, why: _Refused) -> None:
        self.refused.setdefault(why, []).append(place)
        self.cells[place] = None

    @property
    def even_fen(self) -> int | None:
        """The fen that 1 stands for in all of them, None where they differ."""
        used = {fen for fen, cell in zip(self.fen, self.cells, strict=True) if cell not in ("", None, 0)}
        return used.pop() if len(used) == 1 else None


def _is_number(cell: object) -> TypeGuard[float]:
    return type(cell) in (float, int)


def _kind_of_share(cell: object, shown_by: NumberFormat) -> ShareKind:
    """What a cell is by its format; of one that is no number only a percent sign counts."""
    if shows_other(cell, shown_by):
        return ShareKind.UNTOLD
    if _is_number(cell):
        return share_by_format(cell, shown_by)
    signed = any(section.percent for section in shown_by.sections)
    return ShareKind.SHARE if signed else ShareKind.UNMARKED
