"""A filing with a change says so to every reader, and the one that was read stays as it was."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from soe_compliance.api import read_filing
from soe_compliance.domain.errors import UserError
from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.changes import Change, NoSuchRow, changed, row_names
from soe_compliance.filings.filing import FEN_PER_UNIT, Filing
from soe_compliance.filings.proposals import proposed_guarantee, proposed_value
from soe_compliance.filings.tables import HEADER, TABLES
from tests.cli.filings import CHILD, CLEAN, PARENT
from tests.judging import filing_of
from tools.samples.__main__ import TARGET


def fen(filing: Filing, table: str, name: str, field: str) -> Any:
    batch = batch_of([filing])
    assert batch.problems == [()]
    row = row_names(batch, table).index(name)
    column = batch.tables[table].columns[field]
    return column.values[row] if column.stated[row] else None


def other_tables(filing: Filing, table: str) -> dict[str, Any]:
    return {key: raw for key, raw in filing.tables.items() if key != table}


def test_an_amount_is_in_the_filings_unit() -> None:
    before = filing_of(CLEAN)
    after = changed(before, Change("guarantees", "G1", "balance", Fraction("12.34")))
    assert fen(after, "guarantees", "G1", "balance") == 12_340_000
    assert fen(before, "guarantees", "G1", "balance") == 400_000_000
    assert other_tables(after, "guarantees") == other_tables(before, "guarantees")


@pytest.mark.parametrize("file", sorted(path.name for path in TARGET.glob("*.xlsx")))
def test_in_a_workbook_the_column_has_the_unit(file: str) -> None:
    """Also where a header names another unit than the filing's, and next to percentages."""
    before = read_filing(TARGET / file)
    known = fen(before, "guarantees", (name := row_names(batch_of([before]), "guarantees")[0]), "balance")
    in_unit = Fraction(int(known), FEN_PER_UNIT[before.unit])
    after = changed(
        before,
        Change("guarantees", name, "balance", in_unit + 1),
        Change("guarantees", name, "balance", in_unit),
    )
    assert fen(after, "guarantees", name, "balance") == known
    stake = row_names(batch_of([before]), "holdings")[0]
    share = changed(before, Change("holdings", stake, "ratio", Fraction("0.4")))
    assert fen(share, "holdings", stake, "ratio") == 4 * 10**11


def test_a_field_that_the_source_lacks_is_added() -> None:
    after = changed(filing_of(CLEAN), Change("guarantees", "G1", "released_on", date(2024, 2, 1)))
    assert fen(after, "guarantees", "G1", "released_on") == date(2024, 2, 1).toordinal()


def test_a_blank_is_not_stated() -> None:
    after = changed(filing_of(CLEAN), Change("guarantees", "G1", "balance", None))
    assert fen(after, "guarantees", "G1", "balance") is None


def test_a_row_is_put_behind_the_others_and_into_a_table_that_is_lacking() -> None:
    row = {"year": "2024", "quarter": "1"}
    change = Change("financing_reports", "2024Q1", "submitted_on", date(2024, 4, 30), row)
    after = changed(
        filing_of(CLEAN), change, Change("financing_reports", "2024Q1", "total_balance", Fraction(7))
    )
    assert fen(after, "financing_reports", "2024Q1", "total_balance") == 7_000_000
    assert batch_of([after]).place("financing_reports", 0, "submitted_on")


def test_an_added_row_bears_no_cell_of_what_stands_below_the_table() -> None:
    [source] = sorted(TARGET.glob("03-*.xlsx"))
    filing = read_filing(source)
    row: dict[str, Any] = {"guarantor_code": "X1", "beneficiary_code": "X2"}
    after = changed(
        filing, Change("guarantees", "N1", "id", "N1", row), Change("guarantees", "N2", "id", "N2", row)
    )
    batch = batch_of([after])
    places = [batch.place("guarantees", place, "balance") for place in range(len(batch.tables["guarantees"]))]
    assert places[-3:] == ["担保台账!K16", "/guarantees/+1/balance", "/guarantees/+2/balance"]


def test_a_row_that_is_not_there_is_refused() -> None:
    with pytest.raises(NoSuchRow, match="G9"):
        changed(filing_of(CLEAN), Change("guarantees", "G9", "balance", Fraction(1)))


# what is written on the command line


def test_a_guarantee_in_words() -> None:
    change = proposed_guarantee(filing_of(CLEAN), f"{PARENT.lower()},某子企业,1234.5,2000,D 9")
    after = changed(filing_of(CLEAN), change)
    assert (
        fen(after, "guarantees", "#2", "balance") == fen(after, "guarantees", "#2", "amount") == 1_234_500_000
    )
    assert fen(after, "guarantees", "#2", "debt_balance") == 2_000_000_000
    assert fen(after, "guarantees", "#2", "signed_on") == date(2024, 2, 29).toordinal()
    batch = batch_of([after])
    assert batch.text("guarantees", 1, "guarantor_code") == PARENT
    assert batch.text("guarantees", 1, "beneficiary_code") == CHILD
    assert batch.text("guarantees", 1, "debt_id") == "D 9"


def test_a_guarantee_is_added_beside_one_that_bears_the_number_of_its_place() -> None:
    before = filing_of({**CLEAN, "guarantees": [{**CLEAN["guarantees"][0], "id": "#2"}]})
    after = changed(before, proposed_guarantee(before, f"{PARENT},{CHILD},7"))
    assert row_names(batch_of([after]), "guarantees") == ["#2", "#3"]
    assert fen(after, "guarantees", "#2", "balance") == fen(before, "guarantees", "#2", "balance")
    assert fen(after, "guarantees", "#3", "balance") == 7_000_000


@pytest.mark.parametrize(
    ("text", "table", "name", "field", "expected"),
    [
        (f"net_assets:{PARENT}=1,000.50", "financials", f"{PARENT}:2023", "net_assets", 1_000_500_000),
        (f"net_assets:{CHILD}=-3", "financials", f"{CHILD}:2023", "net_assets", -3_000_000),
        ("guarantees.balance:G1=0", "guarantees", "G1", "balance", 0),
        ("guarantees.balance:g1 = ", "guarantees", "G1", "balance", None),
        ("plans.submitted_on:P1=2024年3月1日", "plans", "P1", "submitted_on", date(2024, 3, 1).toordinal()),
        (
            f"holdings.ratio:{PARENT}>{CHILD}=24.98%",
            "holdings",
            f"{PARENT}>{CHILD}",
            "ratio",
            249_800_000_000,
        ),
        (f"entities.solvent:{CHILD}=否", "entities", CHILD, "solvent", 0),
        ("plans.decision:P1=同意", "plans", "P1", "decision", 0),
    ],
)
def test_a_value_in_words(text: str, table: str, name: str, field: str, expected: object) -> None:
    filing = filing_of(CLEAN)
    assert fen(changed(filing, proposed_value(filing, text)), table, name, field) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("net_assets", "FIELD:CODE=VALUE"),
        ("net_assets:NOBODY=1", PARENT),
        ("wealth:PARENT=1", "net_assets"),
        ("year:PARENT=1", "net_assets"),
        ("nowhere.balance:G1=1", "guarantees"),
        ("filing.year:x=1", "guarantees"),
        ("guarantees.id:G1=G2", "balance"),
        ("guarantees.balance:G7=1", "G1"),
        ("guarantees.balance:G1=much", "much"),
        ("plans.submitted_on:P1=2017126", "2017126"),
        ("plans.decision:P1=perhaps", "approved"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(text: str, names: str) -> None:
    with pytest.raises(UserError, match=names):
        proposed_value(filing_of(CLEAN), text)


def test_listed_values_are_named_as_forms_and_as_json_have_them() -> None:
    with pytest.raises(UserError) as raised:
        proposed_value(filing_of(CLEAN), "plans.decision:P1=x")
    said = raised.value.what
    assert "同意、不同意、待定" in said.zh
    assert "approved, rejected, pending" in said.en


@pytest.mark.parametrize("text", ["A,B", "PARENT,CHILD,1,2,3,4", "NOBODY,CHILD,1", "PARENT,NOBODY,1"])
def test_a_guarantee_that_can_not_be_read(text: str) -> None:
    with pytest.raises(UserError):
        proposed_guarantee(filing_of(CLEAN), text)


@pytest.mark.parametrize("amount", ["0", "-1", "", "1e99", "x", "NaN"])
def test_an_amount_that_is_none(amount: str) -> None:
    with pytest.raises(UserError):
        proposed_guarantee(filing_of(CLEAN), f"{PARENT},{CHILD},{amount}")


def test_every_field_of_a_row_can_be_set_or_names_it() -> None:
    filing = filing_of(CLEAN)
    for key, form in TABLES.items():
        if key == HEADER or key not in CLEAN:
            continue
        name = row_names(batch_of([filing]), key)[0]
        for field in form.fields:
            if field in form.key_fields:
                continue
            assert proposed_value(filing, f"{key}.{field}:{name}=").value is None


LEDGER = {**CLEAN["guarantees"][0], "id": "G9", "beneficiary_code": "X9", "beneficiary_name": "外部企业"}


def test_a_firm_that_only_the_ledger_names_is_found_by_that_name() -> None:
    filing = filing_of({**CLEAN, "guarantees": [*CLEAN["guarantees"], LEDGER]})
    change = proposed_guarantee(filing, f"{PARENT},外部企业,500")
    assert change.row
    assert change.row["beneficiary_code"] == "X9"


def test_the_firms_that_there_are_are_listed_with_their_names() -> None:
    filing = filing_of({**CLEAN, "guarantees": [*CLEAN["guarantees"], LEDGER]})
    own = CLEAN["entities"][0]
    with pytest.raises(UserError) as raised:
        proposed_guarantee(filing, f"{PARENT},外部企亚,500")
    assert f"{own['name']}（{own['code']}）" in raised.value.in_("zh")
    assert "外部企业（X9）" in raised.value.in_("zh")
    with pytest.raises(UserError, match="entities have no firm 外部企业"):
        proposed_guarantee(filing, f"外部企业,{PARENT},500")
    with pytest.raises(UserError):
        proposed_guarantee(filing, f"{PARENT},,500")


@pytest.mark.parametrize("name", [None, "", ["外部企业"]])
def test_a_name_that_is_none_hides_no_other(name: object) -> None:
    rows = [*CLEAN["guarantees"], LEDGER, {**LEDGER, "id": "G10", "beneficiary_name": name}]
    change = proposed_guarantee(filing_of({**CLEAN, "guarantees": rows}), f"{PARENT},外部企业,500")
    assert change.row
    assert change.row["beneficiary_code"] == "X9"
