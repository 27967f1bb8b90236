"""One finding of a report explained: its cells, their sum, the limit's formula, the margin, the clause."""

from collections.abc import Iterator, Sequence

from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Language, Text
from soe_compliance.law.model import Ruleset
from soe_compliance.report.document import EvidenceDocument, FilingDocument, FindingDocument, ReportDocument
from soe_compliance.report.safe import visible
from soe_compliance.report.steps import STEP_LABELS, Case, different_cells, shortened, steps
from soe_compliance.report.styles import narrowest
from soe_compliance.report.wording import missing_inputs
from soe_compliance.report.wrapping import hanging, text_width

MOST_LINES = 15
_MOST_CELLS = (8, 6, 4, 3, 2)
_CUT_FIRST = (
    *("digest", "meaning", "ruleset", "missing", "file", "subject", "cells"),
    *("says", "finding", "value", "limit", "clause", "due", "compared", "margin"),
)
"""Where lines are saved when there are too many, the least needed first; of each its first line stays."""

_LABELS = {
    "finding": Text("问题", "Finding"),
    "subject": Text("对象", "Subject"),
    "file": Text("文件", "File"),
    "digest": Text("摘要", "Digest"),
    "cells": Text("单元格", "Cells"),
    **STEP_LABELS,
    "missing": Text("缺少", "Missing"),
    "says": Text("说明", "Says"),
    "clause": Text("依据", "Clause"),
    "meaning": Text("含义", "Meaning"),
    "ruleset": Text("规则集", "Ruleset"),
}
_YEAR = Text("{name}（{id}），{year}年度，截止日{date}", "{name} ({id}), {year}, stated at {date}")
_SUBJECT = Text("{name}（{id}）", "{name} ({id})")
_CELL = Text("{place} {field} {value}", "{place} {field} {value}")
_BLANK = Text("（空）", "(blank)")
_CELLS_MORE = Text("等共{n}处", "and so on, {n} in all")
_SAME_RULES = Text("{id} {digest}…，与本机所装一致", "{id} {digest}..., the same as installed")
_OTHER_RULES = Text(
    "{id} {digest}…，本机未装或已不同，公式和含义不再引用",
    "{id} {digest}..., not installed or another by now: its formula and meaning are not quoted",
)


class _Case(Case, frozen=True):
    filing: FilingDocument | None
    report: ReportDocument


def explain(
    finding: FindingDocument,
    report: ReportDocument,
    ruleset: Ruleset | None,
    language: Language = "zh",
    width: int = 100,
) -> list[str]:
    """The finding in at most `MOST_LINES` lines of at most `width` columns (40 at least).

    Args:
        ruleset: the one that the report was made with, None where it is not at hand.
    """
    filing = next((filing for filing in report.filings if filing.id == finding.filing), None)
    case = _Case(finding, report.as_of, ruleset, language, filing, report)
    blocks: dict[str, list[str]] = {}
    for shown in _MOST_CELLS:
        blocks = _blocks(case, shown, narrowest(width))
        if _count(blocks) <= MOST_LINES:
            break
    for key in _CUT_FIRST:
        surplus = _count(blocks) - MOST_LINES
        if surplus > 0 and key in blocks:
            kept = blocks[key][: max(len(blocks[key]) - surplus, 1)]
            blocks[key] = kept if len(kept) == len(blocks[key]) else [*kept[:-1], kept[-1] + "…"]
    return [line for block in blocks.values() for line in block]


def _blocks(case: _Case, shown: int, width: int) -> dict[str, list[str]]:
    """The lines of each entry by its key, with a column left for the mark of a cut."""
    entries = dict(_entries(case, shown))
    labels = {key: _LABELS[key].in_(case.language) for key in entries}
    indent = max(map(text_width, labels.values())) + 2
    return {
        key: hanging(text, width - 1, labels[key] + " " * (indent - text_width(labels[key])), " " * indent)
        for key, text in entries.items()
    }


def _count(blocks: dict[str, list[str]]) -> int:
    return sum(map(len, blocks.values()))


def _entries(case: _Case, shown: int) -> Iterator[tuple[str, str]]:
    """What is said, by the key of its label."""
    finding = case.finding
    label = Outcome[finding.outcome.upper()].label.in_(case.language)
    severity = finding.severity.label.in_(case.language)
    owner = finding.responsible.label.in_(case.language)
    title = case.rule.title.text.in_(case.language) if case.rule else ""
    yield (
        "finding",
        f"{visible(finding.fingerprint)}  {label}·{severity}·{owner}  {visible(finding.rule)} {title}",
    )
    yield "subject", _subject(case)
    if case.filing:
        yield "file", shortened(case.filing.source)
        if case.filing.digest:
            yield "digest", shortened(case.filing.digest)
    if finding.evidence:
        yield "cells", _cells(case, finding.evidence, shown)
    yield from steps(case, shown)
    if finding.missing:
        yield "missing", missing_inputs(finding.missing, finding.evidence, case.language)
    if finding.measured is None or finding.outcome != "fail":
        yield "says", visible(finding.message)
    basis = (
        case.ruleset.document_of(case.rule) if case.ruleset and case.rule else "",
        finding.clause,
        case.rule.verb if case.rule else "",
    )
    yield "clause", "  ".join(part for part in basis if part)
    if case.rule:
        yield "meaning", case.rule.meaning.text.in_(case.language)
    yield "ruleset", _ruleset(case)


def _subject(case: _Case) -> str:
    subject, filing = case.finding.subject, case.filing
    name, own = (shortened(text) for text in (subject.name, subject.id))
    about = case.say(_SUBJECT, name=name, id=own) if name and name != own else own
    if filing is None or filing.group_code == subject.id:
        return about
    group = case.say(
        _YEAR,
        name=shortened(filing.group_name or filing.id),
        id=shortened(filing.group_code or "-"),
        year=filing.year,
        date=filing.reference_date,
    )
    return f"{about}  {group}"


def _cells(case: _Case, evidence: Sequence[EvidenceDocument], shown: int) -> str:
    each = different_cells(evidence)
    named = [
        case.say(
            _CELL,
            place=shortened(cell.location),
            field=case.field(cell),
            value=shortened(cell.value) or case.say(_BLANK),
        )
        for cell in each[:shown]
    ]
    text = ("；" if case.language == "zh" else "; ").join(named)
    more = case.say(_CELLS_MORE, n=len(each)) if len(each) > shown else ""
    return f"{text} {more}".rstrip()


def _ruleset(case: _Case) -> str:
    used = case.report.ruleset
    text = _SAME_RULES if case.ruleset else _OTHER_RULES
    said = case.say(text, id=visible(used.id), digest=visible(used.digest)[:19])
    keys = case.ruleset.readings_of.get(case.finding.rule, ()) if case.ruleset else ()
    readings = [f"{key}={used.interpretations[key]}" for key in keys if key in used.interpretations]
    return "  ".join([said, *readings])
