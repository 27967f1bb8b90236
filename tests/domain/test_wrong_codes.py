"""Many codes at once are judged as each by itself."""

from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.domain.credit_codes import ALPHABET, are_wrong, check_character, looks_like_credit_code

STEMS = st.text(ALPHABET + "IOSVZa", min_size=17, max_size=17)
CODES = (
    STEMS.map(lambda stem: stem + (check_character(stem) or "0"))
    | st.text(max_size=20)
    | STEMS.map(lambda s: s + "0")
)


@given(st.lists(CODES))
def test_it_is_the_check_of_each(codes: list[str]) -> None:
    alone = [looks_like_credit_code(code) and check_character(code) != code[-1] for code in codes]
    assert are_wrong(codes).tolist() == alone
