"""Reports read back: what this program wrote, and nothing that only looks like it."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.text import Language
from soe_compliance.report.document import document
from soe_compliance.report.json_report import json_report
from soe_compliance.report.lines import jsonl_report
from soe_compliance.report.model import Report
from soe_compliance.report.reading import finding_of, read_report
from tests.report import reports

REPORTS = [
    reports.report(),
    reports.full_report(),
    reports.harmful_report(),
    reports.report(filings=(), findings=()),
]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("report", REPORTS)
def test_it_comes_back_whole(tmp_path: Path, report: Report, language: Language) -> None:
    (tmp_path / "r.json").write_bytes(b"".join(json_report(report, language)))
    (tmp_path / "r.jsonl").write_bytes(b"".join(jsonl_report(report, language)))
    for name in ("r.json", "r.jsonl"):
        assert read_report(tmp_path / name) == document(report, language)


def refused(path: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        read_report(path)
    assert str(path) in caught.value.in_("zh")
    assert caught.value.remedy
    return caught.value


def changed(path: Path, **changes: Any) -> Path:
    report = json.loads(b"".join(json_report(reports.report())))
    path.write_text(json.dumps({**report, **changes}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "content",
    [
        b"", b"PK\x03\x04", b"[]", b"[1]", b"null", b"{}", b'{"format": 1}', b'{"filing": {}}', b"\xff", b"[" * 100_000,
        b'{"format": "soe-compliance.report/1"}', b'{"format": "other/1"}', b'{"a": 1, "a": 2}', b'{"a": NaN}',
        b'{"format": "soe-compliance.diff/1"}',
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["r.json", "r.jsonl"])
def test_what_is_no_report_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    refused(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "content", "zh", "en"),
    [
        ("r.json", b"{", "不是有效的JSON，第1行", "not valid JSON, Expecting"),
        ("r.json", b'{"filing": {}}', "不是检查报告；", "is no report of a check;"),
        ("r.json", b"[]", "不是检查报告；", "is no report of a check;"),
        (
            "r.jsonl",
            b'{"type": "report"}\n{',
            ":2: 不是检查报告：不是有效的JSON，",
            ":2: is no report of a check: not valid",
        ),
        (
            "r.xlsx",
            b"PK\x03\x04",
            "这是工作簿，而报告为.json或.jsonl",
            "a workbook, while a report is .json or .jsonl",
        ),
    ],
)
def test_the_advice_is_to_give_a_report_and_never_to_file_again(
    tmp_path: Path, name: str, content: bytes, zh: str, en: str
) -> None:
    (tmp_path / name).write_bytes(content)
    error = refused(tmp_path / name)
    assert zh in error.in_("zh")
    assert en in error.in_("en")
    assert error.in_("zh").endswith("请给出用check … -o 报告.json生成的文件")
    assert error.in_("en").endswith("give a file that check ... -o report.json wrote")
    assert "重新报送" not in error.in_("zh")
    assert "file it again" not in error.in_("en")


def test_another_version_of_the_format_is_named(tmp_path: Path) -> None:
    error = refused(changed(tmp_path / "r.json", format="soe-compliance.report/2"))
    assert "soe-compliance.report/2" in error.in_("zh")


@pytest.mark.parametrize(
    "changes",
    [
        {"as_of": "2024-13-01"},
        {"generated_at": "yesterday"},
        {"surprise": 1},
        {"findings": [{}]},
        {"filings": "none"},
    ],
)
def test_what_is_not_whole_is_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    refused(changed(tmp_path / "r.json", **changes))


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        (0, "value", "many"),
        (0, "value", "9" * 5000),
        (0, "limit", "1e9999"),
        (1, "exact", "1/0"),
        (3, "due", "2024-02-30"),
        (6, "limit", ""),
    ],
)
def test_numbers_and_days_are_what_they_should_be(tmp_path: Path, place: int, key: str, value: str) -> None:
    findings = json.loads(b"".join(json_report(reports.report())))["findings"]
    assert key in findings[place]["measured"]
    findings[place]["measured"][key] = value
    refused(changed(tmp_path / "r.json", findings=findings))


def test_files_that_are_none(tmp_path: Path) -> None:
    refused(tmp_path / "missing.json")
    refused(tmp_path)
    os.mkfifo(tmp_path / "pipe.json")
    handle = os.open(tmp_path / "pipe.json", os.O_RDWR)
    try:
        refused(tmp_path / "pipe.json")
    finally:
        os.close(handle)


def test_a_report_that_is_too_large(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_bytes(b"".join(json_report(reports.report())))
    size = (tmp_path / "r.json").stat().st_size
    assert read_report(tmp_path / "r.json", most_bytes=size)
    with pytest.raises(UserError) as caught:
        read_report(tmp_path / "r.json", most_bytes=size - 1)
    assert f"{size - 1:,}" in caught.value.in_("zh")


def test_a_finding_by_its_first_digits() -> None:
    whole = document(reports.report())
    first = whole.findings[0]
    assert finding_of(whole, first.fingerprint, "r.json") == [first]
    assert finding_of(whole, first.fingerprint[:6].upper(), "r.json") == [first]
    for wanted in ("ffff0000ffff0000", first.fingerprint[:3], ""):
        with pytest.raises(UserError):
            finding_of(whole, wanted, "r.json")


def test_digits_that_begin_two_fingerprints() -> None:
    whole = document(reports.report())
    one, two, *_ = whole.findings
    twins = [
        one.model_copy(update={"fingerprint": "abcd" + "0" * 12}),
        two.model_copy(update={"fingerprint": "abcd" + "1" * 12}),
    ]
    report = whole.model_copy(update={"findings": twins})
    with pytest.raises(UserError) as caught:
        finding_of(report, "abcd", "r.json")
    assert all(twin.fingerprint in caught.value.in_("en") for twin in twins)
    assert finding_of(report, "abcd1", "r.json") == twins[1:]


def test_a_fingerprint_of_two_filings_gives_both() -> None:
    whole = document(reports.report())
    twins = [whole.findings[0], whole.findings[0].model_copy(update={"filing": "b"})]
    assert finding_of(whole.model_copy(update={"findings": twins}), twins[0].fingerprint, "r") == twins
