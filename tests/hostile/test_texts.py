"""JSON, CSV and paths made to harm: each costs itself a problem with its place, and no other file anything."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.hostile.process import MOST_BYTES, Run, check, problems_by_file, run
from tests.hostile.workbooks import good

HEADER = '"filing":{"group_code":"P","group_name":"甲","year":2024,"reference_date":"2024-03-31"}'


def guarantee(balance: str) -> bytes:
    row = f'{{"id":"1","guarantor_code":"A","beneficiary_code":"B","balance":{balance}}}'
    return f'{{{HEADER},"guarantees":[{row}]}}'.encode()


JSON: Mapping[str, tuple[str, bytes]] = {
    "deep.json": ("json-invalid", b"[" * 200_000),
    "deep-objects.json": ("json-invalid", b'{"filing":' * 200_000),
    "deep-cell.json": ("json-invalid", guarantee("[" * 100_000 + "]" * 100_000)),
    "twice.json": ("json-invalid", f"{{{HEADER},{HEADER}}}".encode()),
    "nan.json": ("json-invalid", guarantee("NaN")),
    "infinity.json": ("json-invalid", guarantee("-Infinity")),
    "half.json": ("json-invalid", guarantee('"\\ud800"')),
    "utf-16.json": ("json-invalid", guarantee("1").decode().encode("utf-16")),
    "gb18030.json": ("json-invalid", guarantee("1").decode().encode("gb18030")),
    "cut.json": ("json-invalid", guarantee("1")[:-3]),
    "no-row.json": ("filing-shape", f'{{{HEADER},"guarantees":[1,2]}}'.encode()),
    "no-table.json": ("filing-shape", f'{{{HEADER},"guarantees":{{"filing":1}}}}'.encode()),
    "huge.json": ("cell-unreadable", guarantee("9" * 6_000)),
    "exponent.json": ("cell-unreadable", guarantee("1e400")),
    "long-exponent.json": ("cell-unreadable", guarantee("1e999999999999")),
    "digits.json": ("cell-unreadable", guarantee('"' + "9" * 400 + '"')),
}
ENDLESS_QUOTE = '担保编号,担保人代码,被担保人代码,担保余额\n1,A,B,2\n"2,A,B,3\n' + "4,A,B,5\n" * 100_000
HEADINGS = "担保编号,担保人代码,被担保人代码,担保余额\n"

CSV: Mapping[str, tuple[str, str, Callable[[], bytes]]] = {
    "quote": ("csv-invalid", "guarantees.csv:3", lambda: ENDLESS_QUOTE.encode()),
    "quote-at-the-end": ("csv-invalid", "guarantees.csv:2", lambda: (HEADINGS + '1,A,B,"2\n').encode()),
    "nul": ("csv-invalid", "guarantees.csv:2", lambda: (HEADINGS + "1,A\0,B,2\n").encode()),
    "field": ("csv-invalid", "guarantees.csv:2", lambda: (HEADINGS + "x" * 131_073 + ",A,B,2\n").encode()),
    "columns": ("csv-invalid", "guarantees.csv:1", lambda: (",".join(["担保编号"] * 100_000)).encode()),
    "wide": ("row-too-long", "guarantees.csv:2", lambda: (HEADINGS + "1,A,B,1,234.50\n").encode()),
    "big5": (
        "encoding-unknown",
        "guarantees.csv",
        lambda: "擔保編號,擔保人\nA,approvals:HZ-2:accepted_on\n".encode("big5"),
    ),
    "bytes": ("encoding-unknown", "guarantees.csv", lambda: b"\xff\xff\xff,\x80\n"),
    "odd-utf-16": ("encoding-unknown", "guarantees.csv", lambda: b"\xff\xfea"),
}


def write_csv(folder: Path, guarantees: bytes) -> None:
    folder.mkdir()
    (folder / "filing.csv").write_text("group_code,P\ngroup_name,甲\nyear,2024\nreference_date,2024-03-31\n")
    (folder / "guarantees.csv").write_bytes(guarantees)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("hostile") / "inbox"
    folder.mkdir()
    (folder / "a-good.xlsx").write_bytes(good())
    for name, (_, data) in JSON.items():
        (folder / name).write_bytes(data)
    for name, (_, _, make) in CSV.items():
        write_csv(folder / name, make())
    os.mkfifo(folder / "pipe.xlsx")
    (folder / "device.json").symlink_to("/dev/zero")
    (folder / "folder.xlsx").mkdir()
    (folder / "letter.docx").write_bytes(b"PK")
    return check(folder)


def test_the_program_ends_as_it_should(checked: Run) -> None:
    assert checked.status == 2, checked.err
    assert "Traceback" not in checked.err
    assert checked.peak <= MOST_BYTES
    [filing] = [found for found in checked.report["filings"] if found["source"].endswith("a-good.xlsx")]
    assert filing["status"] == "checked"


@pytest.mark.parametrize("name", JSON)
def test_json(checked: Run, name: str) -> None:
    code, _ = JSON[name]
    assert code in [problem["code"] for problem in problems_by_file(checked)[name]]


@pytest.mark.parametrize("row", ["{}", '{"id":1}'])
def test_rows_of_a_few_bytes_take_no_more_memory_than_they_may(tmp_path: Path, row: str) -> None:
    rows = ",".join([row] * 500_000)
    (tmp_path / "rows.json").write_text(f'{{{HEADER},"guarantees":[{rows}]}}')
    (tmp_path / "a-good.xlsx").write_bytes(good())
    checked = check(tmp_path, "--limit", f"memory_bytes={8 * 1024**2}")
    assert "Traceback" not in checked.err
    [problem] = problems_by_file(checked)["rows.json"]
    assert problem["code"] == "reader-out-of-memory"
    assert problems_by_file(checked)["a-good.xlsx"] == []


@pytest.mark.parametrize("name", CSV)
def test_csv(checked: Run, name: str) -> None:
    code, place, _ = CSV[name]
    found = [(problem["code"], problem["location"]) for problem in problems_by_file(checked)[name]]
    assert found == [(code, place)]


@pytest.mark.parametrize("name", ["pipe.xlsx", "device.json", "letter.docx"])
def test_what_is_left_out_is_said(checked: Run, name: str) -> None:
    assert any(name in notice for notice in checked.report["ruleset"]["notices"])
    assert name not in problems_by_file(checked)


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    (folder / "empty").mkdir(parents=True)
    os.mkfifo(folder / "pipe.xlsx")
    paths = ["pipe.xlsx", "/dev/zero", "/dev/tty"]
    ended = run("check", *paths, "empty", "--format", "json", cwd=folder)
    assert ended.status == 2
    assert {
        filing["source"]: [p["code"] for p in filing["problems"]] for filing in ended.report["filings"]
    } == {
        **{path: ["file-not-regular"] for path in paths},
        "empty": ["folder-without-filings"],
    }


@pytest.mark.parametrize("option", ["--ruleset", "--waivers", "--calendar", "--roster"])
@pytest.mark.parametrize("path", ["/dev/zero", "pipe"])
def test_other_inputs_that_are_no_files(tmp_path: Path, option: str, path: str) -> None:
    if path == "/dev/zero" and option != "--waivers":
        pytest.skip("one device is enough")
    folder = tmp_path / "inbox"
    folder.mkdir()
    os.mkfifo(folder / "pipe")
    (folder / "a.json").write_bytes(guarantee("1"))
    arguments = [option, path] + (["--year", "2024"] if option == "--roster" else [])
    ended = run("check", "a.json", *arguments, cwd=folder)
    assert ended.status == 2
    assert "Traceback" not in ended.err
