"""graph: one filing as a picture or for other programs."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.filings import AS_OF, CLEAN, written


@pytest.mark.parametrize(
    ("ending", "start"),
    [
        (".svg", b"<?xml"),
        (".html", b"<!DOCTYPE"),
        (".graphml", b"<?xml"),
        (".dot", b"digraph"),
        (".SVG", b"<?xml"),
    ],
)
def test_the_ending_says_the_format(run: Run, tmp_path: Path, ending: str, start: bytes) -> None:
    filing, out = written(tmp_path / "a.json", CLEAN), tmp_path / f"x{ending}"
    ran = run("graph", filing, "-o", out, "--as-of", AS_OF)
    assert (ran.status, ran.out) == (0, "")
    assert out.read_bytes().startswith(start)
    assert CLEAN["entities"][1]["name"] in out.read_text(encoding="utf-8")


def test_an_unknown_ending_lists_those_there_are(run: Run, tmp_path: Path) -> None:
    ran = run("graph", written(tmp_path / "a.json", CLEAN), "-o", tmp_path / "x.png")
    assert ran.status == 2
    assert all(ending in ran.err for ending in (".svg", ".html", ".graphml", ".dot"))


def test_one_of_several_filings(run: Run, tmp_path: Path) -> None:
    other = {**CLEAN, "entities": [CLEAN["entities"][0], {**CLEAN["entities"][1], "name": "另一企业"}]}
    file, out = written(tmp_path / "a.json", [CLEAN, other]), tmp_path / "x.svg"
    ran = run("graph", file, "-o", out)
    assert (ran.status, "#1" in ran.err, out.exists()) == (2, True, False)
    assert run("graph", f"{file}#2", "-o", out).status == 0
    assert "另一企业" in out.read_text(encoding="utf-8")
    assert run("graph", f"{file}#3", "-o", out).status == 2


def test_a_file_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    for content in (b"{", b"[]", json.dumps({"filing": {}}).encode()):
        (tmp_path / "a.json").write_bytes(content)
        assert run("graph", tmp_path / "a.json", "-o", tmp_path / "x.svg").status == 2
    assert not (tmp_path / "x.svg").exists()


def test_the_report_says_nothing_of_exhibits(run: Run, tmp_path: Path) -> None:
    ran = run("check", written(tmp_path / "a.json", CLEAN), "--format", "json", "--as-of", AS_OF)
    assert "exhibits" not in json.loads(ran.out)["filings"][0]
