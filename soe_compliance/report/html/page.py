"""The report as one HTML page, made and written a filing at a time."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Any

from soe_compliance.domain.outcomes import Outcome, Severity
from soe_compliance.domain.text import Language
from soe_compliance.engine import FilingResult
from soe_compliance.report import summary
from soe_compliance.report.by_filing import by_filing, of_absent
from soe_compliance.report.html import overview
from soe_compliance.report.html.deadlines import deadlines
from soe_compliance.report.html.filings import (
    MOST_FINDINGS,
    FilingView,
    filing_view,
    problem_views,
    undrawn,
)
from soe_compliance.report.html.findings import SIGNS, finding_view
from soe_compliance.report.html.timeline import timeline
from soe_compliance.report.html.words import words
from soe_compliance.report.json_values import instant
from soe_compliance.report.model import TOOL, VERSION, Report
from soe_compliance.report.safe import visible
from soe_compliance.report.verdict import verdict

if TYPE_CHECKING:
    from jinja2 import Environment

MOST_FILINGS = 200
MOST_UNREADABLE = 500
MOST_LISTED = 4_000
"""How many findings a page lists, whatever each filing may: browsers take seconds for more."""
_PACKAGE = "soe_compliance.report.html"
_PIECES = 64


def html_parts(report: Report, language: Language = "zh") -> Iterator[bytes]:
    """The page in parts, so that no more than a filing of it need be held."""
    template = _environment().get_template("report.html")
    stream = template.stream(**_context(report, language))
    stream.enable_buffering(_PIECES)
    return (part.encode() for part in stream)


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(_PACKAGE, "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )


def _shown(value: object) -> object:
    """Whatever is put into the page, a filer's texts among it, can't steer it; autoescape does the rest."""
    return visible(value) if type(value) is str else value


def _policy(style: str, script: str) -> str:
    """The page may use its own style and script, known by their digests, and nothing else."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _context(report: Report, language: Language) -> dict[str, Any]:
    from markupsafe import Markup

    assets = files(_PACKAGE) / "assets"
    style, script = ((assets / name).read_text(encoding="utf-8") for name in ("report.css", "report.js"))
    unreadable, readable = summary.unreadable(report), summary.readable(report)
    chosen = overview.worst_filings(report, readable, MOST_FILINGS)
    rows = overview.worst_filings(report, readable, overview.MOST_ROWS)
    anchors = {filing.id: f"filing-{number}" for number, filing in enumerate(chosen, 1)}
    due = deadlines(report, language, overview.MOST_DEADLINES)
    absent = list(islice(of_absent(report), MOST_FINDINGS))
    most = min(MOST_FINDINGS, MOST_LISTED // max(len(chosen), 1))
    listed = len(absent) + sum(min(report.tally.listed.get(filing.id, 0), most) for filing in chosen)
    by_severity = overview.severity_rows(report, language)
    return {
        "w": words(language),
        "language": language,
        "policy": Markup(_policy(style, script)),
        "style": Markup(style),
        "script": Markup(script),
        "report": report,
        "ruleset": report.ruleset,
        "regulation": f"{report.ruleset.title.text.in_(language)} {report.ruleset.document_no}",
        "tool": f"{TOOL} {VERSION}",
        "generated": instant(report.generated_at),
        "verdict": verdict(report, language),
        "readings": overview.other_readings(report.ruleset, language),
        "notices": [notice.in_(language) for notice in summary.notices(report)],
        "findings_note": overview.listed_findings(listed, len(report.findings), language),
        "unreadable": [
            (filing, problem_views(filing.problems, language)) for filing in unreadable[:MOST_UNREADABLE]
        ],
        "unreadable_note": overview.listed(MOST_UNREADABLE, len(unreadable), overview.FILINGS, language),
        "severities": [(severity.value, severity.label.in_(language)) for severity in Severity],
        "outcomes": [
            (outcome.key, SIGNS[outcome], outcome.label.in_(language), count)
            for outcome, count in summary.outcome_totals(report).items()
        ],
        "listed_outcomes": [(outcome.key, outcome.label.in_(language)) for outcome in _listed(report)],
        "others": [outcome.label.in_(language) for outcome in overview.OTHERS],
        "by_severity": by_severity,
        "all_breaches": (
            sum(row.of_enterprises for row in by_severity),
            sum(row.of_regulator for row in by_severity),
        ),
        "rows": overview.filing_rows(report, rows, anchors, language),
        "rows_note": overview.listed(len(rows), len(readable), overview.FILINGS, language),
        "timeline": Markup(timeline(report.as_of, overview.stops(due.by_day), language))
        if due.next
        else None,
        "deadlines": list(overview.deadline_rows(due.next, report.as_of, anchors, language)),
        "deadlines_note": overview.listed(
            len(due.next), due.count, overview.ITEMS, language, overview.IN_HEADROOM
        ),
        "absent": {
            "findings": [finding_view(finding, report.ruleset, language) for finding in absent],
            "note": overview.listed(
                len(absent), sum(report.tally.of_absent.values()), overview.ITEMS, language
            ),
        },
        "filings": _filings(report, chosen, anchors, language, most),
        "filings_note": overview.listed(len(chosen), len(readable), overview.FILINGS, language),
        "rules": list(overview.rule_rows(report, language)),
    }


def _listed(report: Report) -> list[Outcome]:
    """The outcomes of the findings, as a choice."""
    found = {outcome for outcome, _ in report.tally.kinds}
    return [outcome for outcome in Outcome if outcome in found]


def _filings(
    report: Report, chosen: Sequence[FilingResult], anchors: Mapping[str, str], language: Language, most: int
) -> Iterator[FilingView]:
    notes = undrawn(report, chosen, language)
    for filing, findings in by_filing(report):
        if filing.id in anchors:
            note = notes.get(filing.id, "")
            yield filing_view(report, filing, findings, anchors[filing.id], language, most=most, note=note)
