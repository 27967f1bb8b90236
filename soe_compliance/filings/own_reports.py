"""Reports of this program that lie among the filings: known by their sheets, and no filings."""

import os
from collections.abc import Iterable, Iterator

_SHEETS = (
    frozenset({"汇总", "问题清单", "待办与待核", "工作底稿", "整改台账"}),
    frozenset({"Overview", "Findings", "Pending and unknown", "Working papers", "Repair ledger"}),
)


def are_of_report(sheets: Iterable[str]) -> bool:
    """Whether sheets of these names are those of a report, in one of its languages."""
    names = frozenset(sheets)
    return any(own <= names for own in _SHEETS)


def without_filings(paths: Iterable[str], reports: Iterable[str], others: Iterable[str]) -> Iterator[str]:
    """Those of these paths that are folders in which reports of this program lie, and nothing else that was read."""
    for path in paths:
        inside = os.path.join(path, "")
        if any(one.startswith(inside) for one in reports) and not any(
            one == path or one.startswith(inside) for one in others
        ):
            yield path
