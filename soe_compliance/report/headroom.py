"""What may still be guaranteed or invested, and what is due next: as text and as JSON."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from msgspec.structs import asdict

from soe_compliance.domain.amounts import grouped, percent_in_words, plain
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.headroom import Due, Room, Stake, Threshold
from soe_compliance.domain.outcomes import Responsible, Severity
from soe_compliance.domain.text import Language, Text
from soe_compliance.report import wording
from soe_compliance.report.document import (
    Document,
    FilingDocument,
    Raw,
    RulesetDocument,
    SubjectDocument,
    filing_document,
    ruleset_document,
    to_json,
)
from soe_compliance.report.grid import GAP, grid
from soe_compliance.report.json_values import high_end
from soe_compliance.report.model import HeadroomReport
from soe_compliance.report.numbers import amounts, days
from soe_compliance.report.safe import visible
from soe_compliance.report.styles import narrowest
from soe_compliance.report.wrapping import text_width, unbroken_width, wrapped

FORMAT: Literal["soe-compliance.headroom/1"] = "soe-compliance.headroom/1"

_RULE_WIDTH, _DAY_WIDTH = 6, 10
_LEAST_OF_NAMES = 12
_RULE, _SUBJECT = Text("规则", "Rule"), Text("对象", "Subject")
_ROOMS = Text("担保限额（{unit}）", "Limits on guarantees ({unit})")
_ROOM_HEADERS = (_RULE, _SUBJECT, Text("已用", "Used"), Text("限额", "Limit"), Text("余量", "Left"))
_STAKES = Text(
    "参股企业：集团对每笔主债务最多可担保的比例",
    "Participations: the part of each debt that may be guaranteed",
)
_STAKE_HEADERS = (_RULE, _SUBJECT, Text("比例", "Share"))
_THRESHOLDS = Text("须经核准的投资额（{unit}）", "Projects that need approval, by amount ({unit})")
_THRESHOLD_HEADERS = (_RULE, Text("投资主体", "Investor"), Text("投资额", "Amount"))
_DUE = Text("接下来到期", "Due next")
_DUE_HEADERS = (Text("最迟", "By"), _RULE, Text("事项", "What"), _SUBJECT)
_FROM, _ABOVE = Text("达到{amount}", "{amount} or more"), Text("超过{amount}", "above {amount}")
_ANY = Text("任何金额", "any amount")
_OVER = Text("{left}（超出{over}）", "{left} ({over} too much)")
_MISSING = Text("缺{missing}", "lacks {missing}")
_IF_ANY = Text("（如有）", " (if any)")
_NONE = Text("没有可列的限额和期限。", "There are no limits or days to list.")


class RoomDocument(Document):
    """A limit: decimal strings. An upper end is given where it differs; null is none."""

    rule: str
    severity: Severity
    clause: str
    subject: SubjectDocument
    used: str
    used_high: str | None = None
    limit: str
    limit_high: str | None = None
    left: str
    left_high: str | None = None
    over: str | None
    unit: str
    missing: list[str]


class StakeDocument(Document):
    """A share of 1, the upper end where it differs."""

    rule: str
    code: Raw
    name: Raw
    share: str
    share_high: str | None = None


class ThresholdDocument(Document):
    rule: str
    clause: str
    category: str
    code: Raw
    name: Raw
    amount: str
    amount_high: str | None = None
    inclusive: bool
    unit: str
    missing: list[str]


class DueDocument(Document):
    due: date
    due_high: date | None = None
    rule: str
    clause: str
    title: str
    responsible: Responsible
    subject: SubjectDocument
    if_any: bool


class HeadroomDocument(Document):
    format: Literal["soe-compliance.headroom/1"]
    as_of: date
    ruleset: RulesetDocument
    filing: FilingDocument
    rooms: list[RoomDocument]
    participations: list[StakeDocument]
    thresholds: list[ThresholdDocument]
    due: list[DueDocument]


def headroom_json(found: HeadroomReport, language: Language = "zh") -> bytes:
    """Everything, numbers exact."""
    report, headroom = found.report, found.headroom
    document = HeadroomDocument(
        format=FORMAT,
        as_of=report.as_of,
        ruleset=ruleset_document(report, language),
        filing=filing_document(report.filings[0], language),
        rooms=[_room(room) for room in headroom.rooms],
        participations=[_stake(stake) for stake in headroom.stakes],
        thresholds=[_threshold(threshold, language) for threshold in headroom.thresholds],
        due=[_due(due, language) for due in headroom.due],
    )
    return (to_json(document) + "\n").encode()


def _ends(name: str, interval: Interval) -> dict[str, str | None]:
    return {name: plain(interval.low), **high_end(f"{name}_high", interval)}


def _room(room: Room) -> RoomDocument:
    keys: dict[str, Any] = {"rule": room.rule, "severity": room.severity, "clause": room.clause}
    keys |= {"subject": asdict(room.subject)}
    keys |= _ends("used", room.used) | _ends("limit", room.limit) | _ends("left", room.left)
    keys |= {"over": None if room.over is None else plain(room.over), "unit": room.unit}
    return RoomDocument.model_validate({**keys, "missing": list(room.missing)})


def _stake(stake: Stake) -> StakeDocument:
    keys = {"rule": stake.rule, "code": stake.firm, "name": stake.name}
    return StakeDocument.model_validate({**keys, **_ends("share", stake.share)})


def _threshold(threshold: Threshold, language: Language) -> ThresholdDocument:
    keys: dict[str, Any] = {"rule": threshold.rule, "clause": threshold.clause}
    keys |= {"category": threshold.category.in_(language), "code": threshold.firm, "name": threshold.name}
    keys |= _ends("amount", threshold.amount)
    keys |= {"inclusive": threshold.inclusive, "unit": threshold.unit, "missing": list(threshold.missing)}
    return ThresholdDocument.model_validate(keys)


def _due(due: Due, language: Language) -> DueDocument:
    keys: dict[str, Any] = {"due": due.day, "rule": due.rule, "clause": due.clause}
    if due.latest != due.day:
        keys["due_high"] = due.latest
    keys |= {"title": due.title.in_(language), "responsible": due.responsible}
    return DueDocument.model_validate({**keys, "subject": asdict(due.subject), "if_any": due.if_any})


def headroom_text(found: HeadroomReport, language: Language = "zh", *, width: int = 100) -> str:
    """The limits, participations, thresholds and days, a table each; no line is wider than the terminal."""
    headroom, width = found.headroom, narrowest(width)
    unit = found.unit
    tables = [
        _table(
            _ROOMS.format(unit=unit),
            _ROOM_HEADERS,
            [_room_cells(r, language) for r in headroom.rooms],
            3,
            language,
            width,
        ),
        _table(
            _STAKES, _STAKE_HEADERS, [_stake_cells(s, language) for s in headroom.stakes], 1, language, width
        ),
        _table(
            _THRESHOLDS.format(unit=unit),
            _THRESHOLD_HEADERS,
            [_threshold_cells(t, language) for t in headroom.thresholds],
            1,
            language,
            width,
        ),
        _table(_DUE, _DUE_HEADERS, [_due_cells(d, language) for d in headroom.due], 0, language, width),
    ]
    blocks = [table for table in tables if table] or [[_NONE.in_(language)]]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _table(
    title: Text,
    headers: Sequence[Text],
    rows: Sequence[Sequence[str]],
    right: int,
    language: Language,
    width: int,
) -> list[str]:
    """A title and a table whose last columns are of numbers; nothing where it has no rows."""
    if not rows:
        return []
    shown = [header.in_(language) for header in headers]
    widths = _widths([shown, *rows], right, width)
    cells = [["\n".join(wrapped(cell, size)) for cell, size in zip(row, widths, strict=True)] for row in rows]
    return [*wrapped(title.in_(language), width), "", *grid(shown, cells, right=right)]


def _widths(rows: Sequence[Sequence[str]], right: int, width: int) -> list[int]:
    """What each column may take: numbers and short texts what they need, up to a limit; names the rest.

    Of the limit so much is given up as it takes for no number to be broken, where that leaves room for names.
    """
    columns = list(zip(*rows, strict=True))
    needed = [max(map(_needed, cells)) for cells in columns]
    room = width - GAP * (len(columns) - 1)
    if right:
        usual = [min(size, room // (right + 2)) for size in needed[-right:]]
        whole = [
            max(size, *map(unbroken_width, cells))
            for size, cells in zip(usual, columns[-right:], strict=True)
        ]
        names = room - _RULE_WIDTH
        fixed = whole if names - sum(whole) >= _LEAST_OF_NAMES else usual
        return [_RULE_WIDTH, names - sum(fixed), *fixed]
    room -= _DAY_WIDTH + _RULE_WIDTH
    return [_DAY_WIDTH, _RULE_WIDTH, room - min(needed[-1], room // 2), min(needed[-1], room // 2)]


def _needed(cell: str) -> int:
    return max(text_width(line) for line in cell.split("\n"))


def _names(name: str, code: str) -> str:
    return "\n".join(part for part in dict.fromkeys([visible(name), visible(code)]) if part)


def _room_cells(room: Room, language: Language) -> list[str]:
    left = amounts(room.left, "", language)
    if room.over is not None:
        left = _OVER.in_(language).format(left=left, over=grouped(room.over).in_(language))
    return [
        room.rule,
        _names(room.subject.name, room.subject.id) + _lacking(room.missing, language),
        amounts(room.used, "", language),
        amounts(room.limit, "", language),
        left,
    ]


def _stake_cells(stake: Stake, language: Language) -> list[str]:
    return [stake.rule, _names(stake.name, stake.firm), percent_in_words(stake.share).in_(language)]


def _threshold_cells(threshold: Threshold, language: Language) -> list[str]:
    if threshold.amount.high == 0:
        amount = _ANY.in_(language)
    else:
        reached = _FROM if threshold.inclusive else _ABOVE
        amount = reached.in_(language).format(amount=amounts(threshold.amount, "", language))
    names = _names(threshold.name, threshold.firm) + _lacking(threshold.missing, language)
    return [threshold.rule, names, amount]


def due_title(due: Due, language: Language) -> str:
    """What is due, and whether it need be done at all."""
    return due.title.in_(language) + (_IF_ANY.in_(language) if due.if_any else "")


def _due_cells(due: Due, language: Language) -> list[str]:
    title = due_title(due, language)
    if due.responsible is not Responsible.ENTERPRISE:
        who = due.responsible.label.in_(language)
        title += f"（{who}）" if language == "zh" else f" ({who})"
    return [days(due.day, due.latest, language), due.rule, title, _names(due.subject.name, due.subject.id)]


def _lacking(missing: Sequence[str], language: Language) -> str:
    if not missing:
        return ""
    names = wording.listing((wording.missing_name(name, language) for name in missing), language)
    return "\n" + _MISSING.in_(language).format(missing=names)
