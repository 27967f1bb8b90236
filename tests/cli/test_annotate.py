"""annotate: what it writes, what it refuses, and that the filing itself is left alone."""

import json
import os
import re
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine

from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.reading import read_file
from tests.cli.conftest import Run
from tests.cli.filings import AS_OF, BREACH, CLEAN, with_cells, written
from tests.filings.filed import filing_bytes
from tests.report.annotated.books import members, repacked

SAMPLES = Path(__file__).resolve().parents[2] / "sample_filings"
DATA = Path(__file__).resolve().parents[1] / "filings" / "data"
DAY = "2024-04-15"
FORM_SAMPLES = sorted(SAMPLES.glob("*.xlsx"))
JSON_SAMPLES = sorted(SAMPLES.glob("*.json"))
_CELL = re.compile(r"(.*)!([A-Z]+)(\d+)")
_ROW = re.compile(r"(.*)!(\d+):\d+")


def commented(path: Path) -> dict[tuple[str, str], str]:
    """The comments by sheet and cell."""
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def report_on(run: Run, path: Path, day: str, *options: str) -> dict[str, Any]:
    ran = run("check", path, "--as-of", day, "--format", "json", *options)
    report: dict[str, Any] = json.loads(ran.out)
    return report


def located(report: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each location that a report names, with what is said of it."""
    for finding in report["findings"]:
        yield from ((cell["location"], finding["message"]) for cell in finding["evidence"])
    for filing in report["filings"]:
        yield from ((p["location"], p["message"]) for p in filing["problems"] if p["location"])


def cell_of(location: str) -> tuple[str, str] | None:
    if cell := _CELL.fullmatch(location):
        return cell[1], cell[2] + cell[3]
    row = _ROW.fullmatch(location)
    return (row[1], f"A{row[2]}") if row else None


@pytest.mark.parametrize("sample", FORM_SAMPLES, ids=lambda path: path.name[:2])
def test_every_cell_that_check_names_bears_its_message(run: Run, tmp_path: Path, sample: Path) -> None:
    out = tmp_path / "out.xlsx"
    ran = run("annotate", sample, "-o", out, "--as-of", DAY)
    assert ran.status == 0, ran.err
    expected: dict[tuple[str, str], list[str]] = {}
    for location, message in located(report_on(run, sample, DAY)):
        cell = cell_of(location)
        if cell:
            expected.setdefault(cell, []).append(message)
    found = commented(out)
    assert found.keys() == expected.keys()
    for cell, messages in expected.items():
        assert all(message in found[cell] for message in messages)
    before, after = members(sample.read_bytes()), members(out.read_bytes())
    sheets = {name for name in before if name.startswith("xl/worksheets/")}
    edited = {
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "[Content_Types].xml",
    } | sheets
    assert all(after[name] == content for name, content in before.items() if name not in edited)
    assert report_on(run, out, DAY)["findings"] == [
        {**finding, "filing": finding["filing"]} for finding in report_on(run, sample, DAY)["findings"]
    ]


@pytest.mark.parametrize("sample", [FORM_SAMPLES[1], JSON_SAMPLES[0]], ids=["workbook", "json"])
def test_the_list_links_to_the_cells(run: Run, tmp_path: Path, sample: Path) -> None:
    out = tmp_path / "out.xlsx"
    run("annotate", sample, "-o", out, "--as-of", DAY)
    book = openpyxl.load_workbook(out)
    first = book.worksheets[0]
    assert book.active is first
    assert first.title == "审核结果"
    targets = []
    for row in first.iter_rows():
        for cell in row:
            if cell.hyperlink and cell.hyperlink.location:
                sheet, _, name = cell.hyperlink.location.rpartition("!")
                assert cell.hyperlink.target is None
                targets.append((sheet.strip("'"), name))
    assert set(commented(out)) == set(targets)
    rules = {str(row[3].value).split()[0] for row in first.iter_rows(min_row=5) if row[3].value}
    assert {finding["rule"] for finding in report_on(run, sample, DAY)["findings"]} <= rules
    text = " ".join(str(cell.value) for row in first.iter_rows(max_row=6) for cell in row)
    assert "xingan-2023" in text
    assert DAY in text
    assert ("副本" in text) == (sample.suffix == ".json")


@pytest.mark.parametrize("sample", JSON_SAMPLES, ids=lambda path: path.name[:2])
def test_a_json_filing_becomes_a_workbook_of_its_tables(run: Run, tmp_path: Path, sample: Path) -> None:
    out = tmp_path / "out.xlsx"
    assert run("annotate", sample, "-o", out, "--as-of", DAY).status == 0
    report = report_on(run, sample, DAY)
    found = commented(out)
    for message in {said for place, said in located(report) if place.count("/") == 3}:
        assert any(message in text for text in found.values())
    book = openpyxl.load_workbook(out)
    values = {str(book[sheet][cell].value) for sheet, cell in found if book[sheet][cell].value is not None}
    for finding in report["findings"]:
        for cell in finding["evidence"]:
            assert not cell["value"].isdigit() or cell["value"] in values
    before, after = read_file(FoundFile(str(sample)))[0], read_file(FoundFile(str(out)))[0]
    assert isinstance(before, Filing)
    assert isinstance(after, Filing)
    assert before.tables.keys() == after.tables.keys()
    for key, table in before.tables.items():
        assert len(after.tables[key].rows) == len(table.rows)
    of_copy = report_on(run, out, DAY)
    assert [(f["fingerprint"], f["outcome"], f["measured"]) for f in of_copy["findings"]] == [
        (f["fingerprint"], f["outcome"], f["measured"]) for f in report["findings"]
    ]


@pytest.mark.parametrize("name", ["filing.xls", "filing.ods"])
def test_other_workbooks_become_a_copy_of_their_values_at_the_same_cells(
    run: Run, tmp_path: Path, name: str
) -> None:
    out = tmp_path / "out.xlsx"
    ran = run("annotate", DATA / name, "-o", out, "--as-of", DAY)
    assert ran.status == 0, ran.err
    copied = openpyxl.load_workbook(out)
    with python_calamine.CalamineWorkbook.from_filelike(BytesIO((DATA / name).read_bytes())) as book:
        assert copied.sheetnames[1:] == book.sheet_names
        for title in book.sheet_names:
            rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row, 1):
                    cell = copied[title].cell(number, column).value
                    day = cell.date() if isinstance(cell, datetime) and type(value) is date else cell
                    assert day == (None if value == "" else value)
    expected = {cell_of(place) for place, _ in located(report_on(run, DATA / name, DAY))} - {None}
    assert commented(out).keys() == expected


def test_options_are_those_of_check(run: Run, tmp_path: Path) -> None:
    filing = written(tmp_path / "a.json", BREACH["mandatory"])
    out = tmp_path / "out.xlsx"

    def rules(*options: str) -> set[str]:
        assert run("annotate", filing, "-o", out, "--as-of", AS_OF, *options).status == 0
        return set(re.findall(r"[A-Z]{3}\d{3}", " ".join(commented(out).values())))

    assert rules()
    assert rules("--ignore", "INV") == rules() - {rule for rule in rules() if rule.startswith("INV")}
    english = run("annotate", filing, "-o", out, "--as-of", AS_OF, "--lang", "en")
    assert "breach" in english.out
    assert openpyxl.load_workbook(out).sheetnames[0] == "Findings"
    assert run("annotate", filing, "-o", out, "--ruleset", "none-such").status == 2
    assert run("annotate", filing, "-o", out, "--interpret", "share_basis=none").status == 2


def test_a_clean_filing_comes_back_with_a_list_of_nothing(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    ran = run(
        "annotate", written(tmp_path / "a.json", CLEAN), "-o", out, "--as-of", AS_OF, "--select", "GUA105"
    )
    assert ran.status == 0
    assert commented(out) == {}


def test_harmful_texts_stay_texts(run: Run, tmp_path: Path) -> None:
    code = "=cmd|' /C calc'!A0"
    document = with_cells(guarantees__id=code, guarantees__amount="1")
    document["entities"][1]["name"] = "internal:Sheet1!A1\x07<b>"
    out = tmp_path / "out.xlsx"
    assert run("annotate", written(tmp_path / "a.json", document), "-o", out, "--as-of", AS_OF).status == 0
    parts = members(out.read_bytes())
    assert not [name for name, content in parts.items() if b"<f>" in content]
    assert not [name for name, content in parts.items() if b'TargetMode="External"' in content]
    book = openpyxl.load_workbook(out)
    values = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert code in values


@pytest.mark.parametrize("day", [DAY, "2024-06-30"])
def test_the_same_inputs_give_the_same_bytes_and_the_filing_is_left_alone(
    run: Run, tmp_path: Path, day: str
) -> None:
    for sample in (FORM_SAMPLES[0], JSON_SAMPLES[0]):
        before = sample.read_bytes()
        for name in ("one.xlsx", "two.xlsx"):
            assert run("annotate", sample, "-o", tmp_path / name, "--as-of", day).status == 0
        assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
        assert sample.read_bytes() == before


def test_an_annotated_workbook_is_annotated_again_beside_the_first_list(run: Run, tmp_path: Path) -> None:
    once, twice = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    run("annotate", FORM_SAMPLES[0], "-o", once, "--as-of", DAY)
    assert run("annotate", once, "-o", twice, "--as-of", DAY).status == 0
    assert openpyxl.load_workbook(twice).sheetnames[:2] == ["审核结果(2)", "审核结果"]
    assert commented(twice).keys() == commented(once).keys()


def test_macros_are_kept_and_need_their_ending(run: Run, tmp_path: Path) -> None:
    sample = FORM_SAMPLES[0].read_bytes()
    types = members(sample)["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    filing = tmp_path / "a.xlsm"
    filing.write_bytes(repacked(sample, {"[Content_Types].xml": types, "xl/vbaProject.bin": b"\0macro"}))
    refused = run("annotate", filing, "-o", tmp_path / "out.xlsx", "--as-of", DAY)
    assert refused.status == 2
    assert ".xlsm" in refused.err
    assert not (tmp_path / "out.xlsx").exists()
    assert run("annotate", filing, "-o", tmp_path / "out.xlsm", "--as-of", DAY).status == 0
    assert members((tmp_path / "out.xlsm").read_bytes())["xl/vbaProject.bin"] == b"\0macro"
    plain = run("annotate", FORM_SAMPLES[0], "-o", tmp_path / "plain.xlsm", "--as-of", DAY)
    assert plain.status == 2
    assert ".xlsx" in plain.err


def test_the_filing_itself_is_never_the_output(run: Run, tmp_path: Path) -> None:
    filing = tmp_path / "a.xlsx"
    filing.write_bytes(FORM_SAMPLES[0].read_bytes())
    os.symlink(filing, tmp_path / "link.xlsx")
    for output in (filing, tmp_path / "link.xlsx", tmp_path / "x" / ".." / "a.xlsx"):
        (tmp_path / "x").mkdir(exist_ok=True)
        assert run("annotate", filing, "-o", output, "--as-of", DAY).status == 2
    assert filing.read_bytes() == FORM_SAMPLES[0].read_bytes()


def test_what_can_not_be_annotated_is_refused_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    several = written(tmp_path / "several.json", [CLEAN, CLEAN])
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(FORM_SAMPLES[0].read_bytes()[:5000])
    headless = tmp_path / "headless.xlsx"
    headless.write_bytes(filing_bytes(filing=[["集团名称", "甲"]]))
    (tmp_path / "empty").mkdir()
    for filing in (several, broken, headless, tmp_path / "none.xlsx", tmp_path / "empty", tmp_path, "-"):
        ran = run("annotate", filing, "-o", out, "--as-of", DAY)
        assert ran.status == 2, filing
        assert ran.err
        assert not ran.out
    assert run("annotate", FORM_SAMPLES[0], "-o", tmp_path / "out.pdf").status == 2
    assert run("annotate", FORM_SAMPLES[0]).status == 2
    assert not out.exists()
