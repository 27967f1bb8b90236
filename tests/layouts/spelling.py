"""Values as offices spell them in cells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.filing import FEN_PER_UNIT
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.tables import FieldOfForm
from soe_compliance.filings.values import Amount, BadCell, Share, reader
from tests.filings.filed import Percent

_NAMED = (FieldType.FIRM, FieldType.PROJECT, FieldType.ID, FieldType.TEXT)
_FULL_WIDTH = str.maketrans("0123456789.,-%", "０１２３４５６７８９．，－％")
_FIGURES = "〇一二三四五六七八九"
_SPREADSHEET_DIGITS = 15


def is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


@dataclass(frozen=True)
class Units:
    """The unit that a document's amounts are in, and the one to write them in."""

    stated: Unit
    written: Unit


class Spelling:
    """Writes the cells of one column."""

    def __init__(self, field: FieldOfForm, how: str, units: Units, dice: Random) -> None:
        self._field = field
        self._how = how
        self._units = units
        self._dice = dice

    def of(self, cell: Any) -> object:
        """A JSON cell as it stands in a workbook; what can't be read is left as it is."""
        field = self._field
        if field.type in _NAMED:
            return cell
        try:
            value, _ = reader(field.type, field.choices)(cell)
        except BadCell:
            return cell
        if value is None:
            return cell
        if isinstance(value, Amount):
            return cell if value.fen else self._amount(value.number)
        if isinstance(value, Share):
            return cell if value.marked else self._ratio(value.number)
        if field.choices:
            return self._listed(value)
        options = _SPELLINGS[field.type]
        return options[self._chosen(list(options))](value)

    def _chosen(self, options: list[str]) -> str:
        return self._how if self._how in options else self._dice.choice(options)

    def _amount(self, number: Decimal) -> object:
        scaled = number * FEN_PER_UNIT[self._units.stated] / FEN_PER_UNIT[self._units.written]
        how = self._chosen([*_AMOUNTS, "suffix", "yuan"])
        if how in ("suffix", "yuan"):
            yuan = number * FEN_PER_UNIT[self._units.stated] / 100
            return f"{yuan / 10_000:f}万元" if how == "suffix" else f"¥{yuan:,f}元"
        if how == "number" and len(scaled.normalize().as_tuple().digits) > _SPREADSHEET_DIGITS:
            how = "plain"
        return _AMOUNTS[how](scaled)

    def _ratio(self, share: Decimal) -> object:
        if self._how == "share":
            return float(share)
        if self._how == "header":
            return float(share * 100)
        how = self._chosen(["format", "percent", "full-width"])
        if how == "format":
            return Percent(share)
        text = f"{share * 100:f}%"
        return text.translate(_FULL_WIDTH) if how == "full-width" else text

    def _listed(self, value: int) -> object:
        choices = self._field.choices
        assert choices is not None
        if self._field.type is not FieldType.CHOICES:
            return self._word(list(choices)[value])
        words = [self._word(choice) for place, choice in enumerate(choices) if value >> place & 1]
        return self._dice.choice(["、", "；", "，", "\n"]).join(words)

    def _word(self, choice: Any) -> str:
        how = self._chosen(["label", "key", "other"])
        if how == "other":
            return str(self._dice.choice([choice.label, *choice.other_words]))
        return str(choice.value if how == "key" else choice.label)


def _negative(number: Decimal, before: str, after: str) -> str:
    return f"{before}{-number:,f}{after}" if number < 0 else f"{number:,f}"


_AMOUNTS: Mapping[str, Callable[[Decimal], object]] = {
    "number": float,
    "plain": lambda number: f"{number:f}",
    "separators": lambda number: f"{number:,f}",
    "full-width": lambda number: f"{number:,f}".translate(_FULL_WIDTH),
    "brackets": lambda number: _negative(number, "（", "）"),
    "triangle": lambda number: _negative(number, "△", ""),
}


def _numeral(number: int) -> str:
    if number <= 10:
        return "十" if number == 10 else _FIGURES[number]
    tens, ones = divmod(number, 10)
    return f"{_FIGURES[tens] if tens > 1 else ''}十{_FIGURES[ones] if ones else ''}"


def _in_numerals(day: date) -> str:
    year = "".join(_FIGURES[int(figure)] for figure in f"{day.year}")
    return f"{year}年{_numeral(day.month)}月{_numeral(day.day)}日"


_DAYS: Mapping[str, Callable[[date], object]] = {
    "cell": lambda day: day,
    "iso": lambda day: day.isoformat(),
    "年月日": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "slashes": lambda day: f"{day.year}/{day.month}/{day.day}",
    "dots": lambda day: f"{day:%Y.%m.%d}",
    "eight": lambda day: float(f"{day:%Y%m%d}"),
    "padded": lambda day: f" {day.year} 年 {day.month} 月 {day.day} 日 ",
    "numerals": _in_numerals,
    "time": lambda day: datetime(day.year, day.month, day.day, 9, 30),
}


def _spelled_day(spell: Callable[[date], object], ordinal: int) -> object:
    return spell(date.fromordinal(ordinal))


_QUARTERS = ("一季度", "二季度", "三季度", "四季度")
_SPELLINGS: Mapping[FieldType, Mapping[str, Callable[[Any], object]]] = {
    FieldType.DATE: {how: partial(_spelled_day, spell) for how, spell in _DAYS.items()},
    FieldType.FLAG: {
        "是否": lambda yes: "是" if yes else "否",
        "ticks": lambda yes: "√" if yes else "×",
        "boxes": lambda yes: "☑是 □否" if yes else "□是　☑否",
        "YN": lambda yes: "Y" if yes else "n",
        "words": lambda yes: "有" if yes else "不是",
        "stored": lambda yes: yes,
    },
    FieldType.INT: {"number": int, "text": str, "words": lambda year: f"{year}年度"},
    FieldType.QUARTER: {"number": int, "text": str, "words": lambda quarter: f"第{_QUARTERS[quarter - 1]}"},
    FieldType.LEVEL: {"number": int, "text": str, "words": lambda level: f"{_FIGURES[level]}级"},
}
