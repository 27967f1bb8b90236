"""Another table below the rows of a table, on the same sheet, none of whose headers need be known.

It is told by its header: a row of different words, no number and no code among them, where the table asks for codes,
amounts, days and the like, or has to be filled in; with rows below that stand under these words, and none that fits the table.
It begins below a gap or a title; right below a row, one of its words has to be one that headers end with, or three
are out of place.

Where one row below fits the table, all are its rows, be there mistakes in some: a cell that can't be read is told of, a
row that is left out can't be checked.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.cell_text import squeezed
from soe_compliance.filings.likeness import Likeness, has_word, is_filled
from soe_compliance.filings.tables import FieldOfForm
from soe_compliance.filings.total_rows import is_total_word

Row = Sequence[object]

HEADER_WORD = pattern(
    r"(?:编号|编码|代码|序号|名称|金额|余额|总额|比例|日期|时间|年度|季度|方式|类型|类别|备注)(?:\([^()]*\))?$"
)
_DIGIT = pattern(r"\d")
_NO_HEADER = pattern(
    r"(?<!其中):.|有限(?:责任)?公司$|(?:待|未|另|暂)[定知填补报核行估缺]|面议|不详|不明|同上|尚未|正在|[办审]\w?[理批]中$|为准|详?见(?:附|备|合同)"
)
"""What headers don't hold: something said behind a colon, names of firms, words for what is not known yet."""

_OF_PEOPLE = frozenset(
    {
        "姓名",
        "职务",
        "职位",
        "岗位",
        "部门",
        "联系人",
        "联系电话",
        "联系方式",
        "电话",
        "手机",
        "手机号",
        "手机号码",
    }
)
"""What heads the columns of a list of people, such as often stands below a list of firms; no code is one of these."""

_LONGEST_HEADER = 24
_FEWEST_HEADERS = 2
_FEWEST_SIGNS = 2
_SIGNS_WITHOUT_GAP = 3


class TablesBelow:
    """Tells where another table begins below the rows of one.

    Args:
        fields: the fields of the table by column.
        required: the columns that each row fills.
        is_header: whether a row is the table's own header once more.
    """

    def __init__(
        self,
        fields: Mapping[int, FieldOfForm],
        required: Collection[int],
        is_header: Callable[[Row], bool],
    ) -> None:
        self._fields = fields
        self._required = required
        self._is_header = is_header
        self._likeness: Likeness | None = None
        self._usual = Likeness(fields, required)
        self._with_words = Likeness(fields, required, shapes={"code", "words"})
        """What rows may look like where none above tells what codes look like."""
        self._searched: range = range(0)
        self._fit_found = False

    def begins_at(self, rows: Sequence[Row], number: int, taken: Sequence[int]) -> bool:
        """Whether a row, which is not among those taken, is the header of another table."""
        headers = _headers(rows[number])
        if len(headers) < _FEWEST_HEADERS or number + 1 == len(rows):
            return False
        if self._likeness is None and taken:
            self._likeness = Likeness(self._fields, self._required, (rows[row] for row in taken))
        misplaced, lacking = self._signs(rows[number], self._likeness or self._usual)
        if not misplaced or misplaced + lacking < _FEWEST_SIGNS:
            return False
        if not taken and self._may_be_codes_alone(rows[number]):
            return False
        if taken and taken[-1] == number - 1 and misplaced < _SIGNS_WITHOUT_GAP:
            named = any(HEADER_WORD.search(text) or _is_of_people(text) for text in headers.values())
            if not named and not _is_title(rows[number - 1]):
                return False
        return self._stands_under(rows[number + 1], headers) and not self._one_fits(
            rows, number + 1, self._likeness or self._with_words
        )

    def _signs(self, row: Row, likeness: Likeness) -> tuple[int, int]:
        """How many cells of a row can't be read by their columns, none where one can; and how many required ones are blank."""
        misplaced = lacking = 0
        for column in self._fields:
            if not is_filled(row[column]):
                lacking += column in self._required
            elif likeness.asks(column):
                if likeness.may_be(column, row[column]):
                    return 0, 0
                misplaced += _FEWEST_SIGNS if _is_of_people(row[column]) else 1
        return misplaced, lacking

    def _may_be_codes_alone(self, row: Row) -> bool:
        """Whether a row fits but for words where codes are asked for: without other rows these may be codes."""
        return all(self._with_words.may_be(column, row[column]) for column in self._fields)

    def _stands_under(self, row: Row, headers: Mapping[int, str]) -> bool:
        """Whether all that a row holds stands under headers, none of it the header once more, or a total."""
        stated = _stated(row)
        return (
            bool(stated)
            and not any(map(is_total_word, stated.values()))
            and min(headers) <= min(stated)
            and max(stated) <= max(headers) + 1
            and all(row[column] != text for column, text in headers.items())
        )

    def _one_fits(self, rows: Sequence[Row], first: int, likeness: Likeness) -> bool:
        """Whether one of the rows from the first one on fits the table, up to its header, if that comes again."""
        if first not in self._searched:
            last = first
            while last < len(rows) and not likeness.fits(rows[last]) and not self._is_header(rows[last]):
                last += 1
            self._searched = range(first, last + 1)
            self._fit_found = last < len(rows) and not self._is_header(rows[last])
        return self._fit_found


def _stated(row: Row) -> Mapping[int, object]:
    """The cells of a row that hold something, by column."""
    return {column: cell for column, cell in enumerate(row) if is_filled(cell)}


def _is_of_people(cell: object) -> bool:
    return isinstance(cell, str) and squeezed(cell) in _OF_PEOPLE


def _is_title(row: Row) -> bool:
    """Whether a row is a text alone."""
    return [type(cell) for cell in _stated(row).values()] == [str]


def _headers(row: Row) -> Mapping[int, str]:
    """The texts of a row by column, if nothing but words stand in it, each but once; else nothing."""
    stated = _stated(row)
    texts = {column: cell for column, cell in stated.items() if isinstance(cell, str)}
    if len(texts) < len(stated) or len(set(texts.values())) < len(texts):
        return {}
    return texts if all(map(_may_be_header, texts.values())) else {}


@lru_cache(maxsize=1024)
def _may_be_header(text: str) -> bool:
    bare = squeezed(text)
    if len(bare) > _LONGEST_HEADER or not has_word(bare) or _NO_HEADER.search(bare):
        return False
    return not _DIGIT.search(bare) or bool(HEADER_WORD.search(bare))
