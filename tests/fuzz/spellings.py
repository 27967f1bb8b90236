"""Texts that may stand in cells: anything at all, and what comes close to a spelling of something."""

import unicodedata

from hypothesis import strategies as st

from tools.fuzz.cells import SIGNS, WORDS

_NEAR = st.lists(st.sampled_from(WORDS) | st.text(SIGNS, max_size=6), max_size=4).map("".join)
_PIECES = st.lists(
    st.from_regex(r"[0-9]{1,5}", fullmatch=True)
    | st.sampled_from(
        [
            *"年月日号.-/,%‰()（）万亿元: T",
            "百分之",
            "季度",
            "第",
            "级",
            "人民币",
            "¥",
            "负",
            "点",
            "E+",
            "角",
            "分",
            "整",
        ]
    )
    | st.text("零〇一二三四五六七八九十百千万亿壹贰拾佰仟", min_size=1, max_size=5),
    max_size=7,
).map("".join)
texts = st.text(max_size=40) | _NEAR | _PIECES | st.text(SIGNS, max_size=14)
"""Any text, weighed towards what is nearly right."""

values = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.dates()
    | st.datetimes()
    | st.lists(st.text(max_size=4), max_size=3)
    | st.dictionaries(st.text(max_size=3), st.integers(), max_size=2)
)
"""What libraries give for a cell that is no text."""

cells = texts | texts | texts | values


def plain(text: str) -> str:
    """A text after NFKC, without white space and apostrophe at its ends."""
    return unicodedata.normalize("NFKC", text).strip()


def figures(text: str) -> str:
    """The figures of a text in their order, without noughts at their ends, which may say nothing."""
    return "".join(sign for sign in plain(text) if sign in "0123456789").strip("0")
