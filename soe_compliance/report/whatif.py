"""What would become of a filing's verdicts: as text and as JSON."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from soe_compliance.domain.differences import Changed, Difference
from soe_compliance.domain.finding import Finding, MeasuredAmount
from soe_compliance.domain.text import Language, Text
from soe_compliance.filings.changes import Change, NewValue
from soe_compliance.filings.tables import TABLES
from soe_compliance.report import wording
from soe_compliance.report.document import (
    Document,
    FilingDocument,
    FindingDocument,
    Raw,
    RulesetDocument,
    filing_document,
    finding_document,
    ruleset_document,
    to_json,
)
from soe_compliance.report.grid import GAP, grid
from soe_compliance.report.json_values import plain_value
from soe_compliance.report.model import WhatIf
from soe_compliance.report.numbers import amounts
from soe_compliance.report.safe import visible
from soe_compliance.report.wrapping import hanging, wrapped

FORMAT: Literal["soe-compliance.whatif/1"] = "soe-compliance.whatif/1"

_SUPPOSED = Text("假定：", "Supposed: ")
_NOTHING = Text("没有结论因此改变。", "No verdict changes.")
_HEADERS = (
    Text("变化", "Change"),
    Text("规则", "Rule"),
    Text("对象", "Subject"),
    Text("之前", "Before"),
    Text("之后", "After"),
)
_NOT_JUDGED = Text("（无）", "(none)")
_OF = Text("{value}，限额{limit}", "{value} of {limit}")
_BLANK = Text("空白", "blank")
_VERDICT = Text(
    "新增违反{breached}项，不再违反{cured}项，其他结论变化{outcome}项，数值变化{numbers}项。",
    "{breached} new breaches, {cured} cured, {outcome} other verdicts changed, {numbers} with other numbers.",
)


class SupposedDocument(Document):
    """What is supposed of a cell; of a row that is added, what it states besides."""

    table: str
    id: Raw
    field: str
    to: Raw | None
    row: dict[str, Raw | None] | None


class ChangedDocument(Document):
    """A verdict that changes; null where the rule has nothing to say of the subject."""

    change: Difference
    rule: str
    subject: Raw
    before: FindingDocument | None
    after: FindingDocument | None


class WhatIfDocument(Document):
    format: Literal["soe-compliance.whatif/1"]
    as_of: date
    ruleset: RulesetDocument
    filing: FilingDocument
    supposed: list[SupposedDocument]
    changes: list[ChangedDocument]


def whatif_json(what: WhatIf, language: Language = "zh") -> bytes:
    """What is supposed, and each verdict that changes, before and after."""
    ruleset = what.before.ruleset

    def shown(finding: Finding | None) -> FindingDocument | None:
        return None if finding is None else finding_document(finding, ruleset, language)

    document = WhatIfDocument(
        format=FORMAT,
        as_of=what.before.as_of,
        ruleset=ruleset_document(what.before, language),
        filing=filing_document(what.after.filings[0], language),
        supposed=[
            SupposedDocument(
                table=change.table,
                id=change.id,
                field=change.field,
                to=_plain(change.value),
                row=None if change.row is None else {key: _plain(cell) for key, cell in change.row.items()},
            )
            for change in what.changes
        ],
        changes=[
            ChangedDocument(
                change=one.difference,
                rule=one.finding.rule,
                subject=one.finding.subject.id,
                before=shown(one.before),
                after=shown(one.after),
            )
            for one in what.changed
        ],
    )
    return (to_json(document) + "\n").encode()


def whatif_text(what: WhatIf, language: Language = "zh", *, width: int = 100) -> str:
    """What is supposed, the verdicts that change, and what is to be said of new breaches."""
    supposed = [
        line
        for change in what.changes
        for line in hanging(_supposed(change, what, language), width, _SUPPOSED.in_(language), "  ")
    ]
    changed = what.changed
    blocks = [supposed]
    if changed:
        blocks.append(_table(changed, language, width))
        blocks.extend(
            _explained(one.after, what, language, width)
            for one in changed
            if one.after is not None and one.difference is Difference.BREACHED
        )
    counts = {str(kind): sum(one.difference is kind for one in changed) for kind in Difference}
    last = _VERDICT.format(**counts) if changed else _NOTHING
    blocks.append(wrapped(last.in_(language), width))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _supposed(change: Change, what: WhatIf, language: Language) -> str:
    """The cells that are supposed, in a row."""
    form = TABLES[change.table]
    cells = {**(change.row or {}), change.field: change.value}
    unit = what.unit
    named = [
        f"{wording.field_name(form.key, key, language)} "
        + (
            _BLANK.in_(language)
            if value is None
            else wording.cell_in_words(form.key, key, value, unit, language)
        )
        for key, value in cells.items()
    ]
    title = form.title if language == "zh" else change.table
    colon = "：" if language == "zh" else ": "
    return f"{title} {visible(change.id)}{colon}{wording.listing(named, language)}"


def _plain(value: NewValue) -> str | None:
    return None if value is None else plain_value(value)


def _table(changed: Sequence[Changed], language: Language, width: int) -> list[str]:
    fixed = [10, 6] if language == "zh" else [13, 6]
    room = width - sum(fixed) - GAP * (len(_HEADERS) - 1)
    widths = [*fixed, room // 3, room // 3, room - 2 * (room // 3)]
    rows = []
    for one in changed:
        subject = one.finding.subject
        names = dict.fromkeys([visible(subject.name), visible(subject.id)])
        cells = [
            one.difference.label.in_(language),
            one.finding.rule,
            "\n".join(name for name in names if name),
            _state(one.before, language),
            _state(one.after, language),
        ]
        rows.append(["\n".join(wrapped(cell, size)) for cell, size in zip(cells, widths, strict=True)])
    return grid([header.in_(language) for header in _HEADERS], rows)


def _state(finding: Finding | None, language: Language) -> str:
    """An outcome, and the numbers compared."""
    if finding is None:
        return _NOT_JUDGED.in_(language)
    lines = [finding.outcome.label.in_(language)]
    measured = finding.details.measured
    if isinstance(measured, MeasuredAmount):
        value, limit = (amounts(part, measured.unit, language) for part in (measured.value, measured.limit))
        lines.append(_OF.in_(language).format(value=value, limit=limit))
    return "\n".join(lines)


def _explained(finding: Finding, what: WhatIf, language: Language, width: int) -> list[str]:
    first = f"{finding.rule}  "
    ruleset = what.after.ruleset
    parts = (wording.message(finding, ruleset, language), wording.remedy(finding, ruleset, language))
    said = ("" if language == "zh" else " ").join(parts)
    return hanging(said, width, first, " " * len(first))
