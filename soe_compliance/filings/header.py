"""The filing's own fields: who files, for which year, at which date, in which unit."""

from collections.abc import Callable, Mapping
from datetime import date

from soe_compliance.filings.bad_cells import bad_cell, quoted
from soe_compliance.filings.filing import Filing, RawTable, Unreadable
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.problems import Level, Problem, problem
from soe_compliance.filings.raw import RawFiling
from soe_compliance.filings.tables import HEADER, TABLES
from soe_compliance.filings.units import unit_of_filing
from soe_compliance.filings.values import FIRST_DAY, LAST_DAY, PARSERS, BadCell, whole_of

_NEEDED = ("group_code", "year", "reference_date")
_FORM = TABLES[HEADER]


class _Fields:
    """The fields of one header, read one by one; what can't be read is a problem and counts as blank."""

    def __init__(self, table: RawTable) -> None:
        self._table = table
        self.problems: list[Problem] = []
        self.values = {key: self._read(key) for key in _PARSERS}
        self.unit = self._read_unit()

    def cell(self, key: str) -> object:
        cells = self._table.cells.get(key)
        return cells[0] if cells else None

    def _read(self, key: str) -> object:
        try:
            return _PARSERS[key](self.cell(key))
        except BadCell as error:
            self.problems.append(bad_cell(_FORM.fields[key], self._table, 0, error))
            return None

    def _read_unit(self) -> Unit | None:
        """The unit, 万元 where it is blank; None where it is not known."""
        cell = self.cell("unit")
        unit = unit_of_filing(cell)
        if unit is None:
            place, text = self.place("unit"), quoted(cell, self._table)
            self.problems.append(
                problem("filing-unit-unknown", table=HEADER, field="unit", location=place, text=text)
            )
        return unit

    def place(self, key: str) -> str:
        return self._table.locator.place(self._table.rows[0] if self._table.rows else 0, key)

    def require(self, key: str, code: str) -> None:
        """A problem where the field is blank or can't be read."""
        if not self.values[key]:
            field = _FORM.fields[key]
            self.problems.append(
                problem(
                    code,
                    table=HEADER,
                    field=key,
                    location=self.place(key),
                    title=_FORM.title,
                    header=field.header,
                )
            )


def _year_of(cell: object) -> int | None:
    year = whole_of(cell)
    if year is not None and not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise BadCell
    return year


_PARSERS: Mapping[str, Callable[[object], object]] = {
    key: _year_of if key == "year" else PARSERS[field.type]
    for key, field in _FORM.fields.items()
    if key != "unit"
}
"""What reads each of the filing's own fields but the unit."""


def filing_of(raw: RawFiling, source: str, digest: str, default_id: str) -> Filing | Unreadable:
    """The filing, or why it can't be checked.

    Args:
        raw: the tables as they stand.
        source: the path as given.
        digest: "sha256:" and the digest of the file's bytes.
        default_id: the filing's id where it states none.
    """
    fields = _Fields(raw.header)
    if _is_unfilled(raw):
        return Unreadable(default_id, source, digest, (problem("form-unfilled"), *raw.problems))
    for key in _NEEDED:
        fields.require(key, "header-missing")
    values = fields.values
    filing_id = str(values["id"] or default_id)
    if fields.unit is None or not all(values[key] for key in _NEEDED):
        return Unreadable(filing_id, source, digest, (*raw.problems, *fields.problems))
    fields.require("group_name", "group-name-missing")
    if _without_data(raw) and not any(found.level is Level.ERROR for found in raw.problems):
        fields.problems.append(problem("no-data-rows"))
    return Filing(
        id=filing_id,
        source=source,
        digest=digest,
        group_code=str(values["group_code"]),
        group_name=str(values["group_name"] or values["group_code"]),
        year=_number(values["year"]),
        reference_date=date.fromordinal(_number(values["reference_date"])),
        filed_on=date.fromordinal(_number(values["filed_on"])) if values["filed_on"] else None,
        jurisdiction=str(values["jurisdiction"] or ""),
        unit=fields.unit,
        header=raw.header,
        tables=raw.tables,
        problems=(*raw.problems, *fields.problems),
    )


def _without_data(raw: RawFiling) -> bool:
    return not any(table.rows for table in raw.tables.values())


def _is_unfilled(raw: RawFiling) -> bool:
    """Whether nobody filled in the form: no table has a row, and the fields that are needed are blank, or hold tags."""
    tagged = any(found.code == "template-tag" for found in raw.problems)
    needed = [raw.header.cells.get(field.key, ()) for field in _FORM.required]
    blank = all(cell is None or cell == "" for cells in needed for cell in cells)
    return _without_data(raw) and bool(raw.tables) and (tagged or blank)


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value
