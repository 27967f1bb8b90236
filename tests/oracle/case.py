"""What every rule is given: the filing, the day of the check and the readings in force."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from .days import Due
from .ownership import Ownership
from .rows import Filing

OPTIONS: dict[str, tuple[str, ...]] = {
    "deadline_roll": ("next_working_day", "none"),
    "large_project_boundary": ("inclusive", "exclusive"),
    "large_project_base": ("investor", "group"),
    "approval_clock": ("all", "non_main"),
    "quarterly_due": ("next_quarter_end",),
    "share_basis": ("controlled", "economic"),
    "share_rounding": ("two_decimals", "exact"),
    "relation_scope": ("group", "guarantor"),
    "siblings": ("review", "ban"),
    "earlier_guarantees": ("judge", "spare"),
    "group_net_assets": ("consolidated", "attributable"),
    "entity_net_assets": ("own", "consolidated"),
    "licensed_in_caps": ("exclude", "include"),
    "buyers_in_caps": ("exclude", "include"),
}
"""The default comes first; quarterly_due also takes a number of days."""


class Finding(NamedTuple):
    """One outcome, and for a capped sum its high end (None: no limit)."""

    rule: str
    subject: str
    outcome: str
    high_end: Fraction | None = Fraction(0)


@dataclass
class Case:
    """One filing to judge."""

    filing: Filing
    as_of: date
    reading: dict[str, str]
    ownership: Ownership

    @property
    def rolls(self) -> bool:
        """Whether due dates move to working days."""
        return self.reading["deadline_roll"] == "next_working_day"


def full_reading(chosen: dict[str, str] | None) -> dict[str, str]:
    """Every interpretation, chosen or default; what is not on the list is an error."""
    reading = {key: options[0] for key, options in OPTIONS.items()}
    for key, option in (chosen or {}).items():
        days = key == "quarterly_due" and option.isascii() and option.isdigit()
        if key not in OPTIONS or not (option in OPTIONS[key] or days):
            raise ValueError(f"no such interpretation: {key}={option}")
        reading[key] = option
    return reading


def flag_outcome(flag: bool | None, good: bool) -> str:
    """Pass where a flag is as it should be, fail where it is not, unknown where it is blank."""
    if flag is None:
        return "unknown"
    return "pass" if flag is good else "fail"


def fail_unless_filed_before(case: Case, due: Due) -> str:
    """A fail for want of something is unknown if the filing was not certainly made up after the due date."""
    filed_on = case.filing.filed_on
    if filed_on is not None and due.missed_by(filed_on) is not True:
        return "unknown"
    return "fail"
