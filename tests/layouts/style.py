"""How one file is laid out: everything that an office may choose, drawn by hypothesis, plain where it shrinks to."""

from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from soe_compliance.filings.forms import Unit

PARTS = (
    "title",
    "unit line",
    "hint",
    "example",
    "numbers",
    "sections",
    "subtotals",
    "total",
    "dashes",
    "notes",
    "signed",
    "gap",
)
EXTRA = ("序号", "备注", "币种")


@dataclass(frozen=True)
class Style:
    """One way to lay a filing out.

    Attributes:
        seed: of the dice for what is chosen cell by cell.
        unit: the unit that amounts are written in; None for the filing's own.
        unit_at: where it is stated: filing, header, line or column.
        amounts, days, ratios, flags, choices, counts, blanks: how cells are spelled; "any" changes from cell to cell.
        headers: form, synonym, marked or two rows.
        sheets: how sheets are named: form, also, dressed.
        parts: what stands round the rows.
        extra: columns that are none of the forms.
        shuffled: whether columns, rows (where their order means nothing) and sheets are in another order.
        pairs: whether the filing's own fields stand in pairs down the sheet, or in a row below headers.
        hidden: whether some rows and columns are hidden.
        from_1904: whether days are counted from 1904.
        left: blank columns on the left.
    """

    seed: int = 0
    unit: Unit | None = None
    unit_at: str = "filing"
    amounts: str = "number"
    days: str = "cell"
    ratios: str = "format"
    flags: str = "是否"
    choices: str = "label"
    counts: str = "number"
    blanks: str = ""
    headers: str = "form"
    sheets: str = "form"
    parts: frozenset[str] = frozenset()
    extra: tuple[str, ...] = ()
    shuffled: bool = False
    pairs: bool = True
    hidden: bool = False
    from_1904: bool = False
    left: int = 0

    @property
    def dice(self) -> Random:
        return Random(self.seed)


STYLES = st.builds(
    Style,
    seed=st.integers(0, 2**16),
    unit=st.sampled_from([None, *Unit]),
    unit_at=st.sampled_from(["filing", "header", "line", "column"]),
    amounts=st.sampled_from(
        ["number", "plain", "separators", "full-width", "brackets", "triangle", "suffix", "yuan", "any"]
    ),
    days=st.sampled_from(
        ["cell", "iso", "年月日", "slashes", "dots", "eight", "padded", "numerals", "time", "any"]
    ),
    ratios=st.sampled_from(["format", "share", "percent", "header", "full-width", "any"]),
    flags=st.sampled_from(["是否", "ticks", "boxes", "YN", "words", "any"]),
    choices=st.sampled_from(["label", "key", "other", "any"]),
    counts=st.sampled_from(["number", "text", "words", "any"]),
    blanks=st.sampled_from(["", "-", "—", "/", "无", " ", "any"]),
    headers=st.sampled_from(["form", "synonym", "marked", "two rows"]),
    sheets=st.sampled_from(["form", "also", "dressed"]),
    parts=st.frozensets(st.sampled_from(PARTS)),
    extra=st.lists(st.sampled_from(EXTRA), unique=True).map(tuple),
    shuffled=st.booleans(),
    pairs=st.booleans(),
    hidden=st.booleans(),
    from_1904=st.booleans(),
    left=st.integers(0, 2),
)
