"""A file for each group: nothing is lost, nothing leaks, nothing is written elsewhere."""

import json
import os
from pathlib import Path, PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.engine import FilingResult
from soe_compliance.report.by_group import MOST_BYTES, file_name, files_by_group, groups, is_by_group
from soe_compliance.report.model import Report
from soe_compliance.report.render import checked_format, write
from tests.report import reports


def filed(code: str | None, id_: str) -> FilingResult:
    return reports.filing(
        id=id_, group_code=code, group_name=f"集团{id_}", source=f"in/{id_}.xlsx", outcomes={Outcome.FAIL: 1}
    )


def report_of(*codes: str | None) -> Report:
    filings = tuple(filed(code, f"f{place}") for place, code in enumerate(codes))
    findings = tuple(replace(reports.over_cap(), filing=filing.id) for filing in filings)
    return reports.report(filings=filings, findings=findings)


def test_each_part_is_of_one_group() -> None:
    whole = report_of("B", "A", "B")
    whole = replace(
        whole,
        filings=(*whole.filings, reports.broken_filing()),
        findings=(*whole.findings, replace(reports.awaiting(), filing="-")),
    )
    found = {part.code: part.report for part in groups(whole)}
    assert list(found) == ["B", "A", None]
    assert [filing.id for filing in found["B"].filings] == ["f0", "f2"]
    assert [finding.filing for finding in found["B"].findings] == ["f0", "f2"]
    assert [filing.id for filing in found[None].filings] == ["b"]
    assert [finding.filing for finding in found[None].findings] == ["-"]
    assert sum(len(part.filings) for part in found.values()) == len(whole.filings)
    assert sum(len(part.findings) for part in found.values()) == len(whole.findings)


def test_nothing_of_another_group_is_told(tmp_path: Path) -> None:
    whole = report_of("A", "B", "B")
    whole = replace(whole, notices=(*whole.notices, *list(groups(whole))[1].report.notices))
    assert whole.notices
    write(whole, f"{tmp_path}/{{group_code}}.json")
    text = (tmp_path / "A.json").read_text(encoding="utf-8")
    assert "集团f0" in text
    assert not any(name in text for name in ("集团f1", "集团f2", "f1.xlsx"))
    other = json.loads((tmp_path / "B.json").read_text(encoding="utf-8"))
    assert other["summary"]["filings"] == 2
    assert other["summary"]["outcomes"]["fail"] == 2
    assert any("集团f1" in notice for notice in other["ruleset"]["notices"])


@pytest.mark.parametrize("ending", ["xlsx", "json", "jsonl", "csv", "sarif", "xml"])
def test_any_format(tmp_path: Path, ending: str) -> None:
    write(report_of("A", None), tmp_path / f"g-{{group_code}}.{ending}", "en")
    assert sorted(os.listdir(tmp_path)) == [f"g-A.{ending}", f"g-unidentified.{ending}"]


@pytest.mark.parametrize(
    "code",
    [
        "../../etc/passwd", "..", ".", "/abs", "a/b", "a\\b", "C:\\x", "CON", "nul", "com1", "LPT9.txt", "~root", "-rf",
        "x\0y", "x\ny", "\u202egpj", "名" * 300, "a" * 300, " ", "trailing.", "未识别", "{group_code}", "\ud800",
    ],
)  # fmt: skip
def test_a_code_can_not_leave_the_folder(tmp_path: Path, code: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    write(report_of(code, "OTHER", None), f"{folder}/{{group_code}}.json")
    assert len(os.listdir(folder)) == 3
    assert os.listdir(tmp_path) == ["out"]
    assert all(len(os.fsencode(name)) <= MOST_BYTES and name.endswith(".json") for name in os.listdir(folder))


_CODES = st.text(st.characters(exclude_categories=()), min_size=1, max_size=80)


@given(st.lists(_CODES, min_size=1, max_size=6, unique=True))
def test_two_codes_never_share_a_file(codes: list[str]) -> None:
    names = files_by_group(report_of(*codes), "out/{group_code}.csv", "zh").values()
    assert len({name.casefold() for name in names}) == len(codes)
    for name in names:
        file = PurePath(name).name
        assert PurePath(name).parent == PurePath("out")
        assert len(file.encode()) <= MOST_BYTES
        assert not set(file) & set('<>:"\\|?*\0\n')
        assert file.partition(".")[0].lower() not in {"con", "nul", "prn", "aux"}
        assert not file.startswith((".", " ", "-"))


def test_plain_codes_are_left_as_they_are() -> None:
    assert file_name("{group_code}.xlsx", reports.PARENT) == f"{reports.PARENT}.xlsx"
    assert file_name("2024-{group_code}-清单.xlsx", "A") == "2024-A-清单.xlsx"


def test_codes_that_differ_in_case_only() -> None:
    names = files_by_group(report_of("Ab", "aB"), "{group_code}.csv", "zh").values()
    assert len({name.casefold() for name in names}) == 2


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("out/{group_name}.xlsx", "{group_name}"),
        ("out/{}.xlsx", "{}"),
        ("out/{group_code}-{year}.xlsx", "{year}"),
        ("{group_code}/out.xlsx", "{group_code}"),
    ],
)
def test_other_placeholders_are_refused_by_name(path: str, named: str) -> None:
    with pytest.raises(UserError) as caught:
        checked_format(path)
    assert named in caught.value.in_("zh")
    assert path in caught.value.in_("en")


def test_a_lone_brace_is_no_placeholder() -> None:
    assert not is_by_group("out/a{b.xlsx")
