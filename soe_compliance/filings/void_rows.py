"""Rows that say of themselves that they are void, as 作废 in 备注, in 状态 or beside the table; else they are filled in as any."""

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.cell_text import squeezed

_VOID = r"(?:作废|废止|无效|删除|删|不计入?)"
_WHY = r"(?:重复(?:录入|填报)?|录入错误|误填|填错)"
_REMARK = pattern(
    rf"[(\[【]?(?:{_WHY}[,、;]?)?(?:[此本该]?[行笔条项])?(?:记录|数据)?[已应]?(?:予以)?{_VOID}(?:处理)?[)\]】]?(?:[,.。;:、!(].*)?"
)
_MARKED = pattern(r".*[(\[【]已?作废[)\]】]")
"""An identifier with a remark behind it."""

_ASKS_VOID = pattern(rf"是否[已为]?{_VOID}")
_ASKS_VALID = pattern(r"是否[仍为]?有效")
_YES, _NO = frozenset("是√Y"), frozenset("否×N")


class VoidRow(Struct, frozen=True):
    """A row that says so: its number, the column of the remark, and the remark."""

    row: int
    column: int
    remark: str


def void_rows(
    rows: Sequence[Sequence[object]],
    numbers: Sequence[int],
    headers: Sequence[str],
    used: Collection[int],
    named: Collection[int],
) -> Iterator[VoidRow]:
    """The rows that say that they are void, by the first of their remarks.

    Args:
        rows: the rows of the sheet.
        numbers: the numbers of the rows with data.
        headers: the header of each column.
        used: the columns of the table's fields.
        named: those of them with an identifier of the row.
    """
    told: set[int] = set()
    for column in range(len(rows[numbers[0]]) if numbers else 0):
        if column in used and column not in named:
            continue
        header = squeezed(headers[column]) if column < len(headers) else ""
        cells = [rows[number][column] for number in numbers]
        texts = {cell for cell in set(cells) if isinstance(cell, str) and cell}
        if column in named:
            remarks = {text: text for text in texts if "废" in text and _MARKED.fullmatch(squeezed(text))}
        else:
            remarks = {text: said for text in texts if (said := _remark(header, text))}
        for number, cell in zip(numbers, cells, strict=True) if remarks else ():
            if cell in remarks and number not in told:
                told.add(number)
                yield VoidRow(number, column, remarks[cell])


def _remark(header: str, text: str) -> str:
    """What a cell says of its row if that is void, else nothing."""
    bare = squeezed(text)
    if (bare in _YES and _ASKS_VOID.fullmatch(header)) or (bare in _NO and _ASKS_VALID.fullmatch(header)):
        return f"{header}：{bare}"
    return text if _REMARK.fullmatch(bare) else ""
