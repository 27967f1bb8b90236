"""The report as JUnit XML: a suite a filing, a case a finding.

A breach at or above the severity that fails is a failure; one below it passes, with its message. What is waived,
pending or unknown is skipped. The first case of each suite says whether the filing could be read.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from soe_compliance.domain.finding import Finding
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Language, Text
from soe_compliance.engine import NO_FILING, FilingResult, Status
from soe_compliance.filings.problems import Level
from soe_compliance.report import summary, wording
from soe_compliance.report.by_filing import by_filing, of_absent
from soe_compliance.report.json_values import instant
from soe_compliance.report.model import TOOL, VERSION, Report
from soe_compliance.report.places import places
from soe_compliance.report.safe import visible
from soe_compliance.report.summary import FAIL_ON

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_READING = Text("读取填报", "reading")
_NOT_FILED = Text("未填报的集团", "groups that filed nothing")
_SKIPPED = (Outcome.WAIVED, Outcome.PENDING, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE)
_PLACE = Text("位置：{places}", "Place: {places}")
_SUITE_ENDS = "\n  </testsuite>"
_REMEDY = Text("建议：{remedy}", "Remedy: {remedy}")


def junit_report(report: Report, language: Language = "zh", fail_on: str = FAIL_ON) -> Iterator[bytes]:
    """The report as a JUnit file in parts, UTF-8.

    Args:
        fail_on: the severity from which a breach is a failure, or "never".
    """
    from xml.etree.ElementTree import indent, tostring

    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    name = f"{TOOL} {VERSION} {report.ruleset.id}"
    root = tostring(_element("testsuites", name=name, **_totals(report, fail_on)), encoding="unicode")
    within = root.removesuffix(" />") + ">\n"
    for suite, cases in _suites(report, language, fail_on):
        indent(suite, level=1)
        opening = tostring(suite, encoding="unicode").removesuffix(_SUITE_ENDS)
        yield f"{within}  {opening}".encode()
        for case in cases:
            indent(case, level=2)
            yield f"\n    {tostring(case, encoding='unicode')}".encode()
        yield f"{_SUITE_ENDS}\n".encode()
        within = ""
    yield f"{root}\n".encode() if within else b"</testsuites>\n"


def _totals(report: Report, fail_on: str) -> dict[str, int]:
    """What all suites come to: a case for each finding, and one for each filing that says whether it could be read."""
    kinds = report.tally.kinds
    statuses = Counter(filing.status for filing in report.filings)
    failures = sum(
        count
        for (outcome, severity), count in kinds.items()
        if outcome is Outcome.FAIL and summary.reaches(severity, fail_on)
    )
    skipped = sum(count for (outcome, _), count in kinds.items() if outcome in _SKIPPED)
    return {
        "tests": len(report.findings) + len(report.filings),
        "failures": failures,
        "errors": statuses[Status.UNREADABLE],
        "skipped": skipped + statuses[Status.INCOMPLETE],
    }


def _suites(
    report: Report, language: Language, fail_on: str
) -> Iterator[tuple["Element", Iterable["Element"]]]:
    """Each suite without its cases, and these."""
    for filing, findings in by_filing(report):
        counts = _counts(findings, fail_on)
        counts["tests"] += 1
        counts["errors"] += filing.status is Status.UNREADABLE
        counts["skipped"] += filing.status is Status.INCOMPLETE
        facts: dict[str, object] = {
            "source": filing.source,
            "digest": filing.digest,
            "group_code": filing.group_code,
            "group_name": filing.group_name,
            "year": filing.year,
            "reference_date": filing.reference_date,
            "status": filing.status.value,
            **{f"outcomes.{o.key}": filing.outcomes[o] for o in Outcome if filing.outcomes.get(o)},
        }
        cases = chain([_reading(filing, language)], _cases(report, findings, language, fail_on))
        yield _suite(filing.id, counts, facts, report), cases
    absent = list(of_absent(report))
    if absent:
        name, counts = _NOT_FILED.in_(language), _counts(absent, fail_on)
        yield (
            _suite(name, counts, {"filing": NO_FILING}, report),
            _cases(report, absent, language, fail_on),
        )


def _counts(findings: Iterable[Finding], fail_on: str) -> Counter[str]:
    """How many cases a suite of these has, and how they end."""
    counts = Counter[str]()
    for finding in findings:
        counts["tests"] += 1
        counts["failures"] += _fails(finding, fail_on)
        counts["skipped"] += finding.outcome in _SKIPPED
    return counts


def _fails(finding: Finding, fail_on: str) -> bool:
    return finding.outcome is Outcome.FAIL and summary.reaches(finding.severity, fail_on)


def _suite(name: str, counts: Counter[str], facts: dict[str, object], report: Report) -> "Element":
    numbers = {key: counts[key] for key in ("tests", "failures", "errors", "skipped")}
    suite = _element("testsuite", name=name, timestamp=instant(report.generated_at).rstrip("Z"), **numbers)
    properties = _element("properties")
    facts = {
        **facts,
        "ruleset": report.ruleset.id,
        "ruleset.digest": report.ruleset.digest,
        **{f"interpret.{key}": option for key, option in report.ruleset.readings.items()},
        "as_of": report.as_of,
    }
    properties.extend(
        _element("property", name=key, value=value) for key, value in facts.items() if value is not None
    )
    suite.append(properties)
    return suite


def _reading(filing: FilingResult, language: Language) -> "Element":
    """Whether the filing could be read: unreadable is an error, read in part is skipped."""
    case = _element("testcase", classname=filing.id, name=_READING.in_(language))
    kept = [problem for problem in filing.problems if problem.level is not Level.NOTICE]
    lines = [
        visible(": ".join(part for part in (problem.location, problem.in_(language)) if part))
        for problem in kept
    ]
    label = filing.status.label.in_(language)
    if filing.status is Status.UNREADABLE:
        case.append(_told("error", label, lines, type=filing.status.value))
    elif filing.status is Status.INCOMPLETE:
        case.append(_told("skipped", label, lines))
    elif lines:
        case.append(_told("system-out", None, lines))
    return case


def _cases(
    report: Report, findings: Iterable[Finding], language: Language, fail_on: str
) -> Iterable["Element"]:
    for finding in findings:
        rule, subject = report.ruleset.rules[finding.rule], finding.subject
        name = f"{rule.id} {rule.title.text.in_(language)} [{subject.id}]"
        case = _element("testcase", classname=f"{finding.filing}.{rule.id}", name=name)
        message = wording.message(finding, report.ruleset, language)
        level = "·".join(label.in_(language) for label in (finding.outcome.label, finding.severity.label))
        lines = [
            f"{level} {finding.clause} {subject.name}",
            _PLACE.in_(language).format(places=wording.listing(places(finding), language)),
            _REMEDY.in_(language).format(remedy=wording.remedy(finding, report.ruleset, language)),
            finding.fingerprint,
        ]
        if _fails(finding, fail_on):
            case.append(_told("failure", message, lines, type=finding.severity.value))
        elif finding.outcome in _SKIPPED:
            case.append(_told("skipped", message, lines))
        elif finding.outcome is Outcome.FAIL:
            case.append(_told("system-out", None, [message, *lines]))
        yield case


def _told(tag: str, message: str | None, lines: Sequence[str], **attributes: str) -> "Element":
    element = _element(tag, **({"message": message} if message else {}), **attributes)
    element.text = "\n".join(map(visible, lines))
    return element


def _element(tag: str, **attributes: object) -> "Element":
    """An element; nothing in it that XML can't hold."""
    from xml.etree.ElementTree import Element

    return Element(tag, {key: visible(str(value)) for key, value in attributes.items()})
