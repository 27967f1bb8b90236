"""Rows that say of themselves that they are void, as 作废 in 备注, in 状态 or beside the table; else they are filled in as any."""

from collections.abc import Collection, Sequence

from msgspec import Struct

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.cell_text import squeezed

_VOID = r"(?:作废|废止|无效|删除|删|不计入?)"
_WHY = r"(?:重复(?:录入|填报)?|录入错误|误填|填错)"
_REMARK = pattern(
    rf"[(\[【]?(?:{_WHY}[,、;]?)?(?:[此本该]?[行笔条项])?(?:记录|数据)?[已应]?(?:予以)?{_VOID}(?:处理)?[)\]】]?(?:[,.。;:、!(].*)?"
)
_ASKS_VOID = pattern(rf"是否[已为]?{_VOID}")
_ASKS_VALID = pattern(r"是否[仍为]?有效")
_NUMBERS: frozenset[type] = frozenset({float, int})
_YES, _NO = frozenset("是√Y"), frozenset("否×N")


class VoidRow(Struct, frozen=True):
    """A row that says so: its number, the column of the remark, and the remark."""

    row: int
    column: int
    remark: str


def void_rows(
    columns: Sequence[Sequence[object]], numbers: Sequence[int], headers: Sequence[str], used: Collection[int]
) -> Sequence[VoidRow]:
    """The rows that say that they are void, by the first of their remarks.

    Args:
        columns: the cells of each column in the rows with data.
        numbers: the numbers of these rows.
        headers: the header of each column.
        used: the columns of the table's fields, which hold no remark.
    """
    found: dict[int, VoidRow] = {}
    for place in sorted(set(range(len(columns))).difference(used)):
        column = columns[place]
        if not _has_texts(column):
            continue
        header = squeezed(headers[place]) if place < len(headers) else ""
        texts = {cell for cell in column if isinstance(cell, str) and cell}
        remarks = {text: said for text in texts if (said := _remark(header, text))}
        for number, cell in zip(numbers, column, strict=True) if remarks else ():
            if cell in remarks:
                found.setdefault(number, VoidRow(number, place, remarks[cell]))
    return list(found.values())


def _has_texts(column: Sequence[object]) -> bool:
    """Whether any may stand in a column; most that are not used are empty, or count the rows."""
    return column.count("") < len(column) and not {*map(type, column)} <= _NUMBERS


def _remark(header: str, text: str) -> str:
    """What a cell says of its row if that is void, else nothing."""
    bare = squeezed(text)
    if (bare in _YES and _ASKS_VOID.fullmatch(header)) or (bare in _NO and _ASKS_VALID.fullmatch(header)):
        return f"{header}：{bare}"
    return text if _REMARK.fullmatch(bare) else ""
