"""What a number format shows of a number: scaled by how much, beside which words, with a percent sign or none.

`0!.0,"万元"` shows 123456 as 12.3万元: a comma behind the last figure scales by 1,000, and a point that is only text
by 10 for each figure behind it. Which of up to four sections applies depends on the number.
"""

import operator
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.cell_text import text_of

_LONGEST = 255
"""Spreadsheet programs take no longer format."""

_TOKEN = pattern(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|(?P<room>_.|\*.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<figures>(?i:General)|G/通用格式|[0#?])|(?P<power>[eE][+-][0#?]*)|(?P<mark>[.,%;@])|(?P<text>.)",
    re.DOTALL,
)
_GROUPED = "#,##0"
_PLAIN = frozenset("0#.%-")
_FIGURES = frozenset("0#?Gg")
"""What stands in any format that shows a figure: General too begins so."""

_CONDITION = pattern(r"\s*(<=|>=|<>|=|<|>)\s*([-+]?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,2})?)\s*")
_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "<>": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
_CURRENCY = pattern(r"\$([^-]*)-?([0-9A-Fa-f]*)")
_JAPANESE = "411"
_YEN = "JPY"
_HARMLESS_BETWEEN = pattern(r"[\s,'()/:-]*")
_LIKE_FIGURES_BEFORE = pattern(r"[0-9][.,]*$|\.$")
_LIKE_FIGURES_BEHIND = pattern(r"[.,]*[0-9]|[×xX*]10")
_LARGEST_NUMERAL = 10
"""Numerals above it, such as 万, are units as well."""

_SIGNS = "+-−△▲()[]【】:"


class Section(NamedTuple):
    """How a number is shown.

    Attributes:
        scale: the number shown is the one stored divided by 10 to this power; a percent sign does not count.
        percent: whether a percent sign of its own is shown.
        before: the text before the figures, after NFKC, without white space, signs and brackets.
        after: the text behind them.
        is_odd: whether what is shown can't be told from the format.
        is_shown: whether any figure of the number is shown.
        adds: whether text in it looks like figures that the number has not.
    """

    scale: int = 0
    percent: bool = False
    before: str = ""
    after: str = ""
    is_odd: bool = False
    is_shown: bool = True
    adds: bool = False


_ODD = Section(is_odd=True)
_UNSEEN = Section(is_shown=False)


class NumberFormat:
    """A number format: its code, its sections for numbers, the condition of each, if it has one, and the words for texts.

    Attributes:
        of_texts: what is shown beside a text, or for it.
    """

    def __init__(
        self,
        code: str,
        sections: Sequence[Section],
        conditions: Sequence[tuple[str, float] | None],
        of_texts: str = "",
    ) -> None:
        self.code = code
        self.sections = sections
        self.of_texts = of_texts
        self._conditions = conditions

    def section(self, number: float) -> Section:
        """How this number is shown; odd where programs may differ in which section applies."""
        candidates = self._candidates(number)
        return candidates[0] if len(set(candidates)) == 1 else _ODD if candidates else _UNSEEN

    def _candidates(self, number: float) -> Sequence[Section]:
        if not any(self._conditions):
            return [self.sections[_place_by_sign(number, len(self.sections))]]
        free: list[Section] = []
        for section, condition in zip(self.sections, self._conditions, strict=True):
            if condition is None:
                free.append(section)
            elif _COMPARED[condition[0]](number, condition[1]):
                return [*free, section]
        return free

    @property
    def of_amounts(self) -> Sequence[Section]:
        """The sections that numbers other than zero are shown by."""
        return self.sections if any(self._conditions) else self.sections[:2]


def _place_by_sign(number: float, sections: int) -> int:
    if sections == 1 or number > 0:
        return 0
    if number < 0:
        return 1
    return 2 if sections > 2 else 0


def number_format(code: str) -> NumberFormat:
    """What a format's code says. One that is longer than programs take is odd."""
    if len(code) > _LONGEST:
        return untold(code)
    return _quickly_parsed(code) or carefully_parsed(code)


def untold(code: str) -> NumberFormat:
    """A format of which nothing is known but its code."""
    return NumberFormat(code, [_ODD], [None])


@lru_cache(maxsize=1024)
def _quickly_parsed(code: str) -> NumberFormat | None:
    """Formats as most are, without the patterns that others need: figures and percent signs alone, or no figures."""
    parts = code.replace(_GROUPED, "0").split(";")
    if len(parts) > 3 or not all(_PLAIN.issuperset(part) and part.count(".") <= 1 for part in parts):
        return NumberFormat(code, [_UNSEEN], [None]) if _shows_nothing_of_its_own(code) else None
    shown = [Section(percent="%" in part) if "0" in part else None for part in parts]
    return None if None in shown else NumberFormat(code, [one for one in shown if one], [None] * len(shown))


def _shows_nothing_of_its_own(code: str) -> bool:
    """Whether a format has no figures, and no text that could be taken for some or shown for a text."""
    if code == "@":
        return True
    return not (_FIGURES & set(code) or {";", "@"} & set(code) or _has_numerals(code))


@lru_cache(maxsize=4096)
def carefully_parsed(code: str) -> NumberFormat:
    """The same of any format, token by token."""
    parts = list(_parts(code))
    of_texts: Sequence[re.Match[str]] = ()
    if len(parts) > 3:
        parts, of_texts = parts[:3], parts[3]
    elif _is_for_texts(parts[-1]):
        of_texts = parts[-1]
        parts = parts[:-1] or parts
    sections = [_section(part) for part in parts]
    return NumberFormat(code, sections, [_condition(part) for part in parts], _words(of_texts))


def _parts(code: str) -> Iterator[Sequence[re.Match[str]]]:
    """The sections, token by token."""
    part: list[re.Match[str]] = []
    for token in _TOKEN.finditer(code):
        if token["mark"] == ";":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _is_for_texts(part: Sequence[re.Match[str]]) -> bool:
    return any(token["mark"] == "@" for token in part)


def _condition(part: Sequence[re.Match[str]]) -> tuple[str, float] | None:
    for token in part:
        found = _CONDITION.fullmatch(token["bracket"] or "")
        if found:
            return found[1], float(found[2])
    return None


def _words(part: Sequence[re.Match[str]]) -> str:
    """The words of a section, without signs and brackets."""
    texts = (text for token in part for text in token.group("quoted", "escaped", "text") if text)
    return _squeezed("".join(texts)).strip(_SIGNS)


def _section(part: Sequence[re.Match[str]]) -> Section:
    reading = _Reading()
    for token in part:
        reading.take(token)
    return reading.section()


class _Reading:
    """A section as it is read from left to right."""

    def __init__(self) -> None:
        self._texts = [""]
        """What stands before the figures, between them where there are several, and behind them."""
        self._kinds: list[str] = []
        """The figures (0), commas and points, and the points that are only text (:), in order."""
        self._percent = False
        self._is_odd = False

    def take(self, token: re.Match[str]) -> None:
        if token["figures"]:
            self._kinds.append("0")
            self._texts.append("")
        elif token["mark"] in (",", "."):
            self._kinds.append(token["mark"])
            self._is_odd |= token["mark"] == "," and self._has_figures and self._texts[-1] != ""
        elif token["mark"] == "%":
            self._percent = True
        elif token["bracket"] is not None:
            self._texts[-1] += _currency(token["bracket"])
        else:
            self._texts[-1] += next(filter(None, token.group("quoted", "escaped", "text")), "")
            if self._has_figures and self._texts[-1].strip() in (".", "．"):
                self._texts[-1] = ""
                self._kinds.append(":")

    @property
    def _has_figures(self) -> bool:
        return len(self._texts) > 1

    def section(self) -> Section:
        if not self._has_figures:
            return (
                Section(is_odd=True, is_shown=False, adds=True) if _has_numerals(self._texts[0]) else _UNSEEN
            )
        before, *between, after = (_squeezed(text) for text in self._texts)
        kinds = "".join(self._kinds)
        kinds = kinds[: kinds.rindex("0") + 1] + kinds[kinds.rindex("0") + 1 :].replace(":", "")
        whole, _, parts = kinds.partition(".")
        commas = len(whole) - len(whole.rstrip(",")) + len(parts) - len(parts.rstrip(","))
        marks = kinds.count(".") + kinds.count(":")
        is_odd = self._is_odd or marks > 1 or not all(map(_HARMLESS_BETWEEN.fullmatch, between))
        adds = _adds_figures(before, after)
        return Section(
            3 * commas + whole.partition(":")[2].count("0"),
            self._percent,
            before.strip(_SIGNS),
            after.strip(_SIGNS),
            is_odd or adds,
            adds=adds,
        )


def _adds_figures(before: str, after: str) -> bool:
    """Whether text looks like figures of the number: `0"0000"` shows 12 as 120000."""
    return bool(_LIKE_FIGURES_BEFORE.search(before) or _LIKE_FIGURES_BEHIND.match(after))


def _has_numerals(text: str) -> bool:
    """Whether a text holds a figure or numeral other than nought: `"2,498"` shows that whatever is stored."""
    return any(sign.isnumeric() and 0 < unicodedata.numeric(sign) <= _LARGEST_NUMERAL for sign in text)


def _squeezed(text: str) -> str:
    return "".join(text_of(text).split())


def _currency(bracket: str) -> str:
    """The currency that a bracket shows, such as [$€-2]; none in a colour, a condition or a locale ([$-804])."""
    found = _CURRENCY.fullmatch(bracket)
    if found is None:
        return ""
    is_yen = found[1] in ("¥", "￥") and found[2].endswith(_JAPANESE)
    return _YEN if is_yen else found[1]
