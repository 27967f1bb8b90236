"""A check that is not refused can be made: whatever tables and fields it names, no filing makes it fail."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise, product
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from soe_compliance.authoring.template import example_filing
from soe_compliance.domain.errors import UserError
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.workdays import official_calendar
from soe_compliance.engine import Options, evaluate
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.reading import read_document
from soe_compliance.filings.tables import TABLES
from soe_compliance.law.documents import Document
from soe_compliance.law.kinds import AnyKind, Kind
from soe_compliance.law.loading import load_ruleset
from soe_compliance.law.named_fields import check_fields_of_rule

KIND: TypeAdapter[Kind] = TypeAdapter(AnyKind)
EVERY = [(table, field) for table, form in TABLES.items() for field in form.fields]
CODE = "INV101"


def _of_rows(kind: str, key: str, **more: Any) -> Iterator[dict[str, Any]]:
    return ({"kind": kind, "rows": {"table": table}, key: field, **more} for table, field in EVERY)


def _of_pairs(kind: str, one: str, other: str) -> Iterator[dict[str, Any]]:
    for table, form in TABLES.items():
        for first, second in pairwise(form.fields):
            yield {"kind": kind, "rows": {"table": table}, one: first, other: second}


def _written() -> Iterator[dict[str, Any]]:
    yield from _of_rows("flag", "flag", must_be=False)
    yield from _of_rows("project_flag", "flag", must_be=True)
    yield from _of_rows("dated_by", "dated", due="annual_plan")
    yield from _of_rows("filed_by", "dated", due="annual_plan", subject="x")
    yield from _of_rows("count", "dated", at_most=0, subject="x")
    yield from _of_rows("attached", "flag", due="quarterly")
    yield from _of_rows("attached", "flag", due="annual_plan")
    yield from _of_pairs("field_limit", "value", "limit")
    yield from _of_pairs("in_order", "first", "then")
    for table in TABLES:
        yield {"kind": "unique_key", "tables": [table]}
        yield {"kind": "documents", "rows": {"table": table}, "category": "large"} | {
            "required": ["resolution"],
            "for_kind": {},
        }
        yield {"kind": "working_days", "rows": {"table": table}, "within": 20} | {
            "only_category": None,
            "older_before": "2023-05-01",
        }
        for per in ("group", "project"):
            yield {"kind": "report_series", "table": table, "per": per, "dated": "submitted_on"}
    for (table, field), to in product(EVERY, TABLES):
        yield {"kind": "references", "fields": [{"table": table, "field": field, "to": to}]}
    for of in ("guarantees", "holdings"):
        yield {"kind": "cycles", "of": of}
        yield {"kind": "cycles", "of": of, "select": {}}


def _loaded() -> Iterator[Kind]:
    for written in _written():
        try:
            check = KIND.validate_python(written)
            check_fields_of_rule(check, Document("rule.yaml", {}, {}))
        except (ValidationError, UserError):
            continue
        yield check


@pytest.fixture(scope="module")
def filing() -> Filing:
    [read] = read_document(example_filing(), "example.json", "")
    assert isinstance(read, Filing)
    return read


def test_a_check_that_loads_can_be_made(filing: Filing) -> None:
    ruleset, calendar = load_ruleset(), official_calendar()
    options = Options(date(2024, 4, 15), (CODE,), tuple(Outcome))
    made = list(_loaded())
    for check in made:
        rule = ruleset.rules[CODE].model_copy(update={"check": check})
        altered = ruleset.model_copy(update={"rules": {CODE: rule}})
        [checked] = evaluate([filing], altered, calendar, options)
        for finding in checked.findings:
            assert finding.details.subject.table, check
    assert {check.kind for check in made if hasattr(check, "kind")} >= {"flag", "documents", "references"}
    assert len(made) > 150
