"""Texts that filers wrote, made fit to be shown: nothing in them may steer a terminal, a page or a spreadsheet."""

import re

from soe_compliance.domain.patterns import pattern

_SPACE = pattern("[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_STEERING = "\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
_HIDDEN = pattern(f"[{_STEERING}]")
_INVISIBLE = pattern("[\u200b\u2060\ufeff]")
_NOT_AS_IS = pattern(f"[\u200b\u2060\ufeff{_STEERING}]")
_SURROGATE = pattern("[\ud800-\udfff]")
_JSON_UNSAFE = pattern("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

_FORMULA_STARTS = frozenset("=+-@\t\r\n\0＝＋－＠")
_PLAIN_NUMBER = pattern(r"[+-]?\d+(\.\d+)?|-")
_MAY_STAND_BEFORE = " \u3000\u00a0'"


def visible(text: str) -> str:
    """The text on one line: line breaks as blanks, control and direction characters written out, as in \\x1b."""
    if (text.isascii() and text.isprintable()) or not _NOT_AS_IS.search(text):
        return text
    return _HIDDEN.sub(_written_out, _INVISIBLE.sub("", _SPACE.sub(" ", text)))


def _written_out(found: re.Match[str]) -> str:
    number = ord(found.group())
    if 0xDC80 <= number <= 0xDCFF:  # a byte of a file name that is no UTF-8
        number -= 0xDC00
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def storable(text: object) -> object:
    """The text with what UTF-8 can't hold (bytes of a file name, lone surrogates) written out."""
    return text if not isinstance(text, str) or text.isascii() else _SURROGATE.sub(_written_out, text)


def json_escaped(json_text: str) -> str:
    """JSON that says the same, with what could steer a terminal as escapes."""
    return _JSON_UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", json_text)


def may_be_formula(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula; plain numbers such as -5.2 and a lone - are none."""
    core = text.lstrip(_MAY_STAND_BEFORE)
    return core[:1] in _FORMULA_STARTS and bool(core) and not _PLAIN_NUMBER.fullmatch(core)


def guarded(text: str) -> str:
    """The text for a CSV file: with ' in front of what might be a formula. `unguarded` gives it back."""
    return "'" + text if may_be_formula(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if text.startswith("'") and may_be_formula(text[1:]) else text
