"""The commands that look at one filing: which one a path names, and what a check says of it."""

import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Text

if TYPE_CHECKING:
    from soe_compliance.api import Settings
    from soe_compliance.engine import FilingResult
    from soe_compliance.filings.filing import Filing
    from soe_compliance.report.model import Report

_One = TypeVar("_One")

_NUMBERED = pattern(r"(?P<path>.+)#(?P<number>[1-9]\d*)", re.DOTALL)


def checked_filing(named: str, settings: "Settings") -> "tuple[Report, FilingResult]":
    """Check what a path holds; the report, and the one filing that is meant.

    Args:
        named: a path, or a path with #n for the n-th filing of a file that holds several.

    Raises:
        UserError: it can't be read, holds several filings, or fewer than n.
    """
    from soe_compliance.api import check_paths
    from soe_compliance.engine import Status
    from soe_compliance.filings.problems import refusal

    path, number = _parted(named)
    report = check_paths([path], settings)
    filing = _chosen(report.filings, path, number)
    if filing.status is Status.UNREADABLE:
        raise refusal(filing.problems[0], filing.source)
    return report, filing


def read_one(named: str) -> "Filing":
    """Read the one filing that is meant; see `checked_filing`."""
    from soe_compliance.api import read_all
    from soe_compliance.filings.filing import Unreadable
    from soe_compliance.filings.problems import refusal

    path, number = _parted(named)
    filing = _chosen(read_all(path), path, number)
    if isinstance(filing, Unreadable):
        raise refusal(filing.problems[0], filing.source)
    return filing


def _chosen(filings: Sequence[_One], path: str, number: int | None) -> _One:
    """The filing of this place, or the only one."""
    if not filings:
        raise UserError(Text("没有找到填报", "holds no filing"), place=path)
    if number is None and len(filings) > 1:
        raise UserError(
            Text(f"含有{len(filings)}份填报", f"holds {len(filings)} filings"),
            place=path,
            remedy=Text(
                f"请只指定一份：写出单个文件，或在文件名后加序号，如{path}#1",
                f"name one: a single file, or the place of a filing in it, such as {path}#1",
            ),
        )
    if number is not None and number > len(filings):
        raise UserError(
            Text(f"只含{len(filings)}份填报，没有第{number}份", f"holds {len(filings)} filings, no {number}"),
            place=path,
        )
    return filings[(number or 1) - 1]


def _parted(named: str) -> tuple[str, int | None]:
    match = _NUMBERED.fullmatch(named)
    if match is None or os.path.lexists(named):
        return named, None
    return match["path"], int(match["number"])
