"""A report in parts, one for each group: what is sent back to it. No part says anything of another group."""

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import groupby
from pathlib import PurePath

from msgspec import Struct
from msgspec.structs import replace

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.finding import Finding
from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Language, Text
from soe_compliance.engine import FilingResult
from soe_compliance.report.model import Report
from soe_compliance.report.summary import filed_twice

PLACEHOLDER = "{group_code}"
UNIDENTIFIED = Text("未识别", "unidentified")
"""What stands for the code of filings that could not be read, and of groups that filed nothing."""

MOST_BYTES = 200
"""The most that a file's name may take in UTF-8; file systems stop at 255."""

_NAMED = pattern(r"\{([^{}]*)\}")
_UNSAFE = pattern(
    '[\\x00-\\x1f\\x7f-\\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff<>:"/\\\\|?*]'
)
_RESERVED = pattern(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_MARK_DIGITS = 8


class Part(Struct, frozen=True):
    """The report of one group; `code` is None for what belongs to none that is known."""

    code: str | None
    report: Report


def is_by_group(path: str) -> bool:
    """Whether a path asks for a file for each group.

    Raises:
        UserError: it names something else in braces, or names the group in a folder.
    """
    names = _NAMED.findall(path)
    for name in names:
        if f"{{{name}}}" != PLACEHOLDER:
            raise UserError(
                Text(f"文件名中的{{{name}}}不能识别", f"{{{name}}} is not known in a file's name"),
                place=path,
                remedy=Text(f"只能用{PLACEHOLDER}", f"use {PLACEHOLDER} only"),
            )
    if PLACEHOLDER in str(PurePath(path).parent):
        raise UserError(
            Text(f"{PLACEHOLDER}只能用于文件名，不能用于文件夹", f"{PLACEHOLDER} can't stand in a folder"),
            place=path,
            remedy=Text(f"如：out/{PLACEHOLDER}.xlsx", f"such as out/{PLACEHOLDER}.xlsx"),
        )
    return bool(names)


def groups(report: Report) -> Iterator[Part]:
    """The groups in the order in which they first come, last what belongs to none that is known.

    Each is made when it is asked for: no more than the findings of one group are held.
    """
    filings = _filings(report)
    code_of = {filing.id: code for code, own in filings.items() for filing in own}
    findings = _places(report.findings, code_of)
    for code in _codes(report):
        own = tuple(filings.get(code, ()))
        found = tuple(f for place in findings.get(code, ()) for f in report.findings[place])
        yield Part(code, replace(report, filings=own, findings=found, notices=tuple(filed_twice(own))))


def _filings(report: Report) -> dict[str | None, list[FilingResult]]:
    filings: dict[str | None, list[FilingResult]] = {}
    for filing in report.filings:
        filings.setdefault(filing.group_code or None, []).append(filing)
    return filings


def _codes(report: Report) -> list[str | None]:
    codes = dict.fromkeys(filing.group_code or None for filing in report.filings)
    if report.tally.of_absent:
        codes[None] = None
    return sorted(codes, key=lambda code: code is None)


def _places(findings: Iterable[Finding], code_of: Mapping[str, str | None]) -> dict[str | None, list[slice]]:
    """Where the findings of each group stand: stretches of one after the other."""
    places: dict[str | None, list[slice]] = {}
    end = 0
    for code, stretch in groupby(code_of.get(finding.filing) for finding in findings):
        start, end = end, end + sum(1 for _ in stretch)
        places.setdefault(code, []).append(slice(start, end))
    return places


def files_by_group(report: Report, path: str, language: Language) -> dict[str | None, str]:
    """The file of each part, by the code of its group."""
    template = PurePath(path)
    files: dict[str | None, str] = {}
    used: set[str] = set()
    for known in _codes(report):
        code = UNIDENTIFIED.in_(language) if known is None else known
        name = file_name(template.name, code)
        if name.casefold() in used:
            name = file_name(template.name, code, told_apart=known or "-")
        used.add(name.casefold())
        files[known] = str(template.with_name(name))
    return files


def file_name(template: str, code: str, *, told_apart: str | None = None) -> str:
    """The template with the code in it, safe as a name on any system.

    What can't stand in a name becomes _, and then, or where it is cut, a mark of the whole code is put behind: two
    codes never give one name.

    Args:
        told_apart: what the mark is made from where the name is taken already.
    """
    room = MOST_BYTES - len(template.replace(PLACEHOLDER, "").encode())
    count = template.count(PLACEHOLDER)
    safe = _UNSAFE.sub("_", code)
    if template.startswith(PLACEHOLDER):
        safe = re.sub(r"^[.\s~-]+", "_", safe)
        safe = f"_{safe}" if _RESERVED.fullmatch(safe) else safe
    safe = re.sub(r"[.\s]+$", "_", safe)
    most = max(room // count, _MARK_DIGITS + 2)
    if told_apart is not None or safe != code or len(safe.encode()) > most:
        digest = sha256((told_apart or code).encode("utf-8", "surrogatepass")).hexdigest()
        kept = safe.encode()[: most - _MARK_DIGITS - 1].decode("utf-8", "ignore")
        safe = f"{kept}-{digest[:_MARK_DIGITS]}"
    return template.replace(PLACEHOLDER, safe)
