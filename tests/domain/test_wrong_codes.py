"""Many codes at once are judged as each by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.domain.credit_codes import ALPHABET, are_wrong, check_character, looks_like_credit_code

STEMS = st.text(ALPHABET + "IOSVZa", min_size=17, max_size=17)
CODES = (
    STEMS.map(lambda stem: stem + (check_character(stem) or "0"))
    | st.text(max_size=20)
    | STEMS.map(lambda s: s + "0")
)


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91110108551385082Q"])
def test_codes_that_are_right(code: str) -> None:
    assert check_character(code) == code[-1]
    others = [code[:-1] + other for other in ALPHABET if other != code[-1]]
    swapped = code[:3] + code[4] + code[3] + code[5:]
    assert are_wrong([code, *others, swapped]).tolist() == [False] + [True] * (
        len(others) + (swapped != code)
    )


def test_a_character_that_is_none_of_the_alphabet() -> None:
    right = "91350100M000100Y43"
    assert check_character(right.replace("M", "I")) is None
    assert check_character(right[:-1] + "I") == right[-1]
    assert are_wrong(
        [right, right.replace("M", "I"), right[:-1] + "I", right[:-1], right.lower()]
    ).tolist() == [
        False,
        True,
        True,
        False,
        True,
    ]


@given(st.lists(CODES))
def test_it_is_the_check_of_each(codes: list[str]) -> None:
    alone = [looks_like_credit_code(code) and check_character(code) != code[-1] for code in codes]
    assert are_wrong(codes).tolist() == alone
