"""Whole numbers in Chinese numerals: 三千万, 壹拾贰万叁仟, 二十八; and years digit by digit: 二〇二四."""

from soe_compliance.domain.patterns import pattern

_FORMS = ("零〇○◯", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_FIGURES = {figure: value for value, figures in enumerate(_FORMS) for figure in figures}
_USUAL = str.maketrans(
    {figure: "零一二三四五六七八九"[value] for figure, value in _FIGURES.items()}
    | {"拾": "十", "佰": "百", "仟": "千", "萬": "万", "億": "亿"}
)
_DIGITS = str.maketrans({figure: str(value) for figure, value in _FIGURES.items()} | {"O": "0", "o": "0"})
_VALUE = {figure: value for value, figure in enumerate("零一二三四五六七八九")}
_SECTION = pattern(r"零?(?:(.)千)?零?(?:(.)百)?零?(?:(.?)(十))?零?([^零])?")
_LONGEST = 40

NUMERAL = "零〇○◯一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万萬亿億"
"""The characters of numerals."""


def numeral(text: str) -> int | None:
    """The whole number that numerals say; None where they say none, or leave open which (一百五, 一万二)."""
    if len(text) > _LONGEST:
        return None
    return _number(text.translate(_USUAL), (("亿", 10**8), ("万", 10**4)))


def _number(text: str, units: tuple[tuple[str, int], ...]) -> int | None:
    """A number that a unit parts in what is counted by it and the rest, which is less than the unit."""
    if not units:
        return _section(text)
    (unit, size), smaller = units[0], units[1:]
    before, mark, rest = text.rpartition(unit)
    if not mark:
        return _number(rest, smaller)
    count = _number(before, smaller)
    # A figure right behind a unit may count the next smaller one: 一万二 is 12,000 to most.
    if not count or rest in _VALUE:
        return None
    least = _number(rest, smaller) if rest else 0
    return None if least is None else count * size + least


def _section(text: str) -> int | None:
    """A number up to 9999."""
    if text == "零":
        return 0
    match = _SECTION.fullmatch(text)
    if not match or not text or text.endswith("零"):
        return None
    thousands, hundreds, tens, ten, ones = match.groups()
    if ones and text[-2:-1] not in ("", "零", "十"):
        return None
    parts = ((thousands, 1000), (hundreds, 100), ((tens or "一") if ten else None, 10), (ones, 1))
    if any(figure and not _VALUE.get(figure) for figure, _ in parts):
        return None
    return sum(_VALUE[figure] * size for figure, size in parts if figure)


def digit_by_digit(text: str) -> str:
    """The same text with each numeral below ten as a figure, such as 2024 for 二〇二四."""
    return text.translate(_DIGITS)
