"""Rows that number the columns of a form: 1 2 3, A B C=A-B, 甲 乙 1 2, (1) (2) (3)=(1)+(2), 栏次 1 2 3.

Such a row counts up from its first cell to its last, over most of the columns that have headers, and can be no datum: it
has its label, or a cell in it is none that its column may hold, or it is figures, behind 甲 乙 or none, in every column.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.cell_places import column_letters
from soe_compliance.filings.cell_text import BadCell, is_stated, squeezed
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.tables import FieldOfForm
from soe_compliance.filings.values import reader

_LABELS = frozenset({"栏次", "行次", "列次", "栏目", "栏号", "列号"})
_RUNNING_NUMBERS = frozenset({"序号", "行次"})
_REST = pattern(r"(?:[=≤≥<>].*|\([^()]*[-+*/×÷][^()]*\))$")
"""What a column is computed from, or compared with."""

_DRESS = pattern(r"[(\[【第栏列]*(\w+?)[)\]】.、栏列]*")
_MOST = 99
_NUMBERED = range(1, _MOST + 1)
_FEWEST = 3
_FEWEST_OF_ALL = 2
"""So few are enough where every column that has a header is numbered."""

_SURE = 4
"""So many figures, behind stems or none, are no datum where every column that has a header is numbered."""


_FIGURES = {str(number): number for number in _NUMBERED}
_STEMS, _NUMERALS, _ROMAN = (
    {spelling: number for number, spelling in enumerate(text.split(), start=1)}
    for text in (
        "甲 乙 丙 丁 戊 己 庚 辛 壬 癸",
        "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十",
        "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX",
    )
)
_LETTERS = {column_letters(number): number + 1 for number in range(_MOST)}
_FORMAL = frozenset({*_FIGURES, *_STEMS})
_WAYS: Sequence[Mapping[str, int]] = (_FIGURES, _STEMS, _NUMERALS, _ROMAN, _LETTERS)


def numbers_columns(row: Sequence[object], headers: Sequence[str], fields: Mapping[int, FieldOfForm]) -> bool:
    """Whether a row numbers the columns.

    Args:
        row: its cells.
        headers: the header of each column, without white space.
        fields: the fields of the columns that are used.
    """
    found = list(_marks(row))
    marks = [(column, mark) for column, mark in found if mark is not None]
    if not marks or len(marks) < len(found):
        return False
    texts = [mark for _, mark in marks]
    headed = sum(map(bool, headers))
    if texts[0] in _LABELS:
        return len(texts) > 1 and 2 * len(texts) > headed and _count_up(marks[1:])
    fewest = min(_FEWEST, max(_FEWEST_OF_ALL, headed))
    if len(texts) < fewest or 2 * len(texts) <= headed or not _count_up(marks):
        return False
    if len(texts) == headed >= _SURE and texts[-1] in _FIGURES and _FORMAL.issuperset(texts):
        return True
    is_full = fields.keys() <= {column for column, _ in marks}
    return any(_is_out_of_place(mark, headers[column], fields.get(column), is_full) for column, mark in marks)


def _marks(row: Sequence[object]) -> Iterator[tuple[int, str | None]]:
    """The column and the bare mark of each cell that holds something, None where it holds no mark of a column."""
    for column, cell in enumerate(row):
        if not isinstance(cell, str):
            yield column, f"{cell:.0f}" if type(cell) in (int, float) and cell in _NUMBERED else None
        elif is_stated(cell):
            yield column, _bare(cell)


@lru_cache(maxsize=1024)
def _bare(cell: str) -> str | None:
    """The mark alone: 3 of （3）=（1）+（2）."""
    text = squeezed(cell).upper()
    if text in _LABELS:
        return text
    dressed = _DRESS.fullmatch(_REST.sub("", text))
    return dressed[1] if dressed else None


def _count_up(marks: Sequence[tuple[int, str]]) -> bool:
    """Whether marks count up from the first one of their way, column by column; letters may go before figures."""
    way: Mapping[str, int] = {}
    before: tuple[int, int] = (0, 0)
    ways = list(_WAYS)
    for column, mark in marks:
        last_column, last = before
        number = way.get(mark)
        if number is None or number not in (last + 1, last + column - last_column):
            begun = next((one for one in ways if one.get(mark) == 1), None)
            if begun is None:
                return False
            way, number = begun, 1
            ways.remove(begun)
        before = column, number
    return True


def _is_out_of_place(mark: str, header: str, field: FieldOfForm | None, is_full: bool) -> bool:
    """Whether a mark is nothing that its column may hold: a figure no name, a letter no amount.

    A figure is no firm's code either, but where firms have numbers one may be, in a row that is not full.
    """
    if field is None:
        return header in _RUNNING_NUMBERS and mark not in _FIGURES and mark not in _NUMERALS
    if field.type is FieldType.TEXT:
        return mark in _FIGURES
    if field.type is FieldType.FIRM:
        return is_full and mark in _FIGURES
    if field.type is FieldType.INT:  # a year
        return True
    try:
        reader(field.type, field.choices)(mark)
    except BadCell:
        return True
    return False
