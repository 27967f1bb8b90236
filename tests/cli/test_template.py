"""template: the forms are written, and checked as what they are."""

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from soe_compliance.filings.tables import TABLES
from tests.cli.conftest import Run


def test_blank_forms_are_written_and_refused(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "t.xlsx"
    assert run("template", out).status == 0
    checked = run("check", out)
    assert checked.status == 2
    assert "表样尚未填写" in checked.out + checked.err


def test_the_filled_forms_are_clean(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "t.xlsx"
    assert run("template", out, "--filled").status == 0
    assert run("check", out, "--as-of", "2024-04-15", "--strict").status == 0


def test_a_ruleset_may_be_named_by_its_folder(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "t.xlsx"
    folder = Path(__file__).resolve().parents[2] / "rulesets" / "guangzhou-guarantee-2016"
    assert run("template", out, "--ruleset", folder).status == 0
    titles = load_workbook(BytesIO(out.read_bytes())).sheetnames
    assert TABLES["guarantees"].title in titles
    assert TABLES["plans"].title not in titles


def test_an_older_file_is_written_over(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "t.xlsx"
    out.write_bytes(b"old")
    assert run("template", out).status == 0
    assert out.read_bytes().startswith(b"PK")


def test_other_endings_are_refused(run: Run, tmp_path: Path) -> None:
    ran = run("template", tmp_path / "t.xls")
    assert ran.status == 2
    assert ".xlsx" in ran.err
    assert not (tmp_path / "t.xls").exists()


def test_an_unknown_ruleset_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("template", tmp_path / "t.xlsx", "--ruleset", "none-2000").status == 2
    assert not (tmp_path / "t.xlsx").exists()
