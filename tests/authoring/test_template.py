"""The forms as a workbook: the reader takes what they offer, and they come back as they were filled in."""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from soe_compliance.api import check
from soe_compliance.authoring.template import all_forms, example_filing, forms_of, template
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Language
from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.filing import Filing, Unreadable
from soe_compliance.filings.guide import GUIDE_SHEET, listed_values
from soe_compliance.filings.header_rows import find_header
from soe_compliance.filings.tables import HEADER, TABLES, FieldOfForm, TableOfForms
from soe_compliance.filings.values import PARSERS, choice_of, choices_of
from soe_compliance.law.loading import ruleset_ids
from soe_compliance.law.reads import ANSWERS, needed_tables
from tests.authoring.shipped import resolved
from tests.filings.filed import codes, read_bytes, read_json, read_one, refused

HEADER_ROW, FIRST_ROW = 3, 4
DATA_TABLES = [key for key in TABLES if key != HEADER]
FIELDS = [(form, field) for form in TABLES.values() for field in form.fields.values()]
WITH_LISTS = [
    (form, field) for form, field in FIELDS if listed_values(field) and field.type is not FieldType.CHOICES
]


@lru_cache
def blank(language: Language = "zh") -> bytes:
    return template(all_forms([resolved(name, {}) for name in ruleset_ids()]), None, language)


@lru_cache
def filled(ruleset: str | None = None, language: Language = "zh") -> bytes:
    forms = forms_of(resolved(ruleset, {})) if ruleset else all_forms([resolved("xingan-2023", {})])
    return template(forms, example_filing(), language)


@lru_cache
def opened(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data), rich_text=False)


def sheet_of(form: TableOfForms, data: bytes | None = None) -> Worksheet:
    sheet = opened(data or blank())[form.title]
    assert isinstance(sheet, Worksheet)
    return sheet


def input_cell(form: TableOfForms, field: FieldOfForm) -> str:
    """The first cell that a field is filled in in."""
    place = list(form.fields).index(field.key)
    sheet = sheet_of(form)
    return f"B{FIRST_ROW + place}" if form.key == HEADER else sheet.cell(FIRST_ROW, place + 1).coordinate


def validation_of(form: TableOfForms, field: FieldOfForm) -> DataValidation:
    cell = input_cell(form, field)
    validations: list[DataValidation] = list(sheet_of(form).data_validations.dataValidation)
    [found] = [validation for validation in validations if cell in validation.sqref]
    return found


def offered(validation: DataValidation) -> list[str]:
    return str(validation.formula1).strip('"').split(",")


def parsed(field: FieldOfForm, text: str) -> object:
    if field.choices is None:
        return PARSERS[field.type](text)
    return choice_of(text, field.choices)


def named(fields: list[tuple[TableOfForms, FieldOfForm]]) -> list[str]:
    return [f"{form.key}.{field.key}" for form, field in fields]


# what the reader makes of it


@pytest.mark.parametrize(("form", "field"), WITH_LISTS, ids=named(WITH_LISTS))
def test_the_reader_reads_every_offered_value(form: TableOfForms, field: FieldOfForm) -> None:
    values = offered(validation_of(form, field))
    read = [parsed(field, value) for value in values]
    assert None not in read
    assert len(set(read)) == len(values)
    if field.choices is not None:
        assert len(values) == len(field.choices)


def test_every_listed_document_can_be_written_in_one_cell() -> None:
    field = TABLES["approvals"].fields["documents"]
    assert field.choices is not None
    together = "、".join(listed_values(field))
    assert choices_of(together, field.choices) == 2 ** len(field.choices) - 1


@pytest.mark.parametrize("key", DATA_TABLES)
def test_every_header_is_found(key: str) -> None:
    rows = [[cell or "" for cell in row] for row in sheet_of(TABLES[key]).iter_rows(values_only=True)]
    header = find_header(rows, TABLES[key])
    assert header is not None
    assert header.last == HEADER_ROW - 1
    assert [heading.field.key for heading in header.columns.values()] == list(TABLES[key].fields)
    assert not header.unknown
    assert not header.repeated


@pytest.mark.parametrize("language", ["zh", "en"])
def test_blank_forms_are_named_as_such(language: Language, tmp_path: Path) -> None:
    assert refused(tmp_path, blank(language)) == ["form-unfilled"]


@pytest.mark.parametrize("name", ruleset_ids())
def test_blank_forms_of_one_ruleset_are_named_as_such(name: str, tmp_path: Path) -> None:
    assert refused(tmp_path, template(forms_of(resolved(name, {})))) == ["form-unfilled"]


def test_forms_with_a_first_row_are_no_blank_ones(tmp_path: Path) -> None:
    book = load_workbook(BytesIO(blank()))
    book[TABLES["entities"].title]["A4"] = "X"
    target = BytesIO()
    book.save(target)
    assert set(refused(tmp_path, target.getvalue())) == {"header-missing"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_example_reads_back_without_a_problem(language: Language, tmp_path: Path) -> None:
    filing = read_one(tmp_path, filled(language=language))
    assert codes(filing) == []
    assert [list(problems) for problems in batch_of([filing]).problems] == [[]]


def columns_of(filing: Filing | Unreadable) -> dict[str, Any]:
    assert isinstance(filing, Filing)
    batch = batch_of([filing])
    found: dict[str, Any] = {}
    for key, table in batch.tables.items():
        for name, column in table.columns.items():
            values = np.where(column.stated, column.values, 0).tolist()
            found[f"{key}.{name}"] = list(zip(column.stated.tolist(), values, strict=True))
    return found


def test_the_example_comes_back_as_it_was_written(tmp_path: Path) -> None:
    [from_workbook] = read_bytes(tmp_path, filled())
    [from_json] = read_json(tmp_path, example_filing())
    assert isinstance(from_workbook, Filing)
    assert isinstance(from_json, Filing)
    assert columns_of(from_workbook) == columns_of(from_json)
    for name in (
        "id",
        "group_code",
        "group_name",
        "year",
        "reference_date",
        "filed_on",
        "jurisdiction",
        "unit",
    ):
        assert getattr(from_workbook, name) == getattr(from_json, name)
    rows = {key: len(table.rows) for key, table in from_workbook.tables.items()}
    assert rows == {key: len(value) for key, value in example_filing().items() if key != HEADER}


@pytest.mark.parametrize("name", ruleset_ids())
@pytest.mark.parametrize("as_of", [date(2024, 4, 15), date(2026, 11, 23)], ids=str)
def test_the_example_breaches_nothing(name: str, as_of: date, tmp_path: Path) -> None:
    path = tmp_path / "example.xlsx"
    path.write_bytes(filled())
    report = check(str(path), ruleset=name, as_of=as_of, show=["pass"])
    outcomes = {finding.outcome for finding in report.findings}
    assert not outcomes & {Outcome.FAIL, Outcome.PENDING, Outcome.WAIVED}
    if as_of.year == 2024:
        assert Outcome.UNKNOWN not in outcomes


def test_the_example_shows_every_table_that_findings_do_not_fill() -> None:
    assert {key for key, rows in example_filing().items() if rows} == TABLES.keys() - set(ANSWERS)


def test_the_example_is_a_filing_by_the_schema() -> None:
    from jsonschema import Draft202012Validator

    from soe_compliance.filings.schema import filing_schema

    Draft202012Validator(filing_schema()).validate(json.loads(json.dumps(example_filing())))


# what it offers to those who fill it in


def test_the_sheets_stand_in_order() -> None:
    assert opened(blank()).sheetnames == [GUIDE_SHEET, *(form.title for form in TABLES.values())]


@pytest.mark.parametrize(("form", "field"), FIELDS, ids=named(FIELDS))
def test_every_field_is_editable_and_says_how_it_is_filled_in(form: TableOfForms, field: FieldOfForm) -> None:
    cell = sheet_of(form)[input_cell(form, field)]
    assert not cell.protection.locked
    validation = validation_of(form, field)
    assert validation.promptTitle == field.header
    assert validation.prompt
    assert not validation.prompt.endswith("…")
    if field.type in (FieldType.FIRM, FieldType.PROJECT, FieldType.ID, FieldType.TEXT):
        assert cell.number_format == "@"
    if field.type is FieldType.RATIO:
        assert cell.number_format.endswith("%")


@pytest.mark.parametrize("form", TABLES.values(), ids=TABLES)
def test_headers_are_locked_and_rows_may_be_inserted(form: TableOfForms) -> None:
    sheet = sheet_of(form)
    protection = sheet.protection
    assert protection.sheet
    assert protection.password is None
    # In the file a 1 means that it is locked.
    free = ("insertRows", "deleteRows", "formatColumns", "sort", "autoFilter")
    assert not any(getattr(protection, name) for name in free)
    assert all(cell.protection.locked for cell in sheet[HEADER_ROW])
    assert sheet.freeze_panes is not None


@pytest.mark.parametrize("key", DATA_TABLES)
def test_below_the_prepared_rows_columns_stay_editable(key: str) -> None:
    sheet = sheet_of(TABLES[key])
    widths = [dimension for _, dimension in sorted(sheet.column_dimensions.items())]
    assert widths
    assert not any(dimension.protection.locked for dimension in widths)


@pytest.mark.parametrize("form", TABLES.values(), ids=TABLES)
def test_it_prints_on_landscape_a4_one_page_wide(form: TableOfForms) -> None:
    sheet = sheet_of(form)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    if form.key != HEADER:
        assert sheet.print_title_rows == "$1:$3"


@pytest.mark.parametrize("form", TABLES.values(), ids=TABLES)
def test_required_fields_and_no_others_are_marked(form: TableOfForms) -> None:
    sheet = sheet_of(form)
    texts = (
        [str(row[0].value) for row in sheet.iter_rows(min_row=FIRST_ROW, max_col=1)]
        if form.key == HEADER
        else [str(cell.value) for cell in sheet[HEADER_ROW]]
    )
    for text, field in zip(texts, form.fields.values(), strict=True):
        assert text == ("*" if field.required else "") + field.header


@pytest.mark.parametrize("form", TABLES.values(), ids=TABLES)
def test_no_header_is_cut(form: TableOfForms) -> None:
    if form.key == HEADER:
        return
    sheet = sheet_of(form)
    height = sheet.row_dimensions[HEADER_ROW].height
    assert height is not None
    for cell in sheet[HEADER_ROW]:
        assert cell.column is not None
        width = sheet.column_dimensions[get_column_letter(cell.column)].width
        lines = -(-2 * len(str(cell.value)) // int(width - 2))
        assert lines * 13 <= height


def test_the_same_forms_give_the_same_bytes() -> None:
    assert template(all_forms([]), example_filing()) == template(all_forms([]), example_filing())


# what one ruleset needs


def shown(data: bytes) -> Mapping[str, list[str]]:
    """The headers of each table."""
    titles = {form.title: key for key, form in TABLES.items()}
    return {
        titles[sheet.title]: [str(cell.value).removeprefix("*") for cell in sheet[HEADER_ROW] if cell.value]
        for sheet in opened(data).worksheets
        if sheet.title in titles and titles[sheet.title] != HEADER
    }


@pytest.mark.parametrize("name", ruleset_ids())
def test_a_ruleset_gets_what_it_needs(name: str) -> None:
    ruleset = resolved(name, {})
    data = template(forms_of(ruleset))
    tables = shown(data)
    needed = needed_tables(ruleset)
    assert set(tables) == needed.keys() | set(ANSWERS)
    for key, fields in needed.items():
        form = TABLES[key]
        wanted = fields | set(form.key_fields) | {field.key for field in form.required}
        assert {form.fields[field].header for field in wanted} <= set(tables[key])


def test_a_ruleset_on_guarantees_does_not_ask_for_the_rest() -> None:
    tables = shown(template(forms_of(resolved("guangzhou-guarantee-2016", {}))))
    assert "projects" not in tables
    assert "是否具备偿债能力" not in tables["entities"]
    assert "经营活动现金流量净额" not in tables["financials"]
    assert {"担保人名称", "被担保人名称"} <= set(tables["guarantees"])


@pytest.mark.parametrize("name", ruleset_ids())
def test_the_cut_forms_serve_the_ruleset_as_the_whole_ones_do(name: str, tmp_path: Path) -> None:
    """What is cut away turns no verdict."""
    outcomes = []
    for file, data in (("cut.xlsx", filled(name)), ("whole.xlsx", filled())):
        path = tmp_path / file
        path.write_bytes(data)
        report = check(str(path), ruleset=name, as_of=date(2024, 4, 15), show=["pass", "not_applicable"])
        outcomes.append({(f.rule, f.subject.id): f.outcome for f in report.findings})
    assert outcomes[0] == outcomes[1]


@pytest.mark.parametrize("form", TABLES.values(), ids=TABLES)
def test_every_row_that_is_filled_in_is_printed_and_no_text_beside_the_columns(form: TableOfForms) -> None:
    sheet = sheet_of(form)
    if form.key != HEADER:
        assert not sheet.print_area
    [purpose] = [str(merged) for merged in sheet.merged_cells.ranges if merged.min_row == 2]
    assert purpose == f"A2:{get_column_letter(sheet.max_column)}2"
    assert sheet["A2"].alignment.wrap_text
