"""From paths to files: each once, in order, and nothing that is no filing."""

import json
import os
import sys
from pathlib import Path

import pytest

from soe_compliance.filings.discover import FoundFile, discover
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.problems import Level
from soe_compliance.filings.reading import read_file
from tests.filings.filed import HEADER_JSON

FILING = json.dumps({"filing": HEADER_JSON})


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


def paths(found: list[FoundFile]) -> list[str]:
    return [Path(file.path).as_posix() for file in found if not file.skipped]


def write(folder: Path, *names: str, text: str = FILING) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_a_folder_is_searched_in_sorted_order(inbox: Path) -> None:
    write(inbox, "b.json", "a/z.XLSX", "a/b.ods", "c.jsonl", "d.xls", "e.xlsb", "f.xlsm", "甲.xlsx")
    assert paths(discover(["inbox"])) == [
        f"inbox/{name}"
        for name in ("a/b.ods", "a/z.XLSX", "b.json", "c.jsonl", "d.xls", "e.xlsb", "f.xlsm", "甲.xlsx")
    ]


def test_what_is_no_filing_by_its_name_is_left_out(inbox: Path) -> None:
    write(inbox, "~$a.xlsx", ".a.xlsx", ".git/a.json", "a.csv", "a.pdf", "Thumbs.db", "a.xlsx.bak", "x.json")
    assert paths(discover(["inbox"])) == ["inbox/x.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes among files")
def test_links_and_other_than_regular_files_in_a_folder_are_left_out(inbox: Path) -> None:
    write(inbox, "a.json")
    (inbox / "link.json").symlink_to(inbox / "a.json")
    (inbox / "loop").symlink_to(inbox)
    os.mkfifo(inbox / "pipe.json")
    assert paths(discover(["inbox"])) == ["inbox/a.json"]


def test_a_link_that_is_named_is_followed(inbox: Path) -> None:
    write(inbox, "a.json")
    (inbox.parent / "link.json").symlink_to(inbox / "a.json")
    (inbox.parent / "folder").symlink_to(inbox)
    assert paths(discover(["link.json"])) == ["link.json"]
    assert paths(discover(["folder"])) == ["folder/a.json"]


def test_each_file_comes_once_and_keeps_its_first_place(inbox: Path) -> None:
    write(inbox, "a.json", "b.json")
    assert paths(discover(["inbox/b.json", "inbox", "./inbox/a.json", "-", "inbox", "-"])) == [
        "inbox/b.json",
        "inbox/a.json",
        "-",
    ]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_file_comes_once_by_whichever_links_it_is_reached(inbox: Path) -> None:
    write(inbox, "a.json", "within/b.json", "tables/filing.csv")
    (inbox.parent / "folder").symlink_to(inbox)
    (inbox.parent / "tables").symlink_to(inbox / "tables")
    (inbox.parent / "link.json").symlink_to(inbox / "within" / "b.json")
    everything = ["inbox/a.json", "inbox/tables", "inbox/within/b.json"]
    assert (
        paths(discover(["inbox", "folder/", "tables", "link.json", "inbox/within/../a.json"])) == everything
    )
    assert paths(discover(["tables", "link.json", "folder"])) == ["tables", "link.json", "folder/a.json"]


def test_a_named_file_is_taken_whatever_its_name(inbox: Path) -> None:
    write(inbox, ".hidden.txt")
    assert paths(discover(["inbox/.hidden.txt"])) == ["inbox/.hidden.txt"]


def test_a_path_that_does_not_exist_becomes_unreadable(inbox: Path) -> None:
    [found] = discover(["inbox/nope.xlsx"])
    [unreadable] = read_file(found)
    [problem] = unreadable.problems
    assert (problem.code, problem.location) == ("file-not-found", "inbox/nope.xlsx")
    assert problem.location == "inbox/nope.xlsx"


OTHER_JSON = {
    "expected.json": {"a.xlsx": [["DAT010", "X", "fail", "…"]]},
    "report.json": {
        "format": "soe-compliance.report/1",
        "filings": [{"id": "x", "status": "checked"}],
        "findings": [{"filing": "x", "rule": "GUA101"}],
    },
    "settings.json": {"projects": "all", "debts": 3},
    "numbers.json": [1, 2, 3],
    "empty.json": [],
    "text.json": "filing",
}


@pytest.mark.parametrize("name", OTHER_JSON)
def test_other_json_in_a_folder_is_mentioned_not_read(inbox: Path, name: str) -> None:
    write(inbox, "a.json")
    write(inbox, name, text=json.dumps(OTHER_JSON[name]))
    found = discover(["inbox"])
    assert paths(found) == ["inbox/a.json"]
    [skipped] = [file for file in found if file.skipped]
    assert skipped.skipped
    assert (skipped.skipped.code, skipped.skipped.level) == ("not-a-filing", Level.NOTICE)
    assert Path(skipped.skipped.location or "") == Path("inbox", name)
    assert read_file(skipped) == []


def test_report_lines_in_a_folder_are_no_filings(inbox: Path) -> None:
    lines = [{"type": "report", "format": "soe-compliance.report/1"}, {"type": "finding", "filing": "x"}]
    write(inbox, "a.json")
    write(inbox, "report.jsonl", text="\n".join(map(json.dumps, lines)))
    assert paths(discover(["inbox"])) == ["inbox/a.json"]


@pytest.mark.parametrize(
    "text",
    [
        '{"filing" : {',
        "{not json",
        '{"guarantees": [{"id": "1"}]}',
        '[{"note": 1}, {"filing": {"year": 2024}}]',
        '{"filing": "x"}',
        '{"wrapped": {"filing": {}}}',
    ],
)
def test_json_that_may_be_a_filing_is_read(inbox: Path, text: str) -> None:
    write(inbox, "a.json", text=text)
    assert paths(discover(["inbox"])) == ["inbox/a.json"]


def test_named_json_that_is_no_filing_is_unreadable(inbox: Path) -> None:
    write(inbox, "expected.json", text=json.dumps(OTHER_JSON["expected.json"]))
    [found] = discover(["inbox/expected.json"])
    [unreadable] = read_file(found)
    assert "header-missing" in [problem.code for problem in unreadable.problems]


def test_a_folder_without_filings_is_an_error(inbox: Path) -> None:
    write(inbox, "expected.json", text=json.dumps(OTHER_JSON["expected.json"]))
    (inbox.parent / "empty").mkdir()
    for folder in ("inbox", "empty"):
        found = discover([folder])
        assert paths(found) == []
        last = found[-1].skipped
        assert last
        assert (last.code, last.level, last.location) == ("folder-without-filings", Level.ERROR, folder)


@pytest.mark.skipif(sys.platform == "win32", reason="names are no bytes")
def test_a_name_that_is_not_utf_8_is_spelled_out(inbox: Path) -> None:
    name = os.fsdecode("报告.json".encode("gb18030"))
    try:
        (inbox / name).write_text(FILING)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    [found] = discover(["inbox"])
    [filing] = read_file(found)
    assert found.source == "inbox/\\xb1\\xa8\\xb8\\xe6.json"
    assert filing.source == found.source
    filing.id.encode("utf-8")


def test_stems() -> None:
    assert FoundFile("-").stem == "stdin"
    assert FoundFile("a/b.2024.xlsx").stem == "b.2024"


FILLER = b'"x": [' + b"0, " * 200_000 + b"0]"


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (b"{" + FILLER + b"}", False),
        (b"{" + FILLER + b', "filing": {}}', True),
        (b"[{" + FILLER + b', "guarantees" : [ {"id": 1}]}]', True),
        (b"{" + FILLER + b', "guarantees": []}', False),
        (b"x" + FILLER, True),
        (b"[" * 200_000, True),
    ],
)
def test_large_json_is_looked_at_but_not_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, kept: bool
) -> None:
    def parse(*_: object, **__: object) -> None:
        raise AssertionError("parsed without limits")

    monkeypatch.setattr("soe_compliance.filings.discover.documents_in", parse)
    (tmp_path / "a.json").write_bytes(content)
    found = discover([str(tmp_path)])[0]
    assert (found.skipped is None) == kept


def test_an_empty_folder_named_as_a_file_is_mentioned(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    (tmp_path / "b.xlsx").mkdir()
    (tmp_path / "b.xlsx" / "c.xlsx").touch()
    found = [(Path(file.path).name, file.skipped and file.skipped.code) for file in discover([str(tmp_path)])]
    assert found == [("a.xlsx", "folder-named-as-file"), ("c.xlsx", None)]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_that_is_skipped_does_not_stand_for_its_target(tmp_path: Path) -> None:
    (tmp_path / "z.xlsx").write_bytes(b"")
    for name in ("a.xlsx", "b.xlsx"):
        (tmp_path / name).symlink_to("z.xlsx")
    found = [(Path(file.path).name, file.skipped is None) for file in discover([str(tmp_path)])]
    assert found == [("a.xlsx", False), ("b.xlsx", False), ("z.xlsx", True)]


def test_a_long_search_tells_how_far_it_has_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soe_compliance.filings.discover._TELL_EVERY", 3)
    for number in range(7):
        (tmp_path / f"{number}.xlsx").touch()
    told: list[int] = []
    assert len(discover([str(tmp_path)], told.append)) == 7
    assert told == [3, 6]


def skipped(found: list[FoundFile]) -> list[tuple[str, str]]:
    return [(Path(file.path).as_posix(), file.skipped.code) for file in found if file.skipped]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes among files")
def test_each_thing_that_is_left_out_says_why(inbox: Path) -> None:
    write(inbox, "THUMBS.db", "Desktop.ini", ".hidden", "~$a.xlsx", "b.csv", "c.PDF", "d.json")
    (inbox / "link.json").symlink_to(inbox / "d.json")
    os.mkfifo(inbox / "pipe.json")
    found = discover(["inbox"])
    assert sorted(skipped(found)) == [
        ("inbox", "housekeeping-skipped"),
        ("inbox/b.csv", "csv-outside"),
        ("inbox/c.PDF", "ending-unknown"),
        ("inbox/link.json", "link-skipped"),
        ("inbox/pipe.json", "special-skipped"),
    ]
    assert next(file.skipped.text.en for file in found if file.skipped and file.path == "inbox").startswith(
        "4 "
    )


def test_the_tables_of_a_csv_filing_are_not_mentioned(inbox: Path) -> None:
    write(inbox, "filing.csv", "guarantees.csv", "notes.txt")
    found = discover(["inbox"])
    assert paths(found) == ["inbox"]
    assert skipped(found) == [("inbox/notes.txt", "ending-unknown")]


@pytest.mark.parametrize(
    ("error", "why"), [(OSError(13, "Permission denied"), "no permission"), (OSError("gone"), "gone")]
)
def test_a_folder_that_cannot_be_listed_is_told_of(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, why: str
) -> None:
    def refuse(_: str) -> None:
        raise error

    monkeypatch.setattr(os, "scandir", refuse)
    [found] = discover(["inbox"])
    assert found.skipped
    assert found.skipped.code == "file-inaccessible"
    assert why in found.skipped.text.en


def test_a_file_that_cannot_be_opened_is_left_to_the_reader(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: str) -> None:
        raise PermissionError(13, "Permission denied")

    write(inbox, "a.json", text="[1]")
    monkeypatch.setattr("soe_compliance.filings.discover.open_regular", refuse)
    assert paths(discover(["inbox"])) == ["inbox/a.json"]


OTHER_LINES = '{"a": 1}\n{"b": 2}\n'


def test_lines_are_expected_where_the_name_says_so(inbox: Path) -> None:
    """Of the same bytes: lines that are no filings, or JSON that is broken and may have been a filing."""
    write(inbox, "a.jsonl", "b.json", text=OTHER_LINES)
    assert paths(discover(["inbox"])) == ["inbox/b.json"]


def test_only_the_beginning_says_that_a_file_is_a_report(inbox: Path) -> None:
    own = {"note": "x" * 500, "format": "soe-compliance.report/1", "filing": HEADER_JSON}
    write(inbox, "a.json", text=json.dumps(own))
    assert paths(discover(["inbox"])) == ["inbox/a.json"]


PARSED = 65_536
"""So many bytes at most are parsed as a folder is searched."""


def test_json_of_so_many_bytes_is_still_parsed(inbox: Path) -> None:
    for size, kept in ((PARSED, True), (PARSED + 1, False)):
        write(inbox, "a.json", text='{"filing": "x"' + " " * (size - 15) + "}")
        assert (inbox / "a.json").stat().st_size == size
        assert paths(discover(["inbox"])) == (["inbox/a.json"] if kept else [])


@pytest.mark.parametrize("before", ["", "\ufeff", " \r\n\t"])
@pytest.mark.parametrize("after", ["", "\n", " \r\n\t"])
def test_what_stands_round_large_json_does_not_make_it_broken(inbox: Path, before: str, after: str) -> None:
    write(inbox, "a.json", text=before + "{" + FILLER.decode() + "}" + after)
    assert paths(discover(["inbox"])) == []


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soe_compliance.filings.discover._PIECE", 1000)


@pytest.mark.usefixtures("small_pieces")
def test_what_only_a_filing_has_is_found_where_two_pieces_meet(inbox: Path) -> None:
    for shift in range(0, 40, 3):
        filler = "0," * ((PARSED + 5000) // 2) + "0"
        text = '{"x": [' + filler + "]," + " " * shift + '"filing": {}}'
        write(inbox, "a.json", text=text)
        assert paths(discover(["inbox"])) == ["inbox/a.json"], shift


@pytest.mark.usefixtures("small_pieces")
def test_json_too_large_to_be_read_is_left_to_the_reader(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(inbox, "a.json", text="{" + FILLER.decode() + "}")
    for most, kept in ((200_000, True), (10_000_000, False)):
        monkeypatch.setattr("soe_compliance.filings.discover._LIMITS", Limits(file_bytes=most))
        assert paths(discover(["inbox"])) == (["inbox/a.json"] if kept else [])


@pytest.mark.usefixtures("small_pieces")
def test_large_json_is_searched_to_the_limit_and_no_further(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was searched: the beginning, then pieces of 1,000 bytes with 200 of the one before."""
    beginning = PARSED + 1
    numbers = '{"x": [' + "0," * 32_760 + "0]"
    other = numbers.ljust(beginning + 999) + "}"
    filing = (numbers.ljust(beginning + 300) + ',"filing": {}').ljust(beginning + 999) + "}"
    for text, most, kept in (
        (other, beginning + 1200, False),
        (other, beginning + 1199, True),
        (filing, beginning, True),
    ):
        write(inbox, "a.json", text=text)
        monkeypatch.setattr("soe_compliance.filings.discover._LIMITS", Limits(file_bytes=most))
        assert paths(discover(["inbox"])) == (["inbox/a.json"] if kept else []), most


def test_names_of_files_and_folders(inbox: Path) -> None:
    assert FoundFile("a/B.XLSX").ending == ".xlsx"
    (inbox / "2024.XX").mkdir()
    assert FoundFile("inbox/2024.XX").is_folder
    assert FoundFile("inbox/2024.XX").stem == "2024.XX"
    assert FoundFile("inbox/2024.XX/").stem == "2024.XX"
    assert FoundFile("/").stem == "/"
    assert FoundFile(f"{inbox}/2024.XX//").stem == "2024.XX"
    assert not FoundFile("inbox/2024.xlsx").is_folder


def test_a_folder_named_as_standard_input_is_not_it(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(inbox)
    (inbox / "-").mkdir()
    assert not FoundFile("-").is_folder
    assert FoundFile("./-").is_folder
