"""Codes, identifiers and free texts: what is compared and counted as stated."""

import re

from soe_compliance.domain.credit_codes import check_character
from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Text
from soe_compliance.filings.cell_text import (
    BLANK_MARKS,
    FIRST_LOST,
    TURNING,
    BadCell,
    LostDigits,
    is_stated,
    text_of,
)
from soe_compliance.filings.nameless import names_nothing
from soe_compliance.filings.spellings import How, Understood

_AS_POWER = pattern(r"[0-9](?:\.[0-9]+E\+?|E\+)[0-9]{2}", re.IGNORECASE)
_AS_FLOAT = pattern(r"[0-9]{16,}\.0+")
_USUAL_CODE = pattern(r"(?!X{6})[0-9A-Z]+")
_SPACED_CODE = pattern(r"[0-9A-Z]{18}")
_ASCII_CODES = pattern(r"[0-9A-Z]+")
_CREDIT_CODE = 18
_DASH = pattern("(?<=[0-9A-Za-z])[\u2010-\u2015\u2212](?=[0-9A-Za-z])")
"""A dash where identifiers have a hyphen; nobody sees them differ."""
_LIKE_CODE = pattern(r"(?=.*[\u0370-\u04ff])[0-9A-Z\u0370-\u04ff]{18}")
_NO_LATIN = Text(
    "代码（其中有希腊或西里尔字母，看似拉丁字母，请用拉丁字母重新填写）",
    "a code (Greek or Cyrillic letters in it look like Latin ones: write it in Latin letters)",
)
_NAMELESS = Text(
    "代码或编号（“同上”“见附件”“待补”一类的话不指明是哪一个，请逐格填写；没有的自行编号，各表一致）",
    "a code or an identifier (同上, 见附件, 待补 and the like name none: fill in each cell; where there is none make one "
    "up, the same in all tables)",
)
_TURNED = Text(
    "代码或编号（其中有改变文字方向的控制符，看到的与所存的不同，请重新填写）",
    "a code or an identifier (a mark in it turns the text round, so that another is seen: write it anew)",
)


def read_code(cell: object) -> Understood[str]:
    """A code: a text in upper case. A number that has lost digits is refused, and what only looks like a code."""
    if isinstance(cell, str) and _USUAL_CODE.fullmatch(cell):
        return cell, None
    code, how = _read_name(cell)
    code = code.upper()
    if len(code) > _CREDIT_CODE:
        code = _bare_credit_code(code) or code
    if len(code) == _CREDIT_CODE and not code.isascii() and _LIKE_CODE.fullmatch(code):
        raise BadCell(_NO_LATIN)
    return code, how or (How.CODE_TEXT if isinstance(cell, str) and code != cell.strip() else None)


def _bare_credit_code(text: str) -> str | None:
    """The credit code in a longer text: with white space or hyphens in it, or where nothing but it is a code.

    统一社会信用代码：9115…, 9115…（集团本部）.
    """
    joined = "".join(text.split())
    if _SPACED_CODE.fullmatch(joined):
        return joined
    found: list[str] = _ASCII_CODES.findall(joined)
    if len(found) == 1 and _is_credit_code(found[0]):
        return found[0]
    dashless = joined.replace("-", "")
    return dashless if _is_credit_code(dashless) else None


def _is_credit_code(code: str) -> bool:
    return bool(_SPACED_CODE.fullmatch(code)) and code[-1] == check_character(code)


def read_id(cell: object) -> Understood[str]:
    """An identifier as it is compared. A number that has lost digits is refused."""
    return _read_name(cell)


def _read_name(cell: object) -> tuple[str, How | None]:
    if not isinstance(cell, str):
        if isinstance(cell, float) and abs(cell) >= FIRST_LOST:
            raise LostDigits
        return text_of(cell), How.CODE_NUMBER if isinstance(cell, (int, float)) else None
    text = text_of(cell)
    if text in BLANK_MARKS:
        return "", How.BLANK_MARK
    if not text.isascii() and TURNING.search(text):
        raise BadCell(_TURNED)
    if names_nothing(text):
        raise BadCell(_NAMELESS)
    if (text[1:2] in (".", "E", "e") and _AS_POWER.fullmatch(text)) or (
        text.endswith("0") and _AS_FLOAT.fullmatch(text)
    ):
        raise LostDigits
    text = text.removeprefix("'").lstrip()
    if text.isascii():
        return text, None
    alike = _DASH.sub("-", text)
    return alike, How.CODE_TEXT if alike != text else None


def read_name(cell: object) -> Understood[str]:
    """A free text as written, without white space at its ends."""
    if not isinstance(cell, str):
        return text_of(cell), None
    name = cell.strip()
    return (name, None) if is_stated(name) else ("", How.BLANK_MARK if name else None)


def code_of(cell: object) -> str:
    return read_code(cell)[0] or ""


def id_of(cell: object) -> str:
    return read_id(cell)[0] or ""


def name_of(cell: object) -> str:
    return read_name(cell)[0] or ""
