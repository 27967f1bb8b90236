"""Records as JSON, between processes and on the disk.

JSON of known types is as exact as pickle (fractions and dates are texts), smaller, faster to make and to read, and
can do nothing but be wrong.
"""

from fractions import Fraction
from functools import cache
from typing import Any

from msgspec.json import Decoder, Encoder


def encoded(value: object) -> bytes:
    """Records as JSON.

    Raises:
        TypeError: one holds what no record may, a defect of the program.
    """
    return _ENCODER.encode(value)


@cache
def decoder(shape: Any) -> "Decoder[Any]":
    """What makes records of this shape of what `encoded` gave; it raises msgspec.DecodeError for anything else."""
    return Decoder(shape, dec_hook=_fraction)


def _plain(value: object) -> str:
    if not isinstance(value, Fraction):
        raise TypeError(f"no record holds a {type(value).__name__}")
    return str(value)


def _fraction(kind: type, value: object) -> Fraction:
    if kind is not Fraction or not isinstance(value, str):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    numerator, _, denominator = value.partition("/")
    if denominator == "0":
        raise ValueError(f"{value!r} divides by 0")
    return Fraction(int(numerator), int(denominator or 1))


_ENCODER = Encoder(enc_hook=_plain)
