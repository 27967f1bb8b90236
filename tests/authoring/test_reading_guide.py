"""The guide to reading lists every problem and every limit, and what it gives as examples is read."""

import pytest
from msgspec.structs import asdict

from soe_compliance.authoring import reading_guide as guide
from soe_compliance.domain.text import Language
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.problems import CATALOGUE
from soe_compliance.filings.tables import TABLES
from soe_compliance.filings.values import reader


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_is_listed(language: Language) -> None:
    text = guide.reading_guide(language)
    for code in CATALOGUE:
        assert f"| `{code}` |" in text
    for name, most in asdict(Limits()).items():
        assert f"| `{name}` |" in text
        assert f"| {most:,} |" in text
    for form in TABLES.values():
        assert all(name in text for name in form.also)


@pytest.mark.parametrize("kind", guide._EXAMPLES)
def test_the_examples_are_read(kind: FieldType) -> None:
    _, examples = guide._EXAMPLES[kind]
    for text in examples.split():
        if text != "日期单元格":
            assert reader(kind, None)(text)[0] is not None, text
