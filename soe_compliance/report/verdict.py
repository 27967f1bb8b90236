"""The one sentence at the end: what was checked, what was found, and what could not be said."""

from collections.abc import Mapping

from soe_compliance.domain.outcomes import Outcome, Responsible, Severity
from soe_compliance.domain.text import Language, Text
from soe_compliance.engine import Status
from soe_compliance.report import summary
from soe_compliance.report.model import Report

_NOTHING = Text("没有检查任何填报，不能得出结论。", "No filing was checked, so nothing can be said.")
_CHECKED = Text("共检查{n}份填报", "{n} filings checked")
_CHECKED_ONE = Text("共检查1份填报", "1 filing checked")
_ABSENT = Text("名单所列{n}个集团没有可读取的填报", "{n} groups of the roster have no readable filing")
_ABSENT_ONE = Text("名单所列1个集团没有可读取的填报", "1 group of the roster has no readable filing")
_FAILED = Text("发现{n}项违反（{severities}）", "{n} breaches ({severities})")
_FAILED_ONE = Text("发现1项违反（{severities}）", "1 breach ({severities})")
_OF_BOTH = Text(
    "发现{n}项违反：企业{own}项（{severities}），监管机构{theirs}项（{others}）",
    "{n} breaches: {own} of enterprises ({severities}), {theirs} of the regulator ({others})",
)
_OF_REGULATOR = Text(
    "企业未发现违反，监管机构有{n}项违反（{severities}）",
    "no breach of enterprises, {n} of the regulator ({severities})",
)
_NO_FAIL = Text("未发现违反", "no breach found")
_NONE_APPLIED = Text("没有规则适用，未作任何判断", "no rule applied: nothing was judged")
_WAIVED = Text("{n}项已批准例外", "{n} waived")
_PENDING = Text("{n}项待办", "{n} pending")
_UNKNOWN = Text("{n}项待核", "{n} unknown")
_INCOMPLETE = Text("{n}份填报有未采用的行，检查不完整", "{n} checked only in part (unusable rows)")
_UNREADABLE = Text(
    "另有{n}份无法读取、未作检查，不能视为无问题",
    "not readable and not checked: {n}, which can't count as clean",
)
_UNREADABLE_ALL = Text(
    "{n}份全部无法读取、未作检查，不能视为无问题。",
    "None of {n} filings could be read: nothing was checked, nothing can count as clean.",
)
_UNREADABLE_ONE = Text(
    "1份全部无法读取、未作检查，不能视为无问题。",
    "The only filing could not be read: nothing was checked, nothing can count as clean.",
)


def verdict(report: Report, language: Language) -> str:
    """The verdict on a report. Nothing is called clean where something could not be read."""
    totals = summary.outcome_totals(report)
    unreadable = len(summary.unreadable(report))
    checked = len(summary.readable(report))
    if not checked and not any(totals.values()):
        none_read = _UNREADABLE_ONE if unreadable == 1 else _UNREADABLE_ALL.format(n=unreadable)
        return (none_read if unreadable else _NOTHING).in_(language)
    parts = [_CHECKED_ONE if checked == 1 else _CHECKED.format(n=checked)]
    absent = summary.absent_groups(report)
    if absent:
        parts.append(_ABSENT_ONE if absent == 1 else _ABSENT.format(n=absent))
    parts.append(_failed(report, totals))
    for outcome, text in (
        (Outcome.WAIVED, _WAIVED),
        (Outcome.PENDING, _PENDING),
        (Outcome.UNKNOWN, _UNKNOWN),
    ):
        if totals[outcome]:
            parts.append(text.format(n=totals[outcome]))
    tail = []
    incomplete = sum(filing.status is Status.INCOMPLETE for filing in report.filings)
    if incomplete:
        tail.append(_INCOMPLETE.format(n=incomplete))
    if unreadable:
        tail.append(_UNREADABLE.format(n=unreadable))
    head = ("，" if language == "zh" else ", ").join(part.in_(language) for part in parts)
    stop, separator = ("。", "；") if language == "zh" else (".", "; ")
    return separator.join([head, *(part.in_(language) for part in tail)]) + stop


def _failed(report: Report, totals: dict[Outcome, int]) -> Text:
    failed = totals[Outcome.FAIL]
    if not failed:
        return _NO_FAIL if _any_judged(totals) else _NONE_APPLIED
    found = report.tally.breaches.by_responsible
    own, theirs = found[Responsible.ENTERPRISE], found[Responsible.REGULATOR]
    of_own, of_theirs = sum(own.values()), sum(theirs.values())
    if not of_theirs:
        return (_FAILED_ONE if failed == 1 else _FAILED).format(n=failed, severities=_by_severity(own))
    if not of_own:
        return _OF_REGULATOR.format(n=of_theirs, severities=_by_severity(theirs))
    return _OF_BOTH.format(
        n=failed,
        own=of_own,
        severities=_by_severity(own),
        theirs=of_theirs,
        others=_by_severity(theirs),
    )


def _any_judged(totals: Mapping[Outcome, int]) -> bool:
    return any(count for outcome, count in totals.items() if outcome is not Outcome.NOT_APPLICABLE)


def _by_severity(counts: Mapping[Severity, int]) -> Text:
    named = [(severity, counts[severity]) for severity in Severity if counts[severity]]
    return Text(
        "、".join(f"{severity.label.zh}{count}" for severity, count in named),
        ", ".join(f"{count} {severity.label.en}" for severity, count in named),
    )
