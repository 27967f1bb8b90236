"""Which rows below a header are data: not blank ones, totals, notes, or the header once more.

What may be data is data: a row that can't be used is a problem that its filer hears of, a row left out is not.
"""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from soe_compliance.filings.values import text_of

_TOTALS = ("合计", "小计", "总计", "共计")
_ENUMERATION = re.compile(r"\d+(?:\.\d+)*|[一二三四五六七八九十]+")
_NOTE = re.compile(
    r"注(?:\d*[:：、.]|意|\d*$)|备注:|说明:|(?:填表|填报|编制|编报)(?:说明|要求)|数据来源|资料来源"
    r"|(?:填表|填报|制表|编制|审核|复核|审批|联系|经办|报送)人|制表|(?:单位|部门|财务|分管|企业)?负责人|联系(?:电话|方式)"
)
_SIGNATURE = re.compile(r"(?:填表|填报|制表|编制|审核|复核|联系|经办|报送|单位负责|财务负责)人(?::|$)")
_NEXT_NOTE = re.compile(r"\(?\d+\)?[、.)]|[一二三四五六七八九十]+、")
_LONGEST_LABEL = 24


class DataRows:
    """Tells the data of one table from what stands round it."""

    def __init__(self, known: Collection[int], required: Collection[int], headers: Sequence[str]) -> None:
        self._known = sorted(known)
        self._required = sorted(required)
        self._texts = frozenset(headers)
        self._headers = [_squeezed(text) for text in headers]

    def among(self, rows: Sequence[Sequence[object]], first: int) -> list[int]:
        """The numbers of the rows with data, from the first one on."""
        found = []
        note_column: int | None = None
        required = self._required
        for number in range(first, len(rows)):
            row = rows[number]
            for column in required:
                cell = row[column]
                if cell == "" or (type(cell) is str and not "0" <= cell[0] <= "z" and self._is_odd(cell)):
                    break
            else:
                found.append(number)
                continue
            if self._is_blank(row) or self._is_total(row) or self._is_header(row):
                continue
            if self._is_note(row, note_column):
                note_column = self._first(row)
                continue
            found.append(number)
        return found

    def _is_odd(self, cell: str) -> bool:
        """Whether a required cell asks for a closer look at its row."""
        return cell in self._texts or _is_no_data(cell)

    def _is_blank(self, row: Sequence[object]) -> bool:
        return all(_is_blank(row[column]) for column in self._known)

    def _is_total(self, row: Sequence[object]) -> bool:
        required = [row[column] for column in self._required]
        if any(_is_total_word(cell) for cell in required):
            return True
        if all(not _is_blank(cell) for cell in required):
            return False
        if any(_is_total_word(cell) for cell in row):
            return True
        label = next((cell for cell in row if not _is_blank(cell) and not _is_number(cell)), "")
        return all(map(_is_blank, required)) and isinstance(label, str) and _is_total_label(label)

    def _is_note(self, row: Sequence[object], note_column: int | None) -> bool:
        first = self._first(row)
        text = text_of(row[first]) if isinstance(row[first], str) else ""
        others = [row[column] for column in self._known if column != first and not _is_blank(row[column])]
        if _NOTE.match(text) and all(isinstance(cell, str) and _NOTE.match(text_of(cell)) for cell in others):
            return True
        if _SIGNATURE.match("".join(text.split())):
            return any(_is_blank(row[column]) for column in self._required)
        return first == note_column and not others and bool(_NEXT_NOTE.match(text))

    def _is_header(self, row: Sequence[object]) -> bool:
        """Whether a row repeats the header, as each page of a print does."""
        cell = row[self._required[0]]
        if type(cell) is not str or _squeezed(cell) != self._headers[self._required[0]]:
            return False
        return all(_squeezed(str(row[column])) == self._headers[column] for column in self._required)

    def _first(self, row: Sequence[object]) -> int:
        return next(column for column, cell in enumerate(row) if not _is_blank(cell))


def _is_blank(cell: object) -> bool:
    return cell == "" or (isinstance(cell, str) and not cell.strip())


def _is_number(cell: object) -> bool:
    return not isinstance(cell, str) or bool(_ENUMERATION.fullmatch(_squeezed(cell)))


@lru_cache(maxsize=8192)
def _is_no_data(cell: str) -> bool:
    return not cell.strip() or _is_total_word(cell) or bool(_NOTE.match(text_of(cell)))


def _is_total_word(cell: object) -> bool:
    return isinstance(cell, str) and len(cell) <= _LONGEST_LABEL and _squeezed(cell).strip("*:") in _TOTALS


def _is_total_label(cell: str) -> bool:
    text = _squeezed(cell).strip("*:")
    return text.endswith(_TOTALS) or text.startswith("其中")


@lru_cache(maxsize=8192)
def _squeezed(text: str) -> str:
    return "".join(text_of(text).split())
