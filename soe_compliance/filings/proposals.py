"""What somebody supposes of a filing, in words of the command line: one guarantee more, or another value.

    GUARANTOR,BENEFICIARY,AMOUNT[,DEBT_BALANCE[,DEBT_ID]]    a guarantee signed at the reference date
    FIELD:CODE=VALUE                                         a field of financials at the latest year end
    TABLE.FIELD:ID=VALUE                                     a field of any row, by what names the row

Firms are given by code or by name, amounts in the filing's unit where they name none; an empty value is blank.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.text import Text
from soe_compliance.filings.batch import Batch, batch_of
from soe_compliance.filings.changes import Change, NewValue, row_names
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.filing import FEN_PER_UNIT, Filing
from soe_compliance.filings.tables import HEADER, TABLES, FieldOfForm, TableOfForms
from soe_compliance.filings.values import (
    EXPECTED,
    PARSERS,
    BadCell,
    choice_of,
    choices_of,
    code_of,
    money_of,
    text_of,
)

_LISTED = 12
_FINANCIALS = "financials"
_PARTS_OF_A_GUARANTEE = (3, 5)
_NAMES = (
    ("entities", "code", "name"),
    ("holdings", "holder_code", "holder_name"),
    ("holdings", "investee_code", "investee_name"),
    ("guarantees", "guarantor_code", "guarantor_name"),
    ("guarantees", "beneficiary_code", "beneficiary_name"),
)
"""Where codes and names of firms stand side by side; the list of firms comes first."""


def proposed_guarantee(filing: Filing, text: str) -> Change:
    """A guarantee as a row: no licensed business, in force, of which nothing else is stated.

    Raises:
        UserError: it is not of the form, names a firm that the filing does not, or its amount is none.
    """
    parts = [part.strip() for part in text.split(",")]
    least, most = _PARTS_OF_A_GUARANTEE
    if not least <= len(parts) <= most:
        raise UserError(
            Text(
                f"{text}应写作 担保人,被担保人,金额[,主债务余额[,主债务合同编号]]，金额中不加千分位逗号",
                f"write {text} as GUARANTOR,BENEFICIARY,AMOUNT[,DEBT_BALANCE[,DEBT_ID]], amounts without separators",
            ),
            place="--add-guarantee",
        )
    guarantor, beneficiary, amount, debt_balance, debt_id = [*parts, "", ""][:most]
    batch, form = batch_of([filing]), TABLES["guarantees"]
    value = _amount(filing, form, "balance", amount)
    own, row_id = _new_row(filing, batch, form.key)
    row: dict[str, NewValue] = {
        **own,
        "guarantor_code": firm_named(batch, guarantor),
        "beneficiary_code": firm_named(batch, beneficiary, anywhere=True),
        "amount": value,
        "signed_on": filing.reference_date,
        "licensed_business": False,
    }
    if debt_balance:
        row["debt_balance"] = _amount(filing, form, "debt_balance", debt_balance)
    if debt_id:
        row["debt_id"] = debt_id
    return Change(form.key, row_id, "balance", value, row)


def _new_row(filing: Filing, batch: Batch, table: str) -> tuple[dict[str, NewValue], str]:
    """What a row behind the others is called; its id is stated where a row is called by that place already."""
    raw, names = filing.tables.get(table), row_names(batch, table)
    place = first = len(raw.rows) + 1 if raw else 1
    while f"#{place}" in names:
        place += 1
    row_id = f"#{place}"
    return ({} if place == first else {"id": row_id}), row_id


def proposed_value(filing: Filing, text: str) -> Change:
    """Another value for a cell of the filing; financials of the latest year end may be added.

    Raises:
        UserError: it is not of the form, or there is no such table, field or row, or the value can't be read.
    """
    left, equals, value = text.partition("=")
    name, colon, row = (part.strip() for part in left.partition(":"))
    if not (equals and colon and name and row):
        raise UserError(
            Text(
                f"{text}应写作 字段:代码=值 或 表.字段:编号=值",
                f"write {text} as FIELD:CODE=VALUE or TABLE.FIELD:ID=VALUE",
            ),
            place="--set",
        )
    batch = batch_of([filing])
    table, dot, field = name.rpartition(".")
    if not dot:
        form = TABLES[_FINANCIALS]
        changed = _field(form, field)
        code, year = firm_named(batch, row), int(batch.latest_year_end[0])
        key = form.row_name.format(code=code, year=year)
        return Change(form.key, key, field, _value(filing, changed, value), {"code": code, "year": str(year)})
    found = TABLES.get(table)
    if found is None or table == HEADER:
        known = [key for key in TABLES if key != HEADER]
        raise _unknown(Text("没有表", "there is no table"), table, known, len(known))
    changed = _field(found, field)
    names = row_names(batch, table)
    named = next((one for one in (text_of(row), _as_code(row)) if one in names), None)
    if named is None:
        raise _unknown(Text(f"“{found.title}”中没有", f"{table} has no row"), row, names)
    return Change(table, named, field, _value(filing, changed, value))


def _field(form: TableOfForms, field: str) -> FieldOfForm:
    """A field that may be changed: not one that names the row."""
    free = [key for key in form.fields if key not in form.key_fields]
    if field not in free:
        raise _unknown(
            Text(f"“{form.title}”没有可改的字段", f"{form.key} has no field to be set"),
            field,
            free,
            len(free),
        )
    return form.fields[field]


def _as_code(text: str) -> str:
    """A text as codes are compared; what can't be read as one is no code that a filing has."""
    try:
        return code_of(text)
    except BadCell:
        return ""


def firm_named(batch: Batch, text: str, *, anywhere: bool = False) -> str:
    """The code of a firm, given by code or name: one of the entities, or one that the filing names anywhere.

    Raises:
        UserError: there is none of this code or name.
    """
    names = _names(batch, _NAMES[:1])
    by_name = _codes_of(names, text)
    if anywhere:
        names = dict.fromkeys(batch.firm_codes, "") | _names(batch, _NAMES[1:]) | names
        by_name = by_name or _codes_of(names, text)
    if (code := _as_code(text)) in names:
        return code
    if len(by_name) == 1:
        return by_name[0]
    known = [f"{name}（{code}）" if name else code for code, name in names.items()]
    where = Text("填报中没有企业", "the filing has no firm")
    if not anywhere:
        where = Text(f"“{TABLES['entities'].title}”中没有企业", "entities have no firm")
    raise _unknown(where, text, known)


def _names(batch: Batch, columns: Sequence[tuple[str, str, str]]) -> dict[str, str]:
    """The name of each firm by its code, of several the last; one that can't be read is none."""
    found = {}
    for table, code, name in columns:
        for row in range(len(batch.tables[table].filing)):
            try:
                said = text_of(batch.cell(table, row, name))
            except BadCell:
                continue
            if said:
                found[batch.text(table, row, code)] = said
    return found


def _codes_of(names: Mapping[str, str], text: str) -> Sequence[str]:
    return [code for code, name in names.items() if name and name == text_of(text)]


def _amount(filing: Filing, form: TableOfForms, field: str, text: str) -> Fraction:
    value = _value(filing, form.fields[field], text)
    if not isinstance(value, Fraction) or value <= 0:
        raise UserError(
            Text(f"{text or '空白'}不是大于零的金额", f"{text or 'blank'} is no amount above 0"),
            place=form.fields[field].header,
        )
    return value


def _value(filing: Filing, field: FieldOfForm, text: str) -> NewValue:
    """A value as a cell states it, an amount as a number in the filing's unit."""
    if not text.strip():
        return None
    try:
        if field.type is FieldType.MONEY:
            amount = money_of(text)
            if amount is None:
                return None
            usual = FEN_PER_UNIT[filing.unit]
            return Fraction(amount.number) * Fraction(amount.fen or usual, usual)
        if field.choices is not None:
            (choices_of if field.type is FieldType.CHOICES else choice_of)(text, field.choices)
        else:
            PARSERS[field.type](text)
    except BadCell:
        expected = EXPECTED[field.type]
        choices = field.choices or ()
        listed = f"：{'、'.join(choice.label for choice in choices)}" if choices else ""
        listed_en = f": {', '.join(choice.value for choice in choices)}" if choices else ""
        raise UserError(
            Text(f"{text}不是{expected.zh}{listed}", f"{text} is not {expected.en}{listed_en}"),
            place=field.header,
        ) from None
    return text


def _unknown(what: Text, name: str, known: list[str], most: int = _LISTED) -> UserError:
    """That something is not there, and what is."""
    more = len(known) - most
    zh, en = "、".join(known[:most]), ", ".join(known[:most])
    if more > 0:
        zh, en = f"{zh}等{len(known)}个", f"{en} and {more} more"
    return UserError(
        Text(f"{what.zh}{name}", f"{what.en} {name}"),
        remedy=Text(f"现有{zh or '无'}", f"there are {en or 'none'}"),
    )
