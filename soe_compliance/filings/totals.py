"""Totals that a sheet states, added up again."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from soe_compliance.filings.layout import ComparedTotal, LeftOut
from soe_compliance.filings.values import BadCell, money_of

COMPARED = (LeftOut.TOTAL, LeftOut.SUBTOTAL)
"""What is added up again."""

_KEPT_DIGITS = 13
"""A spreadsheet's own sum may be off in the digits behind these."""


def compared_totals(
    rows: Sequence[Sequence[object]],
    data: Sequence[int],
    left_out: Mapping[int, LeftOut],
    money: Mapping[str, int],
) -> list[ComparedTotal]:
    """Each stated total beside the sum of its rows; those whose rows can't be told are passed over.

    Args:
        rows: the rows of the sheet.
        data: the numbers of the rows with data.
        left_out: the other rows with content.
        money: the columns of amounts by field; all amounts of one column are in one unit.
    """
    if not data or not any(why in COMPARED for why in left_out.values()):
        return []
    scopes = {**_of_all(data, left_out), **_of_sections(data, left_out)}
    compared = []
    for total, numbers in sorted(scopes.items()):
        for field, column in money.items():
            found = _compared(rows, total, numbers, field, column)
            if found:
                compared.append(found)
    return compared


def _of_all(data: Sequence[int], left_out: Mapping[int, LeftOut]) -> dict[int, Sequence[int]]:
    """The rows of the one total of everything, at the top or at the bottom; of several it can't be told."""
    totals = [number for number, why in left_out.items() if why is LeftOut.TOTAL]
    if len(totals) != 1 or data[0] < totals[0] < data[-1]:
        return {}
    return {totals[0]: data}


def _of_sections(data: Sequence[int], left_out: Mapping[int, LeftOut]) -> dict[int, Sequence[int]]:
    """The rows of each subtotal, where all stand below their rows, or all above them, and none holds another."""
    marks = [(number, "data") for number in data]
    marks += [(number, why.value) for number, why in left_out.items() if why in (*COMPARED, LeftOut.SECTION)]
    marks.sort()
    subtotals = [place for place, (_, kind) in enumerate(marks) if kind == LeftOut.SUBTOTAL]
    below = _sections(marks, subtotals, -1)
    above = _sections(marks, subtotals, 1)
    if not subtotals or bool(below) == bool(above):
        return {}
    scopes = below or above
    covered = {number for numbers in scopes.values() for number in numbers}
    loose = [number for number in data if number not in covered]
    if any(number < max(scopes) if below else number > min(scopes) for number in loose):
        return {}
    return scopes


def _sections(
    marks: Sequence[tuple[int, str]], subtotals: Sequence[int], step: int
) -> dict[int, Sequence[int]]:
    """The data next to each subtotal in one direction, up to what is no data; nothing where one has none."""
    scopes: dict[int, Sequence[int]] = {}
    for place in subtotals:
        numbers = []
        at = place + step
        while 0 <= at < len(marks) and marks[at][1] == "data":
            numbers.append(marks[at][0])
            at += step
        if not numbers:
            return {}
        scopes[marks[place][0]] = numbers
    return scopes


def _compared(
    rows: Sequence[Sequence[object]], total: int, numbers: Sequence[int], field: str, column: int
) -> ComparedTotal | None:
    """A total beside the sum of its rows; None where it is blank, or cells can't be read or name their own units."""
    try:
        stated = money_of(rows[total][column])
        amounts = [money_of(rows[number][column]) for number in numbers]
    except BadCell:
        return None
    written = [amount for amount in (stated, *amounts) if amount is not None]
    if stated is None or any(amount.fen is not None for amount in written):
        return None
    added = sum((amount.number for amount in written[1:]), Decimal(0))
    agrees = abs(stated.number - added) <= _tolerance(stated.number, added)
    return ComparedTotal(total, field, stated.number, added, agrees)


def _tolerance(stated: Decimal, added: Decimal) -> Decimal:
    """What rounding of the stated total may come to: half of its last digit."""
    exponent = stated.as_tuple().exponent
    last_digit = min(int(exponent), 0)
    largest = max(abs(stated), abs(added))
    noise = Decimal(1).scaleb(largest.adjusted() - _KEPT_DIGITS) if largest else Decimal(0)
    return max(Decimal(5).scaleb(last_digit - 1), noise)
