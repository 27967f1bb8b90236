"""Numbers, amounts and shares as forms spell them. Nothing is guessed: what fits no spelling is refused.

Numbers out of spreadsheet cells (float) are taken at 15 significant digits, as spreadsheets show them; int and
Decimal are taken exactly.
"""

import re
from decimal import Context, Decimal, Inexact, InvalidOperation
from math import isfinite
from typing import NamedTuple

from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Text
from soe_compliance.filings.cell_text import BadCell, short_text
from soe_compliance.filings.numerals import NUMERAL, digit_by_digit, numeral
from soe_compliance.filings.spellings import How, Understood, blank

MOST_DIGITS = 40
EXACT = Context(prec=4 * MOST_DIGITS, traps=[Inexact])
"""Arithmetic on what is read, of whatever length: even the sign of a decimal is changed at 28 digits by default."""


class Amount(NamedTuple):
    """An amount of money, and the fen that 1 stands for where the cell itself names its unit."""

    number: Decimal
    fen: int | None


class Share(NamedTuple):
    """A share or percentage as written, and whether the cell itself says that it is a percentage."""

    number: Decimal
    marked: bool


_FOREIGN_EXPECTED = Text(
    "人民币金额（外币请折算成人民币后填写）", "an amount in yuan (convert other currencies)"
)
_PLAIN = pattern(r"-?(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_FIGURES = r"(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?"
_SIGN = r"(?P<sign>[-+−△▲]?)"
_NUMBER = pattern(rf"(?P<sign>[-+−]?)(?P<number>{_FIGURES})")
FEN_OF_UNIT = {
    "": None,
    "元": 10**2,
    "圆": 10**2,
    "千元": 10**5,
    **{
        name + yuan: 10**zeros
        for name, zeros in (
            ("万", 6),
            ("百万", 8),
            ("千万", 9),
            ("亿", 10),
            ("百亿", 12),
            ("千亿", 13),
            ("万亿", 14),
        )
        for yuan in ("", "元", "圆")
    },
}
"""The fen of the units that a cell may name; 千 and 百 alone may count the column's unit as well as yuan."""
_UNITS = "|".join(sorted(filter(None, FEN_OF_UNIT), key=len, reverse=True))
_UNIT = rf"(?:(?:{_UNITS}|[千万亿]?\s*\((?:{_UNITS})\))[整正]?)?"
_MONEY_MARK = r"(?:(?:人民币|RMB|CNY|CN¥|¥)\s*:?\s*){0,2}"
_MONEY_END = r"\s*(?:\(?(?:人民币|RMB|CNY)\)?)?"
_SIGNED = pattern(
    rf"{_MONEY_MARK}{_SIGN}\s*{_MONEY_MARK}(?P<number>{_FIGURES})\s*(?P<unit>{_UNIT}){_MONEY_END}",
    re.IGNORECASE,
)
_BRACKETED = pattern(
    rf"{_MONEY_MARK}\(\s*{_MONEY_MARK}(?P<number>{_FIGURES})\s*(?P<inner>{_UNIT})\s*\)\s*(?P<unit>{_UNIT}){_MONEY_END}",
    re.IGNORECASE,
)
_IN_NUMERALS = pattern(
    rf"{_MONEY_MARK}(?P<minus>负?)(?P<number>[{NUMERAL}]+)"
    rf"(?P<yuan>(?:[元圆](?:零?(?P<jiao>[{NUMERAL}])角)?(?:零?(?P<cent>[{NUMERAL}])分)?[整正]?)?)"
)
FOREIGN = pattern(
    r"[$€£]|[美港欧日韩澳加]元|美金|[港台]币|英镑|法郎|卢布|(?:USD|HKD|EUR|GBP|JPY|AUD|CAD|SGD|KRW|RUB|TWD|MOP)",
    re.I,
)
_SHARE = pattern(rf"(?P<sign>[-+−]?)(?P<number>{_FIGURES})\s*(?P<mark>[%‰]?)")
_PER_HUNDRED = pattern(
    rf"百分之\s*(?:(?P<number>{_FIGURES})|(?P<whole>[{NUMERAL}]+)(?:点(?P<rest>[{NUMERAL}]+))?)"
)


def read_number(cell: object) -> Understood[Decimal]:
    """An exact decimal."""
    if not isinstance(cell, str):
        return _stored(cell), None
    text = short_text(cell)
    if not text:
        return blank(cell)
    match = _NUMBER.fullmatch(text)
    if not match:
        raise BadCell
    return _signed(match), How.PLAIN_TEXT


def _stored(cell: object) -> Decimal | None:
    if cell is None:
        return None
    if isinstance(cell, float) and isfinite(cell):
        return Decimal(format(cell, ".15g"))
    if isinstance(cell, (int, Decimal)) and not isinstance(cell, bool):
        return _sane(Decimal(cell))
    raise BadCell


def _signed(match: re.Match[str]) -> Decimal:
    number = _decimal(match["number"].replace(",", ""))
    return EXACT.minus(number) if match["sign"] in ("-", "−", "△", "▲") else number


def _decimal(figures: str) -> Decimal:
    if len(figures) > 2 * MOST_DIGITS:
        raise BadCell
    try:
        return _sane(Decimal(figures))
    except InvalidOperation:
        raise BadCell from None


def _sane(number: Decimal) -> Decimal:
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS or _has_too_many_digits(number):
        raise BadCell
    return number


def _has_too_many_digits(number: Decimal) -> bool:
    # Counting characters first is quicker, and there are no more digits than these.
    return len(str(number)) > MOST_DIGITS and len(number.as_tuple().digits) > MOST_DIGITS


def read_amount(cell: object) -> Understood[Amount]:
    """An amount: a number, 1,234.50, ¥1,234.50元, (1,234.50), △5, 1.2亿, 1,308万(元), 壹佰万元整."""
    if not isinstance(cell, str):
        number = _stored(cell)
        return (None if number is None else Amount(number, None)), None
    if _PLAIN.fullmatch(cell):
        grouped = "," in cell
        number = _decimal(cell.replace(",", "") if grouped else cell)
        return Amount(number, None), How.AMOUNT_TEXT if grouped else How.PLAIN_TEXT
    text = short_text(cell)
    if not text:
        return blank(cell)
    match = _SIGNED.fullmatch(text)
    if match:
        how = How.AMOUNT_NEGATIVE if match["sign"] in ("△", "▲") else How.AMOUNT_TEXT
        return _with_unit(_signed(match), match["unit"], how)
    match = _BRACKETED.fullmatch(text)
    if match and not (match["inner"] and match["unit"]):
        number = EXACT.minus(_decimal(match["number"].replace(",", "")))
        return _with_unit(number, match["inner"] or match["unit"], How.AMOUNT_NEGATIVE)
    amount = _amount_in_numerals(text)
    if amount is None:
        raise BadCell(_FOREIGN_EXPECTED if FOREIGN.search(text) else None)
    return amount, How.NUMERALS


def _with_unit(number: Decimal, unit: str, how: How) -> Understood[Amount]:
    name = re.sub(r"[\s()整正]", "", unit)
    if name not in FEN_OF_UNIT:
        raise BadCell
    return Amount(number, FEN_OF_UNIT[name]), How.AMOUNT_UNIT if name else how


def _amount_in_numerals(text: str) -> Amount | None:
    """An amount in numerals that can only be yuan: it says 元, or counts in 万 or 亿 as amounts of yuan do."""
    match = _IN_NUMERALS.fullmatch(text)
    if not match or not (match["yuan"] or set(match["number"]) & set("万萬亿億")):
        return None
    parts = [numeral(part) if part else 0 for part in match.group("number", "jiao", "cent")]
    yuan, jiao, cent = parts
    if yuan is None or jiao is None or cent is None or max(jiao, cent) > 9:
        return None
    number = Decimal(100 * yuan + 10 * jiao + cent) / 100
    return Amount(-number if match["minus"] else number, FEN_OF_UNIT["元"])


def read_share(cell: object) -> Understood[Share]:
    """A share or percentage: a number, 24.98%, 5‰ (as 0.5%), 百分之二十五."""
    if not isinstance(cell, str):
        number = _stored(cell)
        return (None if number is None else Share(number, False)), None
    text = short_text(cell)
    if not text:
        return blank(cell)
    match = _SHARE.fullmatch(text)
    if match:
        number = _signed(match)
        if match["mark"] == "‰":
            return Share(EXACT.divide(number, 10), True), How.PER_MILLE
        return Share(number, bool(match["mark"])), How.PERCENT_TEXT if match["mark"] else How.PLAIN_TEXT
    match = _PER_HUNDRED.fullmatch(text)
    number = _in_numerals(match) if match else None
    if number is None:
        raise BadCell
    return Share(number, True), How.PERCENT_TEXT


def _in_numerals(match: re.Match[str]) -> Decimal | None:
    """The number behind 百分之."""
    if match["number"]:
        return _decimal(match["number"].replace(",", ""))
    whole = 100 if match["whole"] == "百" else numeral(match["whole"])
    decimals = digit_by_digit(match["rest"] or "")
    if whole is None or not (decimals.isdigit() or not decimals) or (decimals and whole > 99):
        return None
    return _decimal(f"{whole}.{decimals or 0}")


def number_of(cell: object) -> Decimal | None:
    return read_number(cell)[0]


def money_of(cell: object) -> Amount | None:
    return read_amount(cell)[0]


def ratio_of(cell: object) -> Share | None:
    return read_share(cell)[0]
