"""Unified social credit codes (GB 32100-2015) and organisation codes (GB 11714-1997)."""

from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def check_character(first17: str) -> str:
    """The 18th character of a unified social credit code, by GB 32100-2015."""
    total = sum(ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(first17))
    return ALPHABET[-total % 31]


def organisation_code(body: str) -> str:
    """An eight-character body with its own check character, by GB 11714-1997."""
    total = sum(int(sign, 36) * weight for sign, weight in zip(body, ORGANISATION_WEIGHTS, strict=True))
    rest = 11 - total % 11
    return body + {10: "X", 11: "0"}.get(rest, str(rest))


def credit_code(name: str, district: str) -> str:
    """A valid code for a fictional enterprise: older firms have digits, newer ones a body that starts with MA."""
    number = int(sha256(name.encode()).hexdigest(), 16)
    if number % 3 == 0:
        body = f"7{number // 3 % 10**7:07d}"
    else:
        body = "MA" + "".join(ALPHABET[number // 31**place % 31] for place in range(1, 7))
    first17 = f"91{district}{organisation_code(body)}"
    return first17 + check_character(first17)
