"""Texts of filings that try to steer a terminal, a spreadsheet or a page reach no output as they are."""

import csv
import io
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Run
from tests.hostile import process

ATTACKS = {
    "formula": '=HYPERLINK("http://x","y")',
    "full-width": "＝cmd|' /C calc'!A0",
    "escape": "\x1b]0;owned\x07\x1b[2J",
    "c1": "\x9b2J\x85",
    "bidi": "甲\u202e\u2066txt.exe",
    "markup": "<script>alert(1)</script>",
    "line": "甲\n通过：未发现问题\r乙",
}
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
NAME = "报\x1b[31m告\n通过\u202e.json"


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filing whose every text attacks, in a file whose name does too, and one with a name that is not UTF-8."""
    folder = tmp_path_factory.mktemp("injection") / "inbox"
    folder.mkdir()
    header = {
        "group_code": "P",
        "group_name": ATTACKS["formula"],
        "year": 2024,
        "reference_date": "2024-03-31",
    }
    entities = [{"code": f"{text}{place}", "name": text} for place, text in enumerate(ATTACKS.values())]
    guarantees = [
        {
            "id": text,
            "guarantor_code": entity["code"],
            "beneficiary_code": text,
            "balance": text,
            "creditor": text,
            text: text,
        }
        for text, entity in zip(ATTACKS.values(), entities, strict=True)
    ]
    document = {"filing": header, "entities": entities, "guarantees": guarantees, ATTACKS["escape"]: []}
    (folder / NAME).write_text(json.dumps(document))
    with open(os.fsencode(folder) + b"/\xb1\xa8\xb8\xe6.json", "wb") as stream:
        stream.write(b"{")
    (folder / f"x{ATTACKS['escape']}.docx").touch()
    return folder


@pytest.fixture
def checked(inbox: Path, within: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What a check of the inbox prints."""
    monkeypatch.chdir(inbox)

    def checked(*arguments: str) -> str:
        ended = within("check", ".", "--as-of", "2024-04-15", *arguments)
        assert ended.status == 2, ended.err
        assert "Traceback" not in ended.err
        return ended.out

    return checked


def steers_nothing(text: str) -> None:
    assert not STEERING.search(text)
    assert not any(line.startswith("通过") for line in text.splitlines())


@pytest.mark.parametrize("format_", ["text", "json", "jsonl"])
def test_nothing_on_standard_output_steers(checked: Callable[..., str], format_: str) -> None:
    steers_nothing(checked("--format", format_))


def test_nothing_that_the_process_prints_steers(inbox: Path) -> None:
    ended = process.run("check", ".", "--as-of", "2024-04-15", cwd=inbox)
    assert ended.status == 2, ended.err
    assert "Traceback" not in ended.err
    steers_nothing(ended.out.decode("utf-8"))


def test_no_cell_of_a_csv_is_a_formula(checked: Callable[..., str]) -> None:
    rows = list(csv.reader(io.StringIO(checked("--format", "csv").removeprefix("\ufeff"), newline="")))
    assert len(rows) > 1
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(("=", "＝", "@", "\t", "\r"))
        assert not STEERING.search(cell)


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(checked: Callable[..., str], tmp_path: Path) -> None:
    target = tmp_path / "r.xlsx"
    checked("-o", str(target))
    for sheet in openpyxl.load_workbook(target).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None or cell.hyperlink.target is None
                assert not (isinstance(cell.value, str) and STEERING.search(cell.value))


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", f"nope{ATTACKS['escape']}"],
        ["check", ".", "--waivers", f"nope{ATTACKS['escape']}\n{ATTACKS['bidi']}"],
        ["check", ".", "--ruleset", f"nope{ATTACKS['escape']}"],
        ["check", ".", "--format", ATTACKS["escape"]],
        ["check", ".", "--select", ATTACKS["escape"]],
        ["check", ".", "--interpret", f"{ATTACKS['escape']}=x"],
        ["check", ".", "-o", f"{ATTACKS['escape']}.nope"],
        ["rule", "show", ATTACKS["escape"]],
        [ATTACKS["escape"]],
    ],
)
def test_what_is_said_of_wrong_arguments_steers_nothing(
    inbox: Path, within: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(inbox)
    ended = within(*arguments)
    assert ended.status == 2
    assert not STEERING.search(ended.err)
    assert not STEERING.search(ended.out)
