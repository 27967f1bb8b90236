"""What came of holding a report against its files, in a terminal."""

from collections import Counter
from collections.abc import Iterator

from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Language, Text
from soe_compliance.report.safe import visible
from soe_compliance.report.styles import narrowest
from soe_compliance.report.verification import Difference, FileState, Verification
from soe_compliance.report.wording import listing
from soe_compliance.report.wrapping import hanging, text_width, wrapped

MOST_LISTED = 50

_RULES = Text("规则集", "Ruleset")
_PROGRAM = Text("程序", "Program")
_AS_OF = Text("基准日", "As of")
_SUMMARY = Text("汇总", "Summary")
_SAME = Text("{what}：一致", "{what}: the same")
_NOW = Text("报告为{then}，现为{now}", "{then} in the report, {now} now")
_SUMS_UP = Text("与明细一致", "is that of the findings")
_SUMS_NOT = Text("与明细不符，报告被改动过", "is not that of the findings: the report was edited")
_FILES = Text("文件（{n}）", "Files ({n})")
_DIFFERENCES = Text("结论不同（{n}）", "Verdicts that differ ({n})")
_NONE = Text("无", "none")
_SIDES = Text("报告：{then}；现：{now}", "reported: {then}; now: {now}")
_NUMBERS = Text("结论同为{then}，所依据的内容不同", "{then} in both, and what it rests on differs")
_WHY = Text("原因：{why}", "Why: {why}")
_MORE = Text("另有{n}条", "{n} more")
_NOT_RECHECKED = Text(
    "未填报集团的{n}项结论没有文件可核对",
    "{n} findings of groups that filed nothing: no file to hold them against",
)
_AS_REPORTED = Text("报告与文件、规则和程序相符。", "All is as reported.")
_DIFFERS = Text("核对结果：{files}；{n}项结论不同。", "Result: {files}; verdicts that differ: {n}.")


def verification_text(found: Verification, language: Language = "zh", width: int = 100) -> str:
    """The result as text of at most `width` columns (40 at least)."""
    room = narrowest(width)
    blocks = [
        list(_head(found, language, room)),
        list(_files(found, language, room)),
        list(_differences(found, language, room)),
        list(_last(found, language, room)),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _head(found: Verification, language: Language, width: int) -> Iterator[str]:
    old, new = found.report, found.again
    rules = [f"{report.ruleset.id} {report.ruleset.digest[:19]}" for report in (old, new)]
    programs = [report.tool.version for report in (old, new)]
    labels = [label.in_(language) for label in (_RULES, _PROGRAM, _AS_OF, _SUMMARY)]
    indent = max(map(text_width, labels)) + 2

    def line(label: Text, text: str) -> list[str]:
        head = label.in_(language)
        return hanging(text, width, head + " " * (indent - text_width(head)), " " * indent)

    for label, (then, now), same in (
        (_RULES, rules, found.same_rules),
        (_PROGRAM, programs, found.same_program),
    ):
        text = _SAME.format(what=visible(then)) if same else _NOW.format(then=visible(then), now=visible(now))
        yield from line(label, text.in_(language))
    yield from line(_AS_OF, old.as_of.isoformat())
    yield from line(_SUMMARY, (_SUMS_UP if found.sums_up else _SUMS_NOT).in_(language))


def _files(found: Verification, language: Language, width: int) -> Iterator[str]:
    yield _FILES.format(n=len(found.files)).in_(language)
    indent = max(text_width(state.label.in_(language)) for state in FileState) + 4
    for file in found.files:
        label = "  " + file.state.label.in_(language)
        names = dict.fromkeys(visible(name) for name in (file.reported, file.found) if name)
        head = label + " " * (indent - text_width(label))
        yield from hanging(" → ".join(names), width, head, " " * indent)


def _differences(found: Verification, language: Language, width: int) -> Iterator[str]:
    if not found.differences:
        return
    yield _DIFFERENCES.format(n=len(found.differences)).in_(language)
    for number, difference in enumerate(found.differences[:MOST_LISTED], 1):
        first = f"{number}. "
        indent = " " * len(first)
        named = "  ".join(visible(part) for part in (difference.what, difference.fingerprint) if part)
        yield from hanging(named, width, first, indent)
        for text in (_verdicts(difference, language), _WHY.format(why=_why(difference, language))):
            yield from hanging(text.in_(language), width, indent, indent)
    if len(found.differences) > MOST_LISTED:
        yield _MORE.format(n=len(found.differences) - MOST_LISTED).in_(language)


def _verdicts(difference: Difference, language: Language) -> Text:
    then, now = (_label(side, language) for side in (difference.reported, difference.found))
    return _NUMBERS.format(then=then) if difference.same_outcome else _SIDES.format(then=then, now=now)


def _label(outcome: str | None, language: Language) -> str:
    if outcome is None:
        return _NONE.in_(language)
    known = {each.key: each.label.in_(language) for each in Outcome}
    return known.get(outcome, visible(outcome))


def _why(difference: Difference, language: Language) -> str:
    return listing((cause.label.in_(language) for cause in difference.causes), language)


def _last(found: Verification, language: Language, width: int) -> Iterator[str]:
    if found.not_rechecked:
        yield from wrapped(_NOT_RECHECKED.format(n=found.not_rechecked).in_(language), width)
    if found.all_as_reported:
        yield _AS_REPORTED.in_(language)
        return
    counts = Counter(file.state for file in found.files)
    files = [f"{state.label.in_(language)} {counts[state]}" for state in FileState if counts[state]]
    text = _DIFFERS.format(files=listing(files, language), n=len(found.differences))
    yield from wrapped(text.in_(language), width)
