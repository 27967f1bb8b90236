"""The check character of unified social credit codes (GB 32100-2015)."""

from collections.abc import Sequence
from operator import mul

import numpy as np

from soe_compliance.domain.truth import Mask

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The standard's characters in the order of their values; I, O, S, V and Z are none."""

_LENGTH = 18
_WEIGHTS = [pow(3, place, 31) for place in range(_LENGTH - 1)]
_CHARACTERS = np.frombuffer(ALPHABET.encode("ascii"), dtype=np.uint8)
_VALUES = np.full(128, -1, dtype=np.int64)
_VALUES[_CHARACTERS] = np.arange(len(ALPHABET))


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


def are_wrong(codes: Sequence[str]) -> Mask:
    """Which of these codes look like credit codes and can't be right by their check characters."""
    written = "".join(codes)
    if set(map(len, codes)) <= {_LENGTH} and written.isascii() and written.isalnum():
        return _have_wrong_characters(written)
    wrong = np.zeros(len(codes), dtype=bool)
    places = [place for place, code in enumerate(codes) if looks_like_credit_code(code)]
    wrong[places] = _have_wrong_characters("".join([codes[place] for place in places]))
    return wrong


def _have_wrong_characters(written: str) -> Mask:
    """The same of codes that look like credit codes, written one behind the other."""
    characters = np.frombuffer(written.encode("ascii"), dtype=np.uint8).reshape(-1, _LENGTH)
    values = _VALUES[characters[:, :-1]]
    right = _CHARACTERS[-(values @ np.array(_WEIGHTS)) % len(ALPHABET)]
    wrong: Mask = (values < 0).any(axis=1) | (right != characters[:, -1])
    return wrong
