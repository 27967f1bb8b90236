"""Reads one JSON filing into the rows that the rules use, and what was wrong with the others."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from .forms import FORMS, NUMBERED_TABLES

Row = dict[str, Any]


@dataclass
class Filing:
    """One filing: only usable rows that come first with their key, out-of-range values already blank."""

    group_code: str
    year: int
    reference_date: date
    filed_on: date | None
    used: dict[str, list[Row]]
    unusable: dict[str, list[Row]]
    stated_tables: set[str]
    repeated_keys: set[tuple[str, str]]
    out_of_range: set[tuple[str, str, str]]

    def lacks_or_may_hide(self, table: str) -> bool:
        """Whether a row that is not found may exist all the same."""
        return table not in self.stated_tables or len(self.unusable[table]) > 0

    def first(self, table: str, **wanted: Any) -> Row | None:
        """The first used row of a table with these values."""
        for row in self.used[table]:
            if all(row[field] == value for field, value in wanted.items()):
                return row
        return None

    def net_assets(self, code: str, year: int, field: str) -> Fraction | None:
        """A figure of one firm at one year end, or None where it is not stated."""
        row = self.first("financials", code=code, year=year)
        if row is None:
            return None
        figure: Fraction | None = row[field]
        return figure

    def latest_year_end(self) -> int:
        """The year of the last year end that is not after the reference date."""
        day = self.reference_date
        if day.month == 12 and day.day == 31:
            return day.year
        return day.year - 1


def normal_id(value: object) -> str | None:
    """An id as it is compared and reported; None if nothing is left of it."""
    if value is None:
        return None
    text = unicodedata.normalize("NFKC", str(value)).strip()
    return text if text != "" else None


def normal_code(value: object) -> str | None:
    """A code as it is compared and reported; None if nothing is left of it."""
    text = normal_id(value)
    return None if text is None else text.upper()


def as_date(value: object) -> date | None:
    """A calendar day."""
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        return None


def as_number(value: object) -> Fraction | None:
    """A number, exactly as it is written."""
    if value is None or value == "":
        return None
    try:
        return Fraction(Decimal(str(value).strip()))
    except (InvalidOperation, ValueError):
        return None


def as_int(value: object) -> int | None:
    """A whole number."""
    number = as_number(value)
    if number is None or number.denominator != 1:
        return None
    return int(number)


def read_value(kind: str, value: object) -> Any:
    """One cell by the type of its field; None is blank."""
    if value is None or value == "":
        return None
    if kind == "code":
        return normal_code(value)
    if kind == "id":
        return normal_id(value)
    if kind == "text":
        return str(value)
    if kind == "date":
        return as_date(value)
    if kind == "int":
        return as_int(value)
    if kind == "quarter":
        number = as_int(value)
        return number if number in (1, 2, 3, 4) else None
    if kind in ("money", "signed", "ratio"):
        return as_number(value)
    if kind == "flag":
        return value if isinstance(value, bool) else None
    if kind == "list":
        return list(value) if isinstance(value, (list, tuple)) else None
    return value if value in kind.split("|") else None


def read_row(table: str, raw: Row) -> Row:
    """All fields of one row, blank ones as None."""
    return {field: read_value(kind.rstrip("!"), raw.get(field)) for field, kind in FORMS[table].items()}


def is_empty(row: Row) -> bool:
    """Whether a row states nothing."""
    return all(value is None for value in row.values())


def is_usable(table: str, row: Row) -> bool:
    """Whether a row states every required field."""
    return all(row[field] is not None for field, kind in FORMS[table].items() if kind.endswith("!"))


def row_key(table: str, row: Row) -> str:
    """The key of a usable row, spelled as the findings spell it."""
    if table in NUMBERED_TABLES:
        return str(row["id"])
    if table in ("entities", "projects"):
        return str(row["code"])
    if table == "holdings":
        return f"{row['holder_code']}>{row['investee_code']}"
    if table == "financials":
        return f"{row['code']}:{row['year']}"
    if table == "investment_reports":
        return f"{row['project_code']}:{row['year']}Q{row['quarter']}"
    if table == "financing_reports":
        return f"{row['year']}Q{row['quarter']}"
    return f"{row['rule']}:{row['subject']}"


def is_out_of_range(kind: str, value: Any) -> bool:
    """Whether a stated number cannot be what it is said to be."""
    if value is None:
        return False
    if kind.rstrip("!") == "money":
        return bool(value < 0)
    if kind.rstrip("!") == "ratio":
        return bool(value < 0 or value > 1)
    return False


def numbered_rows(table: str, raw_rows: list[Row]) -> list[Row]:
    """The rows that are rows, in order, those without an id named by their place."""
    rows = []
    for raw in raw_rows:
        row = read_row(table, raw)
        if not is_empty(row):
            rows.append(row)
    if table in NUMBERED_TABLES:
        for place, row in enumerate(rows, start=1):
            if row["id"] is None:
                row["id"] = f"#{place}"
    return rows


def read_filing(raw: dict[str, Any]) -> Filing:
    """The whole filing."""
    head = raw["filing"]
    group_code = normal_code(head["group_code"])
    year = as_int(head["year"])
    reference_date = as_date(head["reference_date"])
    if group_code is None or year is None or reference_date is None:
        raise ValueError("a filing without group code, year or reference date is not judged")
    filing = Filing(
        group_code, year, reference_date, as_date(head.get("filed_on")), {}, {}, set(), set(), set()
    )
    for table in FORMS:
        if raw.get(table) is not None:
            filing.stated_tables.add(table)
        read_table(filing, table, raw.get(table) or [])
    return filing


def read_table(filing: Filing, table: str, raw_rows: list[Row]) -> None:
    """Sorts the rows of one table: unusable ones go, then repeated keys, then values out of range."""
    filing.used[table] = []
    filing.unusable[table] = []
    seen: set[str] = set()
    for row in numbered_rows(table, raw_rows):
        if not is_usable(table, row):
            filing.unusable[table].append(row)
            continue
        key = row_key(table, row)
        if table != "exceptions" and key in seen:
            filing.repeated_keys.add((table, key))
            continue
        seen.add(key)
        row["key"] = key
        clear_out_of_range(filing, table, row)
        filing.used[table].append(row)


def clear_out_of_range(filing: Filing, table: str, row: Row) -> None:
    """Blanks what is out of range and remembers it."""
    if table == "exceptions":
        # a negative limit must stay recognisable: such a row excuses nothing, a blank limit excuses all
        row["excuses_nothing"] = row["up_to"] is not None and row["up_to"] < 0
    for field, kind in FORMS[table].items():
        if is_out_of_range(kind, row[field]):
            filing.out_of_range.add((table, row["key"], field))
            row[field] = None
