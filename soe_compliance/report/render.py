"""The forms of a report by name and by the ending of a file."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePath

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.text import Language, Text
from soe_compliance.report.console import console
from soe_compliance.report.document import json_report
from soe_compliance.report.files import write_whole
from soe_compliance.report.lines import jsonl_report
from soe_compliance.report.model import Report
from soe_compliance.report.table import csv_report
from soe_compliance.report.workbook import workbook

DEFAULT_WIDTH = 100


def _page(report: Report, language: Language) -> Iterator[bytes]:
    """The page in parts; what it is made with is imported only here."""
    from soe_compliance.report.html.page import html_parts

    return html_parts(report, language)


FORMATS: Mapping[str, Callable[[Report, Language], bytes | Iterable[bytes]]] = {
    "json": json_report,
    "jsonl": jsonl_report,
    "csv": csv_report,
    "xlsx": workbook,
    "html": _page,
}
"""What makes the bytes of each format, whole or in parts, beside the text for terminals."""

TEXT = "text"
STREAMED = (TEXT, "json", "jsonl", "csv")
"""The formats that may go to standard output."""

WITH_EXHIBITS = frozenset({"html"})
"""The formats that show more of a filing than its findings."""

ENDINGS: Mapping[str, str] = {
    ".xlsx": "xlsx",
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".html": "html",
}


def render(
    report: Report,
    name: str,
    language: Language = "zh",
    *,
    width: int = DEFAULT_WIDTH,
    colour: bool = False,
    full: str | None = None,
) -> bytes:
    """The report in a format.

    Args:
        name: a key of `FORMATS`, or "text".
        width, colour, full: for "text"; see `console`.

    Raises:
        UserError: there is no such format.
    """
    if name == TEXT:
        return console(report, language, width=width, colour=colour, full=full).encode(
            "utf-8", "backslashreplace"
        )
    if name not in FORMATS:
        known = ", ".join((TEXT, *FORMATS))
        raise UserError(
            Text(f"没有格式{name}", f"there is no format {name}"),
            remedy=Text(f"可用：{known}", f"use one of {known}"),
        )
    made = FORMATS[name](report, language)
    return made if isinstance(made, bytes) else b"".join(made)


def format_of(path: str | os.PathLike[str]) -> str:
    """The format that a file's ending says.

    Raises:
        UserError: the ending says none.
    """
    ending = PurePath(path).suffix.lower()
    if ending not in ENDINGS:
        raise unknown_ending(path, ENDINGS)
    return ENDINGS[ending]


def unknown_ending(path: str | os.PathLike[str], endings: Iterable[str]) -> UserError:
    """That a file's ending says no format, and which endings do."""
    known = " ".join(endings)
    return UserError(
        Text("文件扩展名不能确定输出格式", "the ending says no known format"),
        place=os.fspath(path),
        remedy=Text(f"可用：{known}", f"use one of {known}"),
    )


def write(report: Report, path: str | os.PathLike[str], language: Language = "zh") -> None:
    """Write the report in the format that the file's ending says.

    Raises:
        UserError: the ending says no format, or the file can't be written.
    """
    write_whole(path, FORMATS[format_of(path)](report, language))
