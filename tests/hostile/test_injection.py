"""Texts of filings that try to steer a terminal, a spreadsheet or a page reach no output as they are."""

import csv
import io
import json
import os
import re
from pathlib import Path

import openpyxl
import pytest

from tests.hostile.process import Run, run

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


def checked(inbox: Path, *arguments: str) -> Run:
    ended = run("check", ".", "--as-of", "2024-04-15", *arguments, cwd=inbox)
    assert ended.status == 2, ended.err
    assert "Traceback" not in ended.err
    return ended


@pytest.mark.parametrize("format_", ["text", "json", "jsonl"])
def test_nothing_on_standard_output_steers(inbox: Path, format_: str) -> None:
    out = checked(inbox, "--format", format_).out.decode("utf-8")
    assert not STEERING.search(out)
    if format_ == "text":
        assert not any(line.startswith("通过") for line in out.splitlines())


def test_no_cell_of_a_csv_is_a_formula(inbox: Path) -> None:
    text = checked(inbox, "--format", "csv").out.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) > 1
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(("=", "＝", "@", "\t", "\r"))
        assert not STEERING.search(cell)


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(inbox: Path, tmp_path: Path) -> None:
    target = tmp_path / "r.xlsx"
    checked(inbox, "-o", str(target))
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
def test_what_is_said_of_wrong_arguments_steers_nothing(inbox: Path, arguments: list[str]) -> None:
    ended = run(*arguments, cwd=inbox)
    assert ended.status == 2
    assert not STEERING.search(ended.err)
    assert not STEERING.search(ended.out.decode("utf-8"))
