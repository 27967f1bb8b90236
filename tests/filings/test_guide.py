"""What is said of the forms covers the forms."""

import pytest

from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.guide import (
    GUIDE_SHEET,
    PURPOSES,
    QUARTERS,
    WRITING,
    listed_values,
    note,
    when_blank,
)
from soe_compliance.filings.tables import HEADER, TABLES
from soe_compliance.filings.values import quarter_of

FIELDS = [(form, field) for form in TABLES.values() for field in form.fields.values()]


def test_every_table_and_every_type_is_told_of() -> None:
    assert PURPOSES.keys() == TABLES.keys()
    assert WRITING.keys() == set(FieldType)


def test_what_the_forms_say_of_a_field_is_said_in_chinese_too() -> None:
    for form, field in FIELDS:
        said = note(form, field)
        english = {text.en for text in (said, when_blank(form, field)) if text}
        assert (field.description in english) == bool(field.description), f"{form.key}.{field.key}"


@pytest.mark.parametrize("key", TABLES)
def test_only_a_required_field_costs_its_row_or_the_filing(key: str) -> None:
    lost = {when_blank(TABLES[key], field).en for field in TABLES[key].required}
    others = {when_blank(TABLES[key], f).en for f in TABLES[key].fields.values() if not f.required}
    assert not lost & others
    assert any("filing" in text for text in lost) == (key == HEADER)


def test_quarters_are_listed_as_they_are_read() -> None:
    assert [quarter_of(text) for text in QUARTERS] == [1, 2, 3, 4]


def test_the_sheet_of_the_guide_is_no_table() -> None:
    assert GUIDE_SHEET not in {form.title for form in TABLES.values()}


def test_documents_are_listed_by_their_labels() -> None:
    assert "法律意见书" in listed_values(TABLES["approvals"].fields["documents"])
