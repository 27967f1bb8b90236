"""From a finding to sentences: the rule's own texts with the facts of the finding, else the common wording."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from functools import lru_cache
from string import Formatter
from typing import Protocol

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.finding import (
    CellValue,
    Cure,
    Explanation,
    Finding,
    Measured,
    MeasuredAmount,
    MeasuredCount,
    MeasuredDay,
    Waiver,
)
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Language, Text, days_in_words
from soe_compliance.filings.cell_text import is_stated
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.guide import QUARTERS
from soe_compliance.filings.tables import TABLES
from soe_compliance.filings.values import BadCell, money_of
from soe_compliance.law.model import Bilingual, Rule, Ruleset
from soe_compliance.report.numbers import amounts, days
from soe_compliance.report.places import first_of
from soe_compliance.report.safe import visible


class MissingPlaceholderError(UserError):
    """A text of a rule names what the finding does not give: who wrote the ruleset can mend it."""


_COMMON = {
    Outcome.PENDING: Text("尚未到期或正在办理：{title}", "Not due yet or under way: {title}"),
    Outcome.UNKNOWN: Text("不能判定：{title}", "Can't be decided: {title}"),
    Outcome.PASS: Text("符合：{title}", "Complied with: {title}"),
    Outcome.NOT_APPLICABLE: Text("不适用：{title}", "Not applicable: {title}"),
}
_COMMON_REMEDY = {
    Outcome.PENDING: Text(
        "请按期办理，办结或作出决定后补充填报",
        "See to it in time, and state it in the filing once it is done or decided",
    ),
    Outcome.UNKNOWN: Text(
        "请核实并补充填报后重新检查", "Check what is not certain, complete the filing and check it again"
    ),
}
_FILL_IN = Text("请补填{missing}后重新检查", "Fill in {missing} and check again")
_MOST_PLACES = 3
_WITH_PLACES = Text("{name}（{places}）", "{name} ({places})")
_MISSING = Text("缺少：{missing}", "missing: {missing}")
_WAIVED = Text("已获例外批准{approval_no}{more}", "excused by approval {approval_no}{more}")
_WAIVED_BY_REVIEWER = Text("审核人员已豁免：{reason}{more}", "waived by the reviewer: {reason}{more}")
_SENSITIVE = Text(
    "此结论取决于解释选项{readings}，改用另一种解释结论不同",
    "the verdict hangs on {readings}: another reading changes it",
)
_CURE = Text(
    "按现有数据，{cell}由{from_}变为{to}即符合",
    "as the data stand, it complies once {cell} goes from {from_} to {to}",
)
_CURE_BY_ROW = Text(
    "按现有数据，在“{table}”中有一行（{row}）{field}为{to}即符合",
    "as the data stand, it complies with a row of {table} ({row}) whose {field} is {to}",
)
_CURE_BY_MORE = Text(
    "按现有数据，{cell}增加{added}即符合", "as the data stand, it complies once {cell} lists {added} too"
)
_CELL = Text("{location}（{id}的{field}）", "{location} ({field} of {id})")
_BY_DAY = Text("{day}或之前", "{day} or earlier")
_BLANK = Text("空白", "blank")
_FLAG = {True: Text("是", "yes"), False: Text("否", "no")}
_APPROVER = Text("批准机关{approver}", "by {approver}")
_EXPIRES = Text("有效期至{day}", "until {day}")


def message(finding: Finding, ruleset: Ruleset, language: Language) -> str:
    """What was found, in one sentence: the verdict, why it is not certain, and what is missing.

    Raises:
        MissingPlaceholderError: the rule's text names what the finding does not give.
    """
    rule = ruleset.rules[finding.rule]
    template = _template(rule, finding.outcome)
    if template is None:
        title = rule.title.text.in_(language)
        parts = [_COMMON[finding.outcome].in_(language).format(title=title)]
    else:
        parts = [_filled(template, finding, language)]
    if finding.waiver is not None:
        parts.append(_excused(finding.waiver, language))
    parts.extend(visible(reason.in_(language)) for reason in finding.details.reasons)
    if finding.details.missing:
        names = listing((missing_name(name, language) for name in finding.details.missing), language)
        parts.append(_MISSING.in_(language).format(missing=names))
    if finding.sensitive_to:
        parts.append(_hangs_on(finding, ruleset, language))
    return _sentence(parts, language)


def _hangs_on(finding: Finding, ruleset: Ruleset, language: Language) -> str:
    named = (
        f"{ruleset.interpretations[key].title.text.in_(language)}（{key}）"
        if language == "zh"
        else f"{ruleset.interpretations[key].title.text.in_(language)} ({key})"
        for key in finding.sensitive_to
    )
    return _SENSITIVE.in_(language).format(readings=listing(named, language))


def explanation(said: Explanation, language: Language) -> str:
    """What the filer says of a finding, with who said it and when."""
    who = " ".join(
        visible(part) for part in (said.by, said.written_on and said.written_on.isoformat()) if part
    )
    if not who:
        return visible(said.text)
    return visible(said.text) + (f"（{who}）" if language == "zh" else f" ({who})")


def remedy(finding: Finding, ruleset: Ruleset, language: Language) -> str:
    """What to do about it; nothing where the rule is complied with.

    The rule's own remedy is for a breach; what is not decided wants data, and what is pending wants doing. Where one
    change cures, it is said too.

    Raises:
        MissingPlaceholderError: the rule's remedy names what the finding does not give.
    """
    if finding.outcome in (Outcome.FAIL, Outcome.WAIVED):
        own = _filled(ruleset.rules[finding.rule].remedy, finding, language)
        return _sentence([own, *_cured(finding, language)], language)
    if finding.outcome is Outcome.UNKNOWN and finding.details.missing:
        inputs = missing_inputs(finding.details.missing, finding.details.evidence, language)
        return _sentence([_FILL_IN.in_(language).format(missing=inputs)], language)
    common = _COMMON_REMEDY.get(finding.outcome)
    return _sentence([common.in_(language), *_cured(finding, language)], language) if common else ""


def _cured(finding: Finding, language: Language) -> list[str]:
    cure = finding.details.cure
    return [cure_in_words(cure, language)] if cure else []


def cure_in_words(cure: Cure, language: Language) -> str:
    """The cell that has to change, from what to what; or the row that is lacking."""
    value, before = cure.to.value, None if cure.from_ is None else cure.from_.value
    to = _said(cure, value, language)
    if isinstance(value, date):
        to = _BY_DAY.in_(language).format(day=to)
    field = field_name(cure.table, cure.field, language)
    if cure.row is not None:
        row = listing(
            (_row_cell(cure.table, key, cell, language) for key, cell in cure.row.items()), language
        )
        table = TABLES[cure.table].title if language == "zh" else cure.table
        return _CURE_BY_ROW.in_(language).format(table=table, row=row, field=field, to=to)
    cell = _CELL.in_(language).format(location=visible(cure.location), id=visible(cure.id), field=field)
    if isinstance(value, tuple) and isinstance(before, tuple):
        added = tuple(key for key in value if key not in before)
        return _CURE_BY_MORE.in_(language).format(cell=cell, added=_said(cure, added, language))
    from_ = _BLANK.in_(language) if before is None else _said(cure, before, language)
    return _CURE.in_(language).format(cell=cell, from_=from_, to=to)


def _row_cell(table: str, field: str, cell: str, language: Language) -> str:
    """A cell of a row that is lacking, as the forms offer it."""
    if language == "zh" and TABLES[table].fields[field].type is FieldType.QUARTER:
        return QUARTERS[int(cell) - 1]
    name, shown = field_name(table, field, language), visible(_listed_value(table, field, cell, language))
    return f"{name}{shown}" if language == "zh" else f"{name} {shown}"


def _said(cure: Cure, value: CellValue, language: Language) -> str:
    return cell_in_words(cure.table, cure.field, value, cure.unit, language)


def cell_in_words(table: str, field: str, value: CellValue, unit: str, language: Language) -> str:
    """What a cell says, as sentences name it; amounts are in the unit."""
    match value:
        case bool():
            return _FLAG[value].in_(language)
        case Fraction():
            return amounts(Interval(value, value), unit, language)
        case date():
            return value.isoformat()
        case tuple():
            return listing((_listed_value(table, field, key, language) for key in value), language)
        case str():
            return visible(_listed_value(table, field, value, language))


def _listed_value(table: str, field: str, key: str, language: Language) -> str:
    """A listed value in Chinese by its label; any other text as it is."""
    choices = TABLES[table].fields[field].choices
    if choices is None or language == "en":
        return key
    return next((choice.label for choice in choices if choice.value == key), key)


def missing_name(name: str, language: Language) -> str:
    """A blank input such as guarantees.balance, in Chinese by title and header: 担保台账·担保余额."""
    table, _, field = name.partition(".")
    form = TABLES.get(table)
    if language == "en" or form is None:
        return name
    return f"{form.title}·{form.fields[field].header}" if field in form.fields else form.title


def table_name(table: str | None, language: Language) -> str | None:
    """A table as people call it: in Chinese by its title."""
    form = TABLES.get(table or "")
    return form.title if form and language == "zh" else table


def field_name(table: str | None, field: str | None, language: Language) -> str:
    """A field as people call it: in Chinese by its header; empty where none is meant."""
    form = TABLES.get(table or "")
    known = form.fields.get(field or "") if form else None
    return known.header if known and language == "zh" else field or ""


class _Cell(Protocol):
    """A cell as a finding or the JSON of one holds it."""

    @property
    def table(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def location(self) -> str: ...


def missing_inputs(missing: Iterable[str], cells: Iterable[_Cell], language: Language) -> str:
    """Blank inputs in a row, each with the first of the cells that have to be filled in, or corrected."""
    blank: dict[str, dict[str, None]] = {}
    for cell in cells:
        if not is_stated(cell.value) or _is_negative(cell):
            blank.setdefault(f"{cell.table}.{cell.field}", {})[visible(cell.location)] = None
    named = []
    for name in missing:
        places = listing(first_of(list(blank.get(name, ())), language, _MOST_PLACES), language)
        about = visible(missing_name(name, language))
        named.append(_WITH_PLACES.in_(language).format(name=about, places=places) if places else about)
    return listing(named, language)


def _is_negative(cell: _Cell) -> bool:
    """Whether a cell states less than nothing where that can't be: it counts as blank."""
    form = TABLES.get(cell.table)
    field = form.fields.get(cell.field) if form else None
    if field is None or field.type is not FieldType.MONEY or field.may_be_negative:
        return False
    try:
        amount = money_of(cell.value)
    except BadCell:
        return False
    return amount is not None and amount.number < 0


def listing(names: Iterable[str], language: Language) -> str:
    """Names in a row."""
    return ("、" if language == "zh" else ", ").join(names)


def _template(rule: Rule, outcome: Outcome) -> Bilingual | None:
    return {
        Outcome.FAIL: rule.texts.fail,
        Outcome.WAIVED: rule.texts.fail,
        Outcome.PENDING: rule.texts.pending,
        Outcome.UNKNOWN: rule.texts.unknown,
    }.get(outcome)


def _filled(template: Bilingual, finding: Finding, language: Language) -> str:
    text = template.text.in_(language)
    names = _names(text)
    if not names:
        return _capital(text).format()
    values = placeholders(finding, language)
    for name in names:
        if name not in values:
            of, known = f"{finding.rule} ({finding.outcome.key}, {language})", sorted(values)
            raise MissingPlaceholderError(
                Text(
                    f"{of}的文字用到{{{name}}}，结论中没有这一项",
                    f"a text of {of} names {{{name}}}, which its findings don't give",
                ),
                remedy=Text(f"可用：{'、'.join(known)}", f"use one of {', '.join(known)}"),
            )
    return _capital(text).format_map(values)


@lru_cache(maxsize=1024)
def _names(text: str) -> tuple[str, ...]:
    """What a text names in braces."""
    return tuple(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def placeholders(finding: Finding, language: Language) -> dict[str, str]:
    """What the rule's texts may name: subject and name, the measured numbers, and the facts."""
    subject = finding.subject
    facts = {
        key: value.in_(language) if isinstance(value, Text) else value
        for key, value in finding.details.facts.items()
    }
    values = {
        "subject": subject.id,
        "name": subject.name or subject.id,
        **measured_values(finding.details.measured, language),
        **facts,
    }
    return {key: visible(value) for key, value in values.items()}


def measured_values(measured: Measured | None, language: Language) -> dict[str, str]:
    """The measured numbers as sentences name them; what is not known has no entry."""
    match measured:
        case MeasuredAmount(value, limit, unit):
            values = {
                "value": amounts(value, unit, language),
                "limit": amounts(limit, unit, language),
                "unit": unit,
            }
            excess = measured.excess
            if excess is not None:
                values["excess"] = amounts(Interval(excess, excess), unit, language)
            return values
        case MeasuredDay(day, due, due_high, days_late):
            values = {"due": days(due, due_high, language)}
            if day is not None:
                values["day"] = day.isoformat()
            if days_late is not None:
                values["days_late"] = str(days_late)
                values["delay"] = days_in_words(days_late).in_(language)
            return values
        case MeasuredCount(count, most):
            return {"value": str(count), "limit": str(most)}
        case None:
            return {}


def _excused(waiver: Waiver, language: Language) -> str:
    more = []
    if waiver.approver:
        more.append(_APPROVER.in_(language).format(approver=visible(waiver.approver)))
    if waiver.expires_on:
        more.append(_EXPIRES.in_(language).format(day=waiver.expires_on.isoformat()))
    if language == "zh":
        text = f"（{'，'.join(more)}）" if more else ""
    else:
        text = f" ({', '.join(more)})" if more else ""
    if waiver.approval_no is None:
        return _WAIVED_BY_REVIEWER.in_(language).format(reason=visible(waiver.reason or ""), more=text)
    return _WAIVED.in_(language).format(approval_no=visible(waiver.approval_no), more=text)


def _sentence(parts: list[str], language: Language) -> str:
    """The parts as one sentence with its full stop."""
    bare = [part.strip().rstrip("。；;.") for part in parts]
    separator, stop = ("；", "。") if language == "zh" else ("; ", ".")
    return separator.join(part for part in bare if part) + stop
