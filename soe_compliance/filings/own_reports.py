"""Reports of this program that lie among the filings: known by their sheets, and no filings."""

from collections.abc import Iterable

_SHEETS = (
    frozenset({"汇总", "问题清单", "待办与待核", "工作底稿", "整改台账"}),
    frozenset({"Overview", "Findings", "Pending and unknown", "Working papers", "Repair ledger"}),
)


def are_of_report(sheets: Iterable[str]) -> bool:
    """Whether sheets of these names are those of a report, in one of its languages."""
    names = frozenset(sheets)
    return any(own <= names for own in _SHEETS)
