"""What pictures and their tables say of entities, stakes and guarantees."""

from collections.abc import Sequence

from soe_compliance.domain.amounts import amount_in_words, percent_in_words
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.exhibits import ShownEntity, ShownGuarantees, ShownHolding
from soe_compliance.domain.text import Language, Text
from soe_compliance.report.pictures.marks import Mark
from soe_compliance.report.safe import visible

UNKNOWN_RATIO = Text("比例不详", "share not known")
_VOTES = Text("{ratio}（表决权{voting}）", "{ratio} (votes {voting})")
_LEVEL = Text("管理级次{level}", "level {level}")
_NOT_LISTED = Text("未列入企业名录", "not listed")
_COUNT = Text("（{count}笔）", " ({count} guarantees)")
_NOT_IN_FORCE = Text("不在有效期：", "not in force: ")
BREACH, WARNING = "✕", "！"


def entity_line(entity: ShownEntity, language: Language) -> str:
    """Where an entity stands, and its level."""
    parts = [entity.standing.label.in_(language)]
    if entity.level is not None:
        parts.append(_LEVEL.in_(language).format(level=entity.level))
    if not entity.listed:
        parts.append(_NOT_LISTED.in_(language))
    return " · ".join(parts)


def entity_name(entity: ShownEntity) -> str:
    return visible(entity.name) or visible(entity.code)


def holding_label(holding: ShownHolding, language: Language) -> str:
    """The share of a stake, with that of the votes where it is another."""
    ratio, voting = holding.ratio, holding.voting
    shown = UNKNOWN_RATIO if ratio is None else percent_in_words(Interval(ratio, ratio))
    if voting is not None and voting != ratio:
        shown = _VOTES.format(ratio=shown, voting=percent_in_words(Interval(voting, voting)))
    return shown.in_(language)


def edge_label(edge: ShownHolding | ShownGuarantees, language: Language) -> str:
    """The share of a stake, or the sum of some guarantees."""
    if isinstance(edge, ShownHolding):
        return holding_label(edge, language)
    return guarantees_label(edge, language)


def guarantees_label(guarantees: ShownGuarantees, language: Language) -> str:
    """The sum of some guarantees, how many they are, and that they are not in force where so."""
    shown = amount_in_words(guarantees.balance, guarantees.unit).in_(language)
    if len(guarantees.rows) > 1:
        shown += _COUNT.in_(language).format(count=len(guarantees.rows))
    return shown if guarantees.in_force else _NOT_IN_FORCE.in_(language) + shown


def marks_label(marks: Sequence[Mark]) -> str:
    """The rules that are broken, behind a cross, or an exclamation mark where all are warning signs."""
    if not marks:
        return ""
    sign = BREACH if any(mark.is_breach for mark in marks) else WARNING
    return sign + " ".join(mark.rule for mark in marks)
