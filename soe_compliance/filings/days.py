"""Days as forms spell them. A text that fits no day, or two, is refused."""

from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Text
from soe_compliance.filings.amounts import number_of
from soe_compliance.filings.cell_text import BadCell, short_text, text_of
from soe_compliance.filings.numerals import NUMERAL, digit_by_digit, numeral
from soe_compliance.filings.spellings import How, Understood, blank

FIRST_DAY, LAST_DAY = date(1900, 3, 1), date(2199, 12, 31)
"""Before March 1900 spreadsheets disagree on the days that a number stands for."""

_BEIJING = timezone(timedelta(hours=8))
_TIME = r"(?:[T ](?P<time>(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?)(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?"
_DAY_TEXT = pattern(
    r"([0-9]{4})(?:年([0-9]{1,2})月([0-9]{1,2})日?|-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})"
    rf"|\.([0-9]{{1,2}})\.([0-9]{{1,2}})|([0-9]{{2}})([0-9]{{2}})){_TIME}"
)
_MARKS = pattern(r"\s*([年月日号])\s*")
_IN_NUMERALS = pattern(rf"([{NUMERAL}Oo0-9]{{4}})年([{NUMERAL}0-9]{{1,4}})月([{NUMERAL}0-9]{{1,5}})日?")
_SERIAL_EXPECTED = Text(
    "日期（该数字疑为日期序列号，请将单元格设为日期格式，或填写如2024-02-28）",
    "a date (the number may be a date's serial number: give the cell a date format, or write such as 2024-02-28)",
)
_RANGE_EXPECTED = Text(
    f"日期（{FIRST_DAY}至{LAST_DAY}；没有到期日的请留空）",
    f"a date from {FIRST_DAY} to {LAST_DAY} (leave it blank where nothing expires)",
)
_LAST_SERIAL = (LAST_DAY - date(1899, 12, 30)).days


def read_day(cell: object) -> Understood[int]:
    """A day as its ordinal: a date cell, 2024年2月28日, 2024-2-28, 2024/2/28, 2024.02.28, 20240228, 二〇二四年二月二十八日.

    A bare number is no day unless it has the eight digits of one: which day a serial number is depends on the
    workbook's date system, and whether it is one at all, nobody said.
    """
    if isinstance(cell, datetime):
        return _in_range(cell.date()), How.TIME_DROPPED if cell.time() != datetime.min.time() else None
    if isinstance(cell, date):
        return _in_range(cell), None
    if isinstance(cell, str):
        if len(cell) == 10 and cell[4] == cell[7] == "-" and cell[9].isdigit() and cell.isascii():
            return _day_in_text(cell)
        text = short_text(cell)
        return _day_in_text(text) if text else blank(cell)
    if cell is None:
        return None, None
    number = number_of(cell)
    text = text_of(cell)
    if len(text) != 8:
        raise BadCell(_SERIAL_EXPECTED if number is not None and 0 < number <= _LAST_SERIAL else None)
    return _day_in_text(text)[0], How.DATE_NUMBER


def day_of(cell: object) -> int | None:
    return read_day(cell)[0]


@lru_cache(maxsize=4096)
def _day_in_text(text: str) -> Understood[int]:
    match = _DAY_TEXT.fullmatch(_tightened(text) if "年" in text else text)
    if not match:
        return _day_in_numerals(_MARKS.sub(r"\1", text)), How.NUMERALS
    year, month, day = (int(part) for part in match.groups()[:-2] if part)
    found = _day(year, month, day)
    if match["zone"] and not _is_the_same_day_in_china(date.fromordinal(found), match["time"], match["zone"]):
        raise BadCell
    if match["time"] and match["time"].strip("0:."):
        return found, How.TIME_DROPPED
    return found, None if text == date.fromordinal(found).isoformat() else How.DATE_TEXT


def _tightened(text: str) -> str:
    """2024年2月28日 without spaces round its marks, with 日 for 号, and a space before the time of day."""
    return _MARKS.sub(r"\1", text).replace("号", "日").replace("日", "日 ").strip()


def _is_the_same_day_in_china(day: date, time: str, zone: str) -> bool:
    hour, minute = (int(part) for part in time.split(":")[:2])
    offset = timedelta() if zone == "Z" else timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    if offset >= timedelta(days=1):
        raise BadCell
    there = timezone(-offset if zone.startswith("-") else offset)
    instant = datetime(day.year, day.month, day.day, hour, minute, tzinfo=there)
    return instant.astimezone(_BEIJING).date() == day


def _day_in_numerals(text: str) -> int:
    match = _IN_NUMERALS.fullmatch(text.replace("号", "日"))
    if not match:
        raise BadCell
    year, month, day = digit_by_digit(match[1]), _count(match[2]), _count(match[3])
    if not year.isdigit() or month is None or day is None:
        raise BadCell
    return _day(int(year), month, day)


def _count(text: str) -> int | None:
    return int(text) if text.isascii() else numeral(text)


def _day(year: int, month: int, day: int) -> int:
    try:
        found = date(year, month, day)
    except ValueError:
        raise BadCell from None
    return _in_range(found)


def _in_range(day: date) -> int:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise BadCell(_RANGE_EXPECTED)
    return day.toordinal()
