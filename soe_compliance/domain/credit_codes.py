"""The check character of unified social credit codes (GB 32100-2015)."""

from operator import mul

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The standard's characters in the order of their values; I, O, S, V and Z are none."""

_LENGTH = 18
_WEIGHTS = [pow(3, place, 31) for place in range(_LENGTH - 1)]


def looks_like_credit_code(code: str) -> bool:
    """Whether a code has 18 ASCII letters and digits; others are other identifiers."""
    return len(code) == _LENGTH and code.isascii() and code.isalnum()


def check_character(code: str) -> str | None:
    """The check character that the first 17 ask for; None where one of them is outside the alphabet."""
    values = list(map(ALPHABET.find, code[: _LENGTH - 1]))
    if min(values) < 0:
        return None
    total = sum(map(mul, values, _WEIGHTS))
    return ALPHABET[-total % 31]
