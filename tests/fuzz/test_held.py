"""What is held of inputs is seen not to hold where it does not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from soe_compliance.domain.text import Text
from soe_compliance.filings.filing import Filing, RawTable, Unreadable
from soe_compliance.filings.problems import Level, Problem
from tools.fuzz import seeds
from tools.fuzz.cells import Changed, kept
from tools.fuzz.held import Broken, no_row_lost, read_well, rendered_well, report_of
from tools.fuzz.inputs import Input, one_file, read_here
from tools.fuzz.minimise import minimised

ROW = 1


def filing(cell: str = "800") -> Filing:
    document = seeds.document()
    document["guarantees"][0]["balance"] = cell
    [read] = read_here(seeds.as_json(document))
    assert isinstance(read, Filing)
    return read


def with_guarantees(read: Filing, change: Callable[[RawTable], RawTable]) -> Filing:
    return replace(read, tables={**read.tables, "guarantees": change(read.tables["guarantees"])})


def without_last_row(table: RawTable) -> RawTable:
    return replace(table, rows=table.rows[:-1], cells={key: cells[:-1] for key, cells in table.cells.items()})


def with_cell(table: RawTable, field: str, row: int, cell: object) -> RawTable:
    cells = list(table.cells[field])
    cells[row] = cell
    return replace(table, cells={**table.cells, field: cells})


def held(given: Changed, read: Filing) -> None:
    kept(given, filing(), [read], sheets=False)


def change(cell: object) -> Changed:
    return Changed(seeds.document(), "guarantees", 0, "balance", cell)


def test_what_is_read_well_holds() -> None:
    read_well([filing()])
    no_row_lost([filing()], [filing()])
    held(change("many"), filing("many"))
    held(change("9"), filing("9"))


def test_a_row_that_is_gone() -> None:
    lacking = with_guarantees(filing(), without_last_row)
    with pytest.raises(Broken, match="rows are gone"):
        no_row_lost([filing()], [lacking])
    with pytest.raises(Broken, match="a row is gone"):
        held(change("9"), lacking)


def test_a_row_that_is_gone_with_a_problem() -> None:
    said = Problem(Level.WARNING, "row-too-short", Text("短", "short"), location="f:1")
    lacking = replace(with_guarantees(filing(), without_last_row), problems=(said,))
    no_row_lost([filing()], [lacking])


def test_another_cell_that_changes() -> None:
    other = with_guarantees(filing("9"), lambda table: with_cell(table, "balance", ROW, "13"))
    with pytest.raises(Broken, match="changed with another"):
        held(change("9"), other)


def test_a_cell_that_counts_as_blank_unsaid() -> None:
    blank = with_guarantees(filing(), lambda table: with_cell(table, "balance", 0, None))
    with pytest.raises(Broken, match="counts as blank"):
        held(change("many"), blank)


@pytest.mark.parametrize(
    "broken",
    [
        Unreadable("f", "f", None, ()),
        Unreadable("f", "f", None, (Problem(Level.NOTICE, "x", Text("一", "one")),)),
        Unreadable("f", "f", None, (Problem(Level.ERROR, "x", Text("", "")),)),
    ],
)
def test_a_refusal_that_does_not_say_why(broken: Unreadable) -> None:
    with pytest.raises(Broken):
        read_well([broken])


def test_a_clean_filing_without_rows() -> None:
    with pytest.raises(Broken, match="without a row"):
        read_well([replace(filing(), tables={})])


def test_a_report_that_steers(monkeypatch: pytest.MonkeyPatch) -> None:
    report = report_of([filing()])
    rendered_well(report)
    monkeypatch.setattr("tools.fuzz.held.render", lambda *_: "红\u202e".encode())
    with pytest.raises(Broken, match="steering"):
        rendered_well(report, ["html"])


def test_a_smaller_input_breaks_too() -> None:
    given = Input("f", {"a": b"0123456789x", "b": b"x" * 50})
    assert minimised(given, lambda one: b"5" in one.members.get("a", b"")).members == {"a": b"5"}


@pytest.mark.parametrize("given", [one_file("f.json", b"{}"), Input("ruleset", {"a": b"1", "b": b"2"})])
def test_inputs_are_written_as_they_are_named(tmp_path: Path, given: Input) -> None:
    path = given.write(tmp_path)
    files = [path] if path.is_file() else sorted(path.iterdir())
    assert path == tmp_path / given.name
    assert {file.name: file.read_bytes() for file in files} == given.members
