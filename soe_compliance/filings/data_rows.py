"""Which rows below a header are data: not blank ones, totals, notes, hints, sections, or the header once more.

What may be data is data: a row that can't be used is a problem that its filer hears of, a row left out is not. So a
word that makes a row something else counts only where it stands alone or begins the row, never within a name.
"""

import re
from collections.abc import Collection, Sequence, Set
from functools import lru_cache

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.cell_text import BLANK_MARKS, is_stated
from soe_compliance.filings.layout import LeftOut
from soe_compliance.filings.signing_lines import is_day, is_signature
from soe_compliance.filings.values import text_of

_GRAND_TOTALS = ("合计", "总计", "共计", "总合计")
_SUBTOTALS = ("小计", "本页合计", "本页小计")
_TOTALS = ("合计", "小计", "总计", "共计")
_UNIT_BEHIND = pattern(r"\([^()]*\)$")
_ENUMERATION = pattern(r"\d+(?:\.\d+)*|[一二三四五六七八九十]+")
_NOTE = pattern(
    r"[*※]?[\[【(]?注(?:\(?\d*[:：、.\]】)]|意|\d*$)|(?:备注|※?说明)(?::|$)|第 ?\d+ ?页|共 ?\d+ ?页|法定代表人|以上(?:数据|内容)"
    r"|-* ?以下(?:空白|无正文)|(?:填表|填报|编制|编报)(?:说明|要求)|数据来源|资料来源"
    r"|\d{1,2}(?:栏|列|行) ?[=<>≤≥]|(?:审核|逻辑|勾稽|钩稽|平衡|表内|表间)(?:关系|公式)"
    r"|日\s*期\s*:|(?:填表|填报|报送|制表|编制|导出|打印|查询)(?:日期|时间|单位)(?:\((?:公章|盖章|签章)\))?(?::|$)|\((?:公章|盖章|签章)\)"
    r"|(?:填表|填报|制表|编制|审核|复核|审批|联系|经办|报送)人|制表|(?:单位|部门|财务|分管|企业)?负责人|联系(?:电话|方式)"
)
_NONE = frozenset(
    {"无", "暂无", "不适用", "本期无", "本年无", "本期无此事项", "无此事项", "无此类事项", "无此项"}
)
"""What is written on a sheet that has nothing to state, alone in its row."""

_NEXT_NOTE = pattern(r"\(?\d+\)?[、.)]|[一二三四五六七八九十]+、")
_SECTION = pattern(
    r"[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]+(?:部分|类|章|节)"
)
_EXAMPLE = pattern(
    r"[(\[【]?(?:示例|样例|范例|例子|例|填写示例|填报示例)\d*[)\]】]?$|(?:示例|样例|填写示例|填报示例|例):"
)
_HINT = pattern(
    r"请(?:填|输入|选择|按|勿|在|注意)|填写(?:要求|说明|提示|\d)|[(\[【]?(?:必填|选填|下拉|可选)|(?:如|例如|例)[:,、]|格式"
    r"|\d+位|是[/或、]否|[yY]{4}[-/年.]|[xX]{4}|从?下拉|(?:文本|数字|数值|日期)(?:型|格式)?$|保留\d位小数|单位:"
)
_ASCII_HINTS_BEGIN = frozenset("([xXyY \t\r\n\v\f\x1c\x1d\x1e\x1f")
"""What hints without a Chinese character begin with; the codes that most tables begin with don't."""

_MARKS_LIKE_CODES = frozenset(mark for mark in BLANK_MARKS if "0" <= mark[0] <= "z")
"""Marks for blank that begin as codes do: N/A."""

_HEADER_WORD = pattern(
    r"(?:编号|编码|代码|序号|名称|金额|余额|总额|比例|日期|时间|年度|季度|方式|类型|类别|备注)(?:\([^()]*\))?$"
)
_COLUMN_NUMBER = pattern(r"\(?(\d{1,2})\)?(?:=[\d+\-*/()]+)?")
_COLUMN_NUMBERS = ("栏次", "行次", "列次")
_CIRCLED = "甲乙丙丁戊己庚辛壬癸"
_FEWEST_NUMBERS = 4
_LONGEST_NUMBER = 6
_LONGEST_LABEL = 24
_FEWEST_HEADERS = 2
_NEAR = 3
"""So many rows below a header may be hints even where they fill every column that data must fill."""


class DataRows:
    """Tells the data of one table from what stands round it; `left_out` are the rows with content that are none."""

    def __init__(
        self,
        known: Collection[int],
        required: Collection[int],
        headers: Sequence[str],
        merged_across: Collection[int] = (),
    ) -> None:
        self._known = sorted(known)
        self._required = sorted(required)
        self._texts, self._headers = _headers_as_told(tuple(headers))
        self._merged_across = merged_across
        self._note_column: int | None = None
        self.left_out: dict[int, LeftOut] = {}

    def among(
        self, rows: Sequence[Sequence[object]], first: int, below: Sequence[Sequence[object]]
    ) -> list[int]:
        """The numbers of the rows with data, from the first one on; `below` are the columns from there on."""
        near = first + _NEAR
        odd: set[int] = set()
        for column in self._required if below else ():
            odd.update(self._odd_in(below[column], first))
        if not odd and not self._merged_across:
            beginning = range(first, min(near, len(rows)))
            data = [number for number in beginning if not self._is_hint_near_header(number, rows[number])]
            data += range(near, len(rows))
            return data
        found: list[int] = []
        resume = first
        for number in range(first, len(rows)):
            if number < resume:
                continue
            row = rows[number]
            if number not in odd:
                if number in self._merged_across and self._is_section(number, row):
                    self.left_out[number] = LeftOut.SECTION
                elif number >= near or not self._is_hint_near_header(number, row):
                    found.append(number)
            elif all(_is_blank(row[column]) for column in self._known):
                self._leave_blank(number, row)
            elif why := self._why_no_data(number, row):
                self.left_out[number] = why
            elif all(_states_nothing(row[column]) for column in self._known):
                self.left_out[number] = LeftOut.NO_CONTENT
            elif found and self._is_other_header(row):
                if found[-1] == number - 1 and _is_lone_text(rows[number - 1]):
                    self.left_out[found.pop()] = LeftOut.OTHER_TABLE
                resume = self._leave_other_table(rows, number)
            else:
                found.append(number)
        return found

    def _odd_in(self, cells: Sequence[object], first: int) -> Sequence[int]:
        """The rows that the cells of a required column, which begin in the first one, ask to look at more closely.

        Texts that all begin as codes do, and numbers, ask for nothing: most columns are told at once.
        """
        kinds = set(map(type, cells))
        if str not in kinds:
            return ()
        plain = _MARKS_LIKE_CODES.isdisjoint(cells)
        if plain and kinds == {str} and min(cells) >= "0" and max(cells) < "{":  # type: ignore[type-var, operator]
            return ()
        return [
            number
            for number, cell in enumerate(cells, start=first)
            if cell == ""
            or (type(cell) is str and not "0" <= cell[0] <= "z" and self._is_odd(cell))
            or (not plain and cell in _MARKS_LIKE_CODES)
        ]

    def _is_odd(self, cell: str) -> bool:
        """Whether a required cell asks for a closer look at its row."""
        return cell in self._texts or _is_no_data(cell)

    def _is_hint_near_header(self, number: int, row: Sequence[object]) -> bool:
        """Whether a row below the header is an example, a hint or a row of column numbers; if so it is left out."""
        why = None
        cell = row[self._required[0]]
        if (type(cell) is not str or len(cell) <= _LONGEST_NUMBER) and self._is_column_numbers(row):
            why = LeftOut.NUMBERS
        elif (_is_hint_text(cell) and self._is_hint(row)) or _is_example(row[self._first(row)]):
            why = LeftOut.HINT
        if why:
            self.left_out[number] = why
        return why is not None

    def _leave_blank(self, number: int, row: Sequence[object]) -> None:
        """Leave out a row that is blank in all columns of the table; what stands in others says why."""
        texts = [cell for cell in row if not _is_blank(cell)] if any(row) else []
        if texts:
            self.left_out[number] = self._why_beside(row, texts)

    def _why_no_data(self, number: int, row: Sequence[object]) -> LeftOut | None:
        """Why a row is no data; None where it may be."""
        if total := self._total(row):
            return total
        if self._is_header(row):
            return LeftOut.HEADER
        if _is_lone_text(row) and _is_none(str(row[self._first(row)])):
            return LeftOut.NONE
        if self._is_note(row):
            self._note_column = self._first(row)
            return LeftOut.NOTE
        if self._is_section(number, row):
            return LeftOut.SECTION
        if _is_example(row[self._first(row)]) or self._is_hint(row):
            return LeftOut.HINT
        return LeftOut.NUMBERS if self._is_column_numbers(row) else None

    def _why_beside(self, row: Sequence[object], texts: Sequence[object]) -> LeftOut:
        label = texts[0] if isinstance(texts[0], str) else ""
        if _NOTE.match(text_of(label)):
            self._note_column = self._first(row)
            return LeftOut.NOTE
        if self._first(row) == self._note_column and _NEXT_NOTE.match(text_of(label)):
            return LeftOut.NOTE
        if len(texts) == 1 and _SECTION.match(_squeezed(label)):
            return LeftOut.SECTION
        return LeftOut.HINT if _HINT.match(_squeezed(label)) else LeftOut.NO_CONTENT

    def _total(self, row: Sequence[object]) -> LeftOut | None:
        """Which total a row is, None where it may be data."""
        required = [row[column] for column in self._required]
        word = next((cell for cell in required if _is_total_word(cell)), None)
        if word is None and all(not _is_blank(cell) for cell in required):
            return None
        word = word or next((cell for cell in row if _is_total_word(cell)), None)
        if word is not None:
            return self._scope(row, required, str(word))
        label = next((cell for cell in row if not _is_blank(cell) and not _is_number(cell)), "")
        if all(map(_is_blank, required)) and isinstance(label, str):
            return _labelled_total(label)
        return None

    def _scope(self, row: Sequence[object], required: Sequence[object], word: str) -> LeftOut:
        """Of which rows a total is; of something else where the row names more than the word."""
        others = [cell for cell in row if isinstance(cell, str) and not _is_blank(cell) and cell != word]
        named = any(not _is_number(cell) and not _looks_like_amount(cell) for cell in others)
        kind = _bare_total(word)
        if kind in _SUBTOTALS:
            return LeftOut.SUBTOTAL if kind == "小计" else LeftOut.OTHER_TOTAL
        blank = all(_is_blank(cell) or _is_total_word(cell) for cell in required)
        return LeftOut.TOTAL if blank and not named else LeftOut.OTHER_TOTAL

    def _is_note(self, row: Sequence[object]) -> bool:
        first = self._first(row)
        text = text_of(row[first]) if isinstance(row[first], str) else ""
        others = [row[column] for column in self._known if column != first and not _is_blank(row[column])]
        if _NOTE.match(text) and all(isinstance(cell, str) and _NOTE.match(text_of(cell)) for cell in others):
            return True
        if is_signature(text):
            return any(_is_blank(row[column]) for column in self._required) or all(map(is_day, others))
        return first == self._note_column and not others and bool(_NEXT_NOTE.match(text))

    def _is_section(self, number: int, row: Sequence[object]) -> bool:
        """Whether a row is one text alone that is numbered as headings are, or is merged across the table."""
        texts = [cell for cell in row if not _is_blank(cell)]
        if len(texts) != 1 or not isinstance(texts[0], str):
            return False
        return number in self._merged_across or bool(_SECTION.match(_squeezed(texts[0])))

    def _is_hint(self, row: Sequence[object]) -> bool:
        """Whether a row says how to fill in the columns: no amount or date in it, and every required text a hint."""
        if any(not isinstance(row[column], str) for column in self._known):
            return False
        stated = [row[column] for column in self._required if not _is_blank(row[column])]
        if stated:
            return all(_is_hint_text(cell) for cell in stated)
        return _is_hint_text(row[self._first(row)])

    def _is_column_numbers(self, row: Sequence[object]) -> bool:
        """Whether a row numbers the columns: 1 2 3 ... over all of them, or 甲 乙 1 2 ... or 栏次 1 2 ... ."""
        if _column_number(row[self._known[-1]]) is None:
            return False
        cells = [row[column] for column, text in enumerate(self._headers) if text]
        if len(cells) < _FEWEST_NUMBERS or any(_is_blank(cell) for cell in cells):
            return False
        first = _squeezed(text_of(cells[0]))
        rest = cells[1:] if first in _COLUMN_NUMBERS else cells
        numbers = [_column_number(cell) for cell in rest]
        letters = next((place for place, number in enumerate(numbers) if number is not None), len(numbers))
        lettered = all(
            text_of(cell) == _CIRCLED[place : place + 1] for place, cell in enumerate(rest[:letters])
        )
        return lettered and numbers[letters:] == list(range(1, len(numbers) - letters + 1))

    def _is_header(self, row: Sequence[object]) -> bool:
        """Whether a row repeats the header, as each page of a print does."""
        cell = row[self._required[0]]
        if type(cell) is not str or _squeezed(cell) != self._headers[self._required[0]]:
            return False
        return all(_squeezed(str(row[column])) == self._headers[column] for column in self._required)

    def _is_other_header(self, row: Sequence[object]) -> bool:
        """Whether a row heads another table: nothing but words in it, and several of them name columns."""
        cells = [row[column] for column in self._known if not _is_blank(row[column])]
        texts = [_squeezed(cell) for cell in cells if isinstance(cell, str)]
        if len(texts) < len(cells) or any(character.isdigit() for text in texts for character in text):
            return False
        return sum(bool(_HEADER_WORD.search(text)) for text in texts) >= _FEWEST_HEADERS

    def _leave_other_table(self, rows: Sequence[Sequence[object]], first: int) -> int:
        """Leave out what stands below the header of another table, up to the table's own header, if it comes again."""
        number = first
        while number < len(rows) and not self._is_header(rows[number]):
            if not all(map(_is_blank, rows[number])):
                self.left_out[number] = LeftOut.OTHER_TABLE
            number += 1
        return number

    def _first(self, row: Sequence[object]) -> int:
        if type(row[0]) is float:
            return 0
        return next(column for column, cell in enumerate(row) if not _is_blank(cell))


@lru_cache(maxsize=256)
def _headers_as_told(headers: tuple[str, ...]) -> tuple[Set[str], Sequence[str]]:
    """The headers as written, and without white space."""
    return frozenset(headers), [_squeezed(text) for text in headers]


def _is_blank(cell: object) -> bool:
    return cell == "" or (isinstance(cell, str) and not cell.strip())


def _states_nothing(cell: object) -> bool:
    """Whether a cell is blank as readers take it: empty, or a dash or the like."""
    return isinstance(cell, str) and not is_stated(cell)


def _is_lone_text(row: Sequence[object]) -> bool:
    """Whether a row is one text alone, as the title of a table is."""
    cells = [cell for cell in row if not _is_blank(cell)]
    return len(cells) == 1 and isinstance(cells[0], str)


def _is_number(cell: object) -> bool:
    return not isinstance(cell, str) or bool(_ENUMERATION.fullmatch(_squeezed(cell)))


def _looks_like_amount(cell: str) -> bool:
    text = text_of(cell)
    return not any(character.isalpha() for character in text)


def _column_number(cell: object) -> int | None:
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else None
    match = _COLUMN_NUMBER.fullmatch(_squeezed(cell)) if isinstance(cell, str) else None
    return int(match[1]) if match else None


@lru_cache(maxsize=8192)
def _is_no_data(cell: str) -> bool:
    return (
        not cell.strip()
        or _is_total_word(cell)
        or bool(_NOTE.match(text_of(cell)))
        or _matches(_SECTION, cell)
        or bool(_HEADER_WORD.search(_squeezed(cell)))
        or _is_hint_text(cell)
        or _is_example(cell)
        or _is_none(cell)
        or not is_stated(cell)
    )


def _is_none(cell: str) -> bool:
    return _squeezed(cell).strip("()。") in _NONE


def _is_hint_text(cell: object) -> bool:
    if not isinstance(cell, str) or (cell[:1] not in _ASCII_HINTS_BEGIN and cell.isascii()):
        return False
    return _matches(_HINT, cell)


def _is_example(cell: object) -> bool:
    return isinstance(cell, str) and _matches(_EXAMPLE, cell)


def _matches(pattern: re.Pattern[str], cell: str) -> bool:
    return bool(pattern.match(_squeezed(cell)))


def _bare_total(cell: str) -> str:
    return _UNIT_BEHIND.sub("", _squeezed(cell).strip("*:")).strip("*:")


def _is_total_word(cell: object) -> bool:
    if not isinstance(cell, str) or len(cell) > _LONGEST_LABEL:
        return False
    return _bare_total(cell) in (*_GRAND_TOTALS, *_SUBTOTALS)


def _labelled_total(cell: str) -> LeftOut | None:
    text = _squeezed(cell).strip("*:")
    if text.startswith("其中"):
        return LeftOut.OF_WHICH
    return LeftOut.OTHER_TOTAL if text.endswith(_TOTALS) else None


def _squeezed(text: str) -> str:
    """A text without white space, as texts are compared."""
    # Codes and the like, of which there are many, take less time than looking them up.
    return "".join(text.split()) if text.isascii() else _squeezed_words(text)


@lru_cache(maxsize=8192)
def _squeezed_words(text: str) -> str:
    return "".join(text_of(text).split())
