"""The forms of a report by name and by the ending of a file."""

import os
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import PurePath
from typing import NamedTuple, TypeAlias

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.text import Language, Text
from soe_compliance.report.by_group import files_by_group, groups, is_by_group
from soe_compliance.report.files import write_whole
from soe_compliance.report.inputs import refuse_inputs
from soe_compliance.report.model import Report
from soe_compliance.report.summary import FAIL_ON

DEFAULT_WIDTH = 100
JUNIT = "junit"

Maker: TypeAlias = Callable[[Report, Language], bytes | Iterable[bytes]]
"""What makes the bytes of a format, whole or in parts."""


class _MadeBy(NamedTuple):
    """A function of this package; what it is made with is imported when a report is made in its format, or before."""

    module: str
    function: str

    def __call__(self, report: Report, language: Language) -> bytes | Iterable[bytes]:
        return self.imported()(report, language)

    def imported(self) -> Maker:
        make: Maker = getattr(import_module(f"soe_compliance.report.{self.module}"), self.function)
        return make


FORMATS: Mapping[str, _MadeBy] = {
    "json": _MadeBy("json_report", "json_report"),
    "jsonl": _MadeBy("lines", "jsonl_report"),
    "csv": _MadeBy("table", "csv_report"),
    "xlsx": _MadeBy("workbook", "workbook"),
    "html": _MadeBy("html.page", "html_parts"),
    "sarif": _MadeBy("sarif", "sarif_report"),
    JUNIT: _MadeBy("junit", "junit_report"),
}
"""What makes each format, beside the text for terminals."""

TEXT = "text"
WITH_EXHIBITS = frozenset({"html"})
"""The formats that show more of a filing than its findings."""

ENDINGS: Mapping[str, str] = {
    ".xlsx": "xlsx",
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".html": "html",
    ".sarif": "sarif",
    ".xml": JUNIT,
}


def import_maker(name: str) -> None:
    """Import what makes a format, a key of `FORMATS` or "text"."""
    if name == TEXT:
        import tabulate  # noqa: F401

        import soe_compliance.report.console  # noqa: F401
    else:
        FORMATS[name].imported()


def render(
    report: Report,
    name: str,
    language: Language = "zh",
    *,
    width: int = DEFAULT_WIDTH,
    colour: bool = False,
    full: str | None = None,
    fail_on: str = FAIL_ON,
) -> bytes:
    """The report in a format.

    Args:
        name: a key of `FORMATS`, or "text".
        width, colour, full: for "text"; see `console`.
        fail_on: for "junit": the severity from which a breach is a failure.

    Raises:
        UserError: there is no such format.
    """
    if name == TEXT:
        from soe_compliance.report.console import console

        return console(report, language, width=width, colour=colour, full=full).encode(
            "utf-8", "backslashreplace"
        )
    if name not in FORMATS:
        known = ", ".join((TEXT, *FORMATS))
        raise UserError(
            Text(f"没有格式{name}", f"there is no format {name}"),
            remedy=Text(f"可用：{known}", f"use one of {known}"),
        )
    return b"".join(parts(report, name, language, fail_on))


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


def write(
    report: Report, path: str | os.PathLike[str], language: Language = "zh", *, fail_on: str = FAIL_ON
) -> None:
    """Write the report in the format that the file's ending says; a file for each group where its name says so.

    Raises:
        UserError: the ending says no format, or a file can't be written, or is one that was checked.
    """
    named = os.fspath(path)
    name = checked_format(named)
    sources = [filing.source for filing in report.filings]
    if not is_by_group(named):
        refuse_inputs([named], sources)
        write_whole(named, parts(report, name, language, fail_on))
        return
    files = files_by_group(report, named, language)
    refuse_inputs(list(files.values()), sources)
    for group in groups(report):
        write_whole(files[group.code], parts(group.report, name, language, fail_on))


def checked_format(path: str) -> str:
    """The format of an output, after all that can be checked of its name.

    Raises:
        UserError: the ending says no format, or the name has a placeholder that is not known.
    """
    is_by_group(path)
    return format_of(path)


def parts(report: Report, name: str, language: Language, fail_on: str) -> Iterable[bytes]:
    """The bytes of a format in parts; what fails in JUnit is for the caller to say."""
    if name == JUNIT:
        from soe_compliance.report.junit import junit_report

        made: bytes | Iterable[bytes] = junit_report(report, language, fail_on)
    else:
        made = FORMATS[name](report, language)
    return [made] if isinstance(made, bytes) else made
