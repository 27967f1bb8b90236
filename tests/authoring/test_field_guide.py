"""The field guide names every table and field."""

import pytest

from soe_compliance.authoring.field_guide import field_guide
from soe_compliance.domain.text import Language
from soe_compliance.filings.tables import TABLES


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_field_has_its_line(language: Language) -> None:
    sections = field_guide(language).split("\n## ")[2:]
    assert len(sections) == len(TABLES)
    for section, form in zip(sections, TABLES.values(), strict=True):
        title, *lines = section.splitlines()
        assert title == f"{form.title} `{form.key}`"
        rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("|")][2:]
        assert [row[0] for row in rows] == [field.header for field in form.fields.values()]
        assert [row[1] for row in rows] == [f"`{key}`" for key in form.fields]


def test_listed_values_come_with_their_keys() -> None:
    assert "同意 (`approved`)" in field_guide("zh")
