"""Which rows below a header are data: not blank ones, totals, notes, hints, sections, or the header once more.

What may be data is data: a row that can't be used is a problem that its filer hears of, a row left out is not. So a
word that makes a row something else counts only where it stands alone or begins the row, never within a name.
"""

import re
from collections.abc import Collection, Mapping, Sequence, Set
from functools import cached_property, lru_cache

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.cell_text import BLANK_MARKS, is_blank, is_stated, squeezed
from soe_compliance.filings.column_numbers import numbers_columns
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.layout import LeftOut
from soe_compliance.filings.likeness import has_word, is_filled
from soe_compliance.filings.other_tables import HEADER_WORD, TablesBelow
from soe_compliance.filings.records import is_credit_code, is_record
from soe_compliance.filings.signing_lines import is_day, is_signature
from soe_compliance.filings.tables import FieldOfForm
from soe_compliance.filings.total_rows import is_total_word, total_of
from soe_compliance.filings.unit_rows import is_row_of_units
from soe_compliance.filings.values import text_of

_NOTES = (
    r"[*※]?[\[【(]?注(?:\(?\d*[:：、.\]】)]|意|\d*$)|(?:备注|※?说明)(?::|$)|第 ?\d+ ?页|共 ?\d+ ?页|法定代表人|以上(?:数据|内容)"
    r"|-* ?以下(?:空白|无正文)|(?:填表|填报|编制|编报)(?:说明|要求)|数据来源|资料来源"
    r"|\d{1,2}(?:栏|列|行) ?[=<>≤≥]|(?:审核|逻辑|勾稽|钩稽|平衡|表内|表间)(?:关系|公式)"
    r"|日\s*期\s*:|(?:填表|填报|报送|制表|编制|导出|打印|查询)(?:日期|时间|单位)(?:\((?:公章|盖章|签章)\))?(?::|$)|\((?:公章|盖章|签章)\)"
    r"|(?:填表|填报|制表|编制|审核|复核|审批|联系|经办|报送)人|制表|(?:填\s*[表报]|[制编]\s*[表制]|审\s*[核批]|复\s*核|经\s*办|报\s*送)\s*:|(?:单位|部门|财务|分管|企业)?负责人|联系(?:电话|方式)"
)
_NOTE = pattern(_NOTES)
_BESIDE_NOTE = pattern(rf"{_NOTES}|(?:金额)?单位:")
_NONE = pattern(
    r"(?:截[至止](?:目前|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日|底|末)?)|目前|报告期内?)?,?(?:本|我|该)?(?:单位|企业|公司|集团)?(?:本|该|当)?(?:期|年度?|季度?|月)?(?:内|末)?"
    r"(?:暂|均|尚)?(?:无|不适用|没有|未发生|不存在|不涉及)"
    r"(?:此|该|相关|新增|对外|对内|集团外|逾期|其他)?(?:类|项)?(?:担保|投资|融资|例外|核准|批准|债务|借款)*(?:项目|事项|业务|情况|数据|内容)?"
)
"""What is written on a sheet that has nothing to state, alone in its row."""

_NEXT_NOTE = pattern(r"\(?\d+\)?[、.)]|[一二三四五六七八九十]+、")
_NOTES_BEHIND = pattern(r"[*※]?(?:注|备注|(?:填表|填报|编制|编报)?说明):?")
"""What stands alone in its cell where the notes stand in the next one."""

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

_UNIT_LINE = pattern(r"单位:")

_MARKS_LIKE_CODES = frozenset(mark for mark in BLANK_MARKS if "0" <= mark[0] <= "z")
"""Marks for blank that begin as codes do: N/A."""

_CODED = (FieldType.FIRM, FieldType.PROJECT, FieldType.ID, FieldType.INT)
_LONGEST_NUMBER = 6
_FEWEST_HEADERS = 2
_BY_WORDS = (
    LeftOut.TOTAL,
    LeftOut.SUBTOTAL,
    LeftOut.OTHER_TOTAL,
    LeftOut.OF_WHICH,
    LeftOut.NOTE,
    LeftOut.HINT,
)
"""What a word in a row makes of it."""

_NEAR = 3
"""So many rows below a header may be hints even where they fill every column that data must fill."""


class DataRows:
    """Tells the data of one table from what stands round it.

    Args:
        fields: the fields of the table by column.
        required: the columns that each row fills.
        headers: the header of each column.
        lines: the rows of the header, where it takes several.
        merged_across: the rows with a cell merged over several columns.

    Attributes:
        left_out: the rows with content that are no data.
        other_tables: row and column of the first header of each other table below.
        examples: the rows right below the header that are left out as examples, and may be data all the same.
    """

    def __init__(
        self,
        fields: Mapping[int, FieldOfForm],
        required: Collection[int],
        headers: Sequence[str],
        lines: Sequence[Sequence[object]] = (),
        merged_across: Collection[int] = (),
    ) -> None:
        self._fields = fields
        self._known = sorted(fields)
        self._required = sorted(required)
        self._texts, self._headers = _headers_as_told(tuple(headers))
        self._lines = lines if len(lines) > 1 else ()
        self._merged_across = merged_across
        self._note_column: int | None = None
        self.left_out: dict[int, LeftOut] = {}
        self.other_tables: list[tuple[int, int]] = []
        self.examples: list[int] = []

    def among(
        self, rows: Sequence[Sequence[object]], first: int, below: Sequence[Sequence[object]]
    ) -> list[int]:
        """The numbers of the rows with data, from the first one on; `below` are the columns from there on."""
        near = next((number for number in range(first, len(rows)) if any(rows[number])), first) + _NEAR
        odd: set[int] = set()
        for column in self._required if below else ():
            odd.update(self._odd_in(column, below[column], first))
        beginning = [n for n in range(first, min(near, len(rows))) if n not in odd]
        data = [number for number in beginning if not self._is_hint_near_header(number, rows[number])]
        for top in [number for number, why in self.left_out.items() if why is LeftOut.NUMBERS]:
            odd.update(number for number in range(near, len(rows)) if rows[number] == rows[top])
        if not odd and not self._merged_across:
            data += range(near, len(rows))
            return data
        found: list[int] = []
        resume = first
        for number in range(first, len(rows)):
            if number < resume or number in self.left_out:
                continue
            row = rows[number]
            if number not in odd:
                if number in self._merged_across and self._is_section(number, row):
                    self.left_out[number] = LeftOut.SECTION
                elif number >= near or not self._is_hint_near_header(number, row):
                    found.append(number)
            elif all(is_blank(row[column]) for column in self._known):
                self._leave_blank(number, row)
            elif why := self._why_no_data(number, row, near):
                self.left_out[number] = why
                if why is LeftOut.HEADER:
                    near = number + 1 + _NEAR
            elif number < near and is_row_of_units(row, self._fields):
                self.left_out[number] = LeftOut.UNITS
            elif all(_states_nothing(row[column]) for column in self._known):
                self.left_out[number] = LeftOut.NO_CONTENT
            elif self._begins_other_table(rows, number, first, found):
                self._leave_title(rows, number, found)
                resume = self._leave_other_table(rows, number)
            else:
                found.append(number)
        return found

    @cached_property
    def _tables_below(self) -> TablesBelow:
        return TablesBelow(self._fields, self._required, self._is_header)

    def _odd_in(self, column: int, cells: Sequence[object], first: int) -> Sequence[int]:
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
            or (type(cell) is str and not "0" <= cell[0] <= "z" and self._is_odd(column, cell))
            or (not plain and cell in _MARKS_LIKE_CODES)
        ]

    def _is_odd(self, column: int, cell: str) -> bool:
        """Whether a required cell asks for a closer look at its row: words do where codes and the like are asked for."""
        return cell in self._texts or self._fields[column].type in _CODED or _is_no_data(cell)

    def _is_hint_near_header(self, number: int, row: Sequence[object]) -> bool:
        """Whether a row below the header is an example, a hint, or one of numbers, units or keys; if so it is left out."""
        why = None
        cell = row[self._required[0]]
        if self._is_column_numbers(row):
            why = LeftOut.NUMBERS
        elif is_row_of_units(row, self._fields):
            why = LeftOut.UNITS
        elif cell == self._fields[self._required[0]].key and self._names_fields(row):
            why = LeftOut.HEADER
        elif (_is_hint_text(cell) and self._is_hint(row)) or _is_example(row[self._first(row)]):
            why = LeftOut.HINT
            required = [row[column] for column in self._required]
            if any(map(is_credit_code, required)) and not any(map(_is_to_be_filled, required)):
                self.examples.append(number)
        if why:
            self.left_out[number] = why
        return why is not None

    def _leave_blank(self, number: int, row: Sequence[object]) -> None:
        """Leave out a row that is blank in all columns of the table; what stands in others says why."""
        texts = [cell for cell in row if not is_blank(cell)] if any(row) else []
        if texts:
            self.left_out[number] = self._why_beside(row, texts)

    def _why_no_data(self, number: int, row: Sequence[object], near: int) -> LeftOut | None:
        """Why a row is no data; None where it may be.

        What states days and answers as only data do is data, whatever word it holds: without a code it can't be used,
        of which its filer hears. Right below the header, up to `near`, hints and examples state them too.
        """
        why = self._why_by_words(number, row)
        if why in _BY_WORDS and (number >= near or why is not LeftOut.HINT) and is_record(self._fields, row):
            return None
        if why is LeftOut.NOTE:
            self._note_column = self._column_of_notes(row)
        return why

    def _why_by_words(self, number: int, row: Sequence[object]) -> LeftOut | None:
        if total := total_of(row, [row[column] for column in self._required]):
            return total
        if self._is_header(row):
            return LeftOut.HEADER
        if _is_lone_text(row) and _is_none(str(row[self._first(row)])):
            return LeftOut.NONE
        if self._is_note(row):
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
        if len(texts) == 1 and _SECTION.match(squeezed(label)):
            return LeftOut.SECTION
        return LeftOut.HINT if _HINT.match(squeezed(label)) else LeftOut.NO_CONTENT

    def _is_note(self, row: Sequence[object]) -> bool:
        first = self._first(row)
        text = text_of(row[first]) if isinstance(row[first], str) else ""
        others = [row[column] for column in self._known if column != first and not is_blank(row[column])]
        if _NOTE.match(text) and all(
            isinstance(cell, str) and _BESIDE_NOTE.match(text_of(cell)) for cell in others
        ):
            return True
        if _NOTES_BEHIND.fullmatch(text) and self._are_notes(others):
            return True
        if is_signature(text):
            return any(is_blank(row[column]) for column in self._required) or all(map(_is_signed, others))
        return first == self._note_column and not others and bool(_NEXT_NOTE.match(text))

    def _are_notes(self, cells: Sequence[object]) -> bool:
        """Whether cells beside a label are numbered as notes are."""
        return all(isinstance(cell, str) and _NEXT_NOTE.match(text_of(cell)) for cell in cells)

    def _column_of_notes(self, row: Sequence[object]) -> int:
        """Where further notes may stand: below this one, or below those that begin beside its label."""
        label, *others = (column for column, cell in enumerate(row) if not is_blank(cell))
        beside = bool(others) and bool(_NOTES_BEHIND.fullmatch(text_of(str(row[label]))))
        return others[0] if beside else label

    def _is_section(self, number: int, row: Sequence[object]) -> bool:
        """Whether a row is one text alone that is numbered as headings are, or is merged across the table."""
        texts = [cell for cell in row if not is_blank(cell)]
        if len(texts) != 1 or not isinstance(texts[0], str):
            return False
        return number in self._merged_across or bool(_SECTION.match(squeezed(texts[0])))

    def _is_hint(self, row: Sequence[object]) -> bool:
        """Whether a row says how to fill in the columns: no amount or date in it, and every required text a hint.

        A unit line is one where nothing stands beside it that may be data.
        """
        if any(not isinstance(row[column], str) for column in self._known):
            return False
        stated = [row[column] for column in self._required if not is_blank(row[column])]
        texts = stated or [row[self._first(row)]]
        if not all(map(_is_hint_text, texts)):
            return False
        return not all(map(_is_unit_line, texts)) or all(
            map(_may_stand_beside_unit, (row[column] for column in self._known))
        )

    def _is_column_numbers(self, row: Sequence[object]) -> bool:
        cell = row[self._required[0]]
        short = type(cell) is not str or len(cell) <= _LONGEST_NUMBER
        return short and numbers_columns(row, self._headers, self._fields)

    def _names_fields(self, row: Sequence[object]) -> bool:
        """Whether a row holds the keys of the fields, as JSON has them."""
        return all(row[column] in ("", field.key) for column, field in self._fields.items())

    def _is_header(self, row: Sequence[object]) -> bool:
        """Whether a row repeats the header, or a line of it, as each page of a print does."""
        cell = row[self._required[0]]
        if type(cell) is str and squeezed(cell) == self._headers[self._required[0]]:
            return all(squeezed(str(row[column])) == self._headers[column] for column in self._required)
        return bool(self._lines) and self._is_line_of_header(row)

    def _is_line_of_header(self, row: Sequence[object]) -> bool:
        """Whether each text of a row is one that the header has in its column."""
        stated = {column: cell for column, cell in enumerate(row) if not is_blank(cell)}
        return len(stated) >= _FEWEST_HEADERS and all(
            any(cell == line[column] for line in self._lines) for column, cell in stated.items()
        )

    def _begins_other_table(
        self, rows: Sequence[Sequence[object]], number: int, first: int, found: Sequence[int]
    ) -> bool:
        if found and self._is_other_header(rows[number]):
            return True
        return number > first and self._tables_below.begins_at(rows, number, found)

    def _is_other_header(self, row: Sequence[object]) -> bool:
        """Whether a row heads another table: nothing but words in it, and several of them name columns.

        What rows need is named so as well, or blank: firms may have words for codes, beside words for what is not known.
        """
        if not any(self._is_no_code(row[column]) for column in self._required):
            return False
        cells = [row[column] for column in self._known if not is_blank(row[column])]
        texts = [squeezed(cell) for cell in cells if isinstance(cell, str)]
        if len(texts) < len(cells) or any(character.isdigit() for text in texts for character in text):
            return False
        return sum(bool(HEADER_WORD.search(text)) for text in texts) >= _FEWEST_HEADERS

    def _is_no_code(self, cell: object) -> bool:
        return isinstance(cell, str) and (cell in self._texts or _is_no_data(cell))

    def _leave_title(self, rows: Sequence[Sequence[object]], number: int, found: list[int]) -> None:
        """Leave out the title of another table, which stands right above its header or what is said below it."""
        above = number - 1
        while above in self.left_out:
            above -= 1
        if found and found[-1] == above and _is_lone_text(rows[above]):
            self.left_out[found.pop()] = LeftOut.OTHER_TABLE

    def _leave_other_table(self, rows: Sequence[Sequence[object]], first: int) -> int:
        """Leave out what stands below the header of another table, up to the table's own header, if it comes again."""
        self.other_tables.append((first, self._first(rows[first])))
        number = first
        while number < len(rows) and not self._is_header(rows[number]):
            if not all(map(is_blank, rows[number])):
                self.left_out[number] = LeftOut.OTHER_TABLE
            number += 1
        return number

    def _first(self, row: Sequence[object]) -> int:
        if type(row[0]) is float:
            return 0
        return next(column for column, cell in enumerate(row) if not is_blank(cell))


@lru_cache(maxsize=256)
def _headers_as_told(headers: tuple[str, ...]) -> tuple[Set[str], Sequence[str]]:
    """The headers as written, and without white space."""
    return frozenset(headers), [squeezed(text) for text in headers]


def _is_signed(cell: object) -> bool:
    """Whether a cell may stand beside who signs: a name, or a day."""
    return is_day(cell) or (isinstance(cell, str) and has_word(cell))


def _states_nothing(cell: object) -> bool:
    """Whether a cell is blank as readers take it: empty, or a dash or the like."""
    return isinstance(cell, str) and not is_stated(cell)


def _is_lone_text(row: Sequence[object]) -> bool:
    """Whether a row is one text alone, as the title of a table is."""
    cells = [cell for cell in row if not is_blank(cell)]
    return len(cells) == 1 and isinstance(cells[0], str)


@lru_cache(maxsize=8192)
def _is_no_data(cell: str) -> bool:
    return (
        not cell.strip()
        or is_total_word(cell)
        or bool(_NOTE.match(text_of(cell)))
        or _matches(_SECTION, cell)
        or bool(HEADER_WORD.search(squeezed(cell)))
        or _is_hint_text(cell)
        or _is_example(cell)
        or _is_none(cell)
        or not is_stated(cell)
    )


def _is_none(cell: str) -> bool:
    return bool(_NONE.fullmatch(squeezed(cell).strip("()。")))


def _is_hint_text(cell: object) -> bool:
    if not isinstance(cell, str) or (cell[:1] not in _ASCII_HINTS_BEGIN and cell.isascii()):
        return False
    return _matches(_HINT, cell)


def _is_to_be_filled(cell: object) -> bool:
    return not is_filled(cell) or _is_hint_text(cell)


def _is_unit_line(cell: object) -> bool:
    return isinstance(cell, str) and _matches(_UNIT_LINE, cell)


def _may_stand_beside_unit(cell: object) -> bool:
    """Whether a cell beside a unit line is no datum of its column: another line, such as 日期：, a day, a hint, a page."""
    return (
        is_blank(cell)
        or is_day(cell)
        or (isinstance(cell, str) and (":" in squeezed(cell) or _is_no_data(cell)))
    )


def _is_example(cell: object) -> bool:
    return isinstance(cell, str) and _matches(_EXAMPLE, cell)


def _matches(pattern: re.Pattern[str], cell: str) -> bool:
    return bool(pattern.match(squeezed(cell)))
