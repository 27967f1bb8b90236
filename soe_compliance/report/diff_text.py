"""Two reports compared, in a terminal: what differs between them, the counts, and what is not the same."""

from collections.abc import Iterator, Sequence

from soe_compliance.domain.outcomes import Outcome, Responsible
from soe_compliance.domain.text import Language, Text
from soe_compliance.report.diff import ChangeDocument, DiffDocument, SideDocument, State, VerdictDocument
from soe_compliance.report.grid import grid
from soe_compliance.report.safe import visible
from soe_compliance.report.styles import narrowest
from soe_compliance.report.wording import listing
from soe_compliance.report.wrapping import hanging, text_width, wrapped

MOST_LISTED = 50
"""The most of each state that are listed."""

_SIDES = (Text("原报告", "Old"), Text("新报告", "New"))
_SIDE = Text(
    "{ruleset}，基准日{as_of}，{filings}份填报（无法读取{unreadable}份），程序{version}",
    "{ruleset}, as of {as_of}, {filings} filings ({unreadable} unreadable), program {version}",
)
_COUNT = Text("数量", "Count")
_STATE = Text("对比", "State")
_HEADING = Text("{state}（{n}）", "{state} ({n})")
_OLD = Text("原：", "Old: ")
_NEW = Text("新：", "New: ")
_WHY = Text("原因：", "Why: ")
_MAYBE = Text("可能原因：", "May be due to: ")
NO_REASON = Text(
    "两份报告的数据、规则、基准日和程序均相同，请核对检查选项（如豁免、所选规则）",
    "data, rules, date and program are the same: compare the options, such as waivers and selected rules",
)
_NOT_LOOKED = Text(
    "新报告没有该集团该年度可读取的填报，不能认定已消除",
    "the new report has no readable filing of this group and year, so it can't count as cured",
)
_MORE = Text("另有{n}条，用 -o 对比.xlsx 可得全部", "{n} more: -o diff.xlsx gives them all")
_VERDICT = Text("新增违反{n}项。", "New breaches: {n}.")


def diff_text(found: DiffDocument, language: Language = "zh", width: int = 100) -> str:
    """The comparison as text of at most `width` columns (40 at least). Persisting verdicts are counted, not listed."""
    room = narrowest(width)
    blocks = [
        [
            line
            for side, label in zip((found.old, found.new), _SIDES, strict=True)
            for line in _side(side, label, language, room)
        ],
        grid(
            [_STATE.in_(language), _COUNT.in_(language)],
            [[state.label.in_(language), str(found.summary[state])] for state in State],
            right=1,
        ),
        *(
            list(_listed(state, [c for c in found.changes if c.state is state], language, room))
            for state in State
            if state is not State.PERSISTING
        ),
        wrapped(_VERDICT.format(n=found.new_breaches).in_(language), room),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def reason(change: ChangeDocument, language: Language) -> str:
    """Why a verdict is not the same, as far as that is known; empty where there is nothing to explain."""
    if change.state is State.UNCHECKED:
        return _NOT_LOOKED.in_(language)
    if not change.why:
        return "" if change.state is State.PERSISTING else NO_REASON.in_(language)
    return listing((why.label.in_(language) for why in change.why), language)


def outcome_label(verdict: VerdictDocument | None, language: Language) -> str:
    return Outcome[verdict.outcome.upper()].label.in_(language) if verdict else ""


def _side(side: SideDocument, label: Text, language: Language, width: int) -> list[str]:
    head = label.in_(language) + "  "
    text = _SIDE.format(
        ruleset=f"{visible(side.ruleset)} {visible(side.digest)[:19]}",
        as_of=side.as_of,
        filings=side.filings,
        unreadable=side.unreadable,
        version=visible(side.version),
    )
    return hanging(text.in_(language), width, head, " " * text_width(head))


def _listed(state: State, changes: Sequence[ChangeDocument], language: Language, width: int) -> Iterator[str]:
    if not changes:
        return
    yield _HEADING.format(state=state.label, n=len(changes)).in_(language)
    for number, change in enumerate(changes[:MOST_LISTED], 1):
        first = f"{number}. "
        indent = " " * len(first)
        yield from hanging(_head(change, language), width, first, indent)
        for text in _details(change, language):
            yield from hanging(text, width, indent, indent)
    if len(changes) > MOST_LISTED:
        yield from wrapped(_MORE.format(n=len(changes) - MOST_LISTED).in_(language), width)


def _head(change: ChangeDocument, language: Language) -> str:
    labels = [label for v in (change.old, change.new) if (label := outcome_label(v, language))]
    verdict = change.new or change.old
    level = ["→".join(dict.fromkeys(labels))]
    if verdict:
        level.append(verdict.severity.label.in_(language))
    if change.responsible is Responsible.REGULATOR:
        level.append(change.responsible.label.in_(language))
    clause = f"（{visible(change.clause)}）" if language == "zh" else f" ({visible(change.clause)})"
    subject = visible(change.subject.name or change.subject.id)
    group = visible(change.group_name or "")
    names = "  ".join(dict.fromkeys(name for name in (subject, group) if name))
    return f"{'·'.join(level)}  {visible(change.rule)}{clause}  {names}  {visible(change.fingerprint)}"


def _details(change: ChangeDocument, language: Language) -> Iterator[str]:
    for label, verdict in ((_OLD, change.old), (_NEW, change.new)):
        if verdict and verdict.message:
            yield label.in_(language) + visible(verdict.message)
    why = reason(change, language)
    if why:
        yield (_MAYBE if len(change.why) > 1 else _WHY).in_(language) + why
