"""The options of check, and what it prints."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from soe_compliance import api
from tests.cli.conftest import Ran, Run
from tests.cli.filings import AS_OF, BREACH, CLEAN, INCOMPLETE, UNKNOWN, written

SAMPLES = Path(__file__).resolve().parents[2] / "sample_filings"


def report_of(ran: Ran) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(ran.out)
    return report


def rules_in(ran: Ran) -> set[str]:
    return {finding["rule"] for finding in report_of(ran)["findings"]}


def schema(run: Run, what: str) -> Draft202012Validator:
    found = json.loads(run("schema", what).out)
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_json_report_is_of_its_schema(run: Run, tmp_path: Path, lang: str) -> None:
    for place, document in enumerate([*BREACH.values(), UNKNOWN, INCOMPLETE, {"filing": {}}]):
        written(tmp_path / f"{place}.json", document)
    ran = run(
        *("check", tmp_path, SAMPLES, "--as-of", "2024-04-15", "--format", "json", "--lang", lang),
        *("--show", "pass,not_applicable", "--interpret-all"),
    )
    report = report_of(ran)
    schema(run, "report").validate(report)
    assert {finding["outcome"] for finding in report["findings"]} == set(report["summary"]["outcomes"])
    assert len(report["filings"]) == report["summary"]["filings"] == len(list(tmp_path.iterdir())) + 10


def test_the_samples_in_json_are_of_the_schema_of_filings(run: Run) -> None:
    validator = schema(run, "filing")
    samples = sorted(SAMPLES.glob("*.json"))
    assert samples
    for sample in samples:
        document = json.loads(sample.read_text(encoding="utf-8"))
        wrong = [list(error.path) for error in validator.iter_errors(document)]
        assert wrong == ([["guarantees"]] if "水务" in sample.name else [])


def test_the_schema_of_filings_refuses_what_is_none(run: Run) -> None:
    validator = schema(run, "filing")
    assert validator.is_valid(CLEAN)
    assert not validator.is_valid({})
    assert not validator.is_valid({**CLEAN, "plans": [{"year": 2024, "kind": "yearly"}]})


def test_select_and_ignore(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "a.json", CLEAN)

    def rules(*arguments: str) -> set[str]:
        return rules_in(
            run("check", file, "--as-of", AS_OF, "--show", "pass", "--format", "json", *arguments)
        )

    everything = rules()
    assert {"GUA104", "GUA105", "INV101", "FIN104"} <= everything
    assert rules("--select", "GUA") == {rule for rule in everything if rule.startswith("GUA")}
    assert rules("--select", "gua104,INV1", "--select", "FIN104") == {
        "GUA104",
        "INV101",
        "INV102",
        "INV103",
        "FIN104",
    }
    assert rules("--ignore", "GUA,FIN") == {rule for rule in everything if rule[:3] not in {"GUA", "FIN"}}
    assert rules("--select", "GUA1", "--ignore", "GUA104") == rules("--select", "GUA") - {"GUA104"}


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_code_names_the_one_that_was_meant(run: Run, tmp_path: Path, option: str) -> None:
    ran = run("check", written(tmp_path / "a.json", CLEAN), option, "GUA1O4")
    assert "GUA104" in ran.err


def test_a_wrong_interpretation_names_the_one_that_was_meant(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "a.json", CLEAN)
    assert "share_basis" in run("check", file, "--interpret", "share_bases=economic").err
    assert "economic" in run("check", file, "--interpret", "share_basis=economics").err


def test_an_interpretation_changes_the_outcome(run: Run, tmp_path: Path) -> None:
    adjusted = json.loads(json.dumps(CLEAN))
    adjusted["filing"] |= {"year": 2026, "reference_date": "2026-03-31"}
    adjusted["financing_reports"] = [{"year": 2026, "quarter": 1, "submitted_on": "2026-04-20"}]
    file = written(tmp_path / "a.json", adjusted)
    common = [
        "check",
        file,
        "--as-of",
        "2026-04-30",
        "--select",
        "FIN101",
        "--show",
        "pass",
        "--format",
        "json",
    ]
    for reading, outcome in ("next_quarter_end", "pass"), ("20", "pass"), ("16", "fail"):
        report = report_of(run(*common, "--interpret", f"quarterly_due={reading}"))
        assert [finding["outcome"] for finding in report["findings"]] == [outcome]
        assert report["ruleset"]["interpretations"]["quarterly_due"] == reading


def test_show_lists_more_and_counts_the_same(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "a.json", UNKNOWN)
    few, more = (
        report_of(run("check", file, "--as-of", AS_OF, "--format", "json", *arguments))
        for arguments in ([], ["--show", "pass,not_applicable"])
    )
    assert {finding["outcome"] for finding in few["findings"]} == {"unknown"}
    assert {finding["outcome"] for finding in more["findings"]} == {"unknown", "pass"}
    assert few["summary"] == more["summary"]
    assert len(more["findings"]) == sum(more["summary"]["outcomes"].values())


def test_standard_input_holds_one_filing(run: Run) -> None:
    data = json.dumps(BREACH["data"]).encode()
    ran = run("check", "-", "--as-of", AS_OF, "--format", "json", stdin=data)
    assert ran.status == 1
    assert [filing["source"] for filing in report_of(ran)["filings"]] == ["-"]


@pytest.mark.parametrize("data", [b"{}", b"", b"[]", b"not json", b'{"filing": 5}', b"\xff\xfe\x00", b"[[[["])
def test_standard_input_that_holds_none_is_told_of(run: Run, data: bytes) -> None:
    ran = run("check", "-", "--as-of", AS_OF, "--format", "json", stdin=data)
    [filing] = report_of(ran)["filings"]
    assert (ran.status, filing["status"]) == (2, "unreadable")
    assert all(problem["message"] for problem in filing["problems"])
    assert filing["problems"]


def test_an_empty_object_is_told_what_it_lacks(run: Run) -> None:
    ran = run("check", "-", "--as-of", AS_OF, stdin=b"{}")
    assert ran.status == 2
    assert all(field in ran.out for field in ("group_code", "year", "reference_date"))


def test_quiet_prints_nothing_and_still_writes(run: Run, tmp_path: Path) -> None:
    file, output = written(tmp_path / "a.json", BREACH["data"]), tmp_path / "report.json"
    ran = run("check", file, "--as-of", AS_OF, "--quiet", "-o", output)
    assert (ran.status, ran.out, ran.err) == (1, "", "")
    assert json.loads(output.read_text(encoding="utf-8"))["summary"]["outcomes"]["fail"] == 1


@pytest.mark.parametrize("ending", ["xlsx", "json", "jsonl", "csv"])
def test_outputs_are_written_by_their_ending(run: Run, tmp_path: Path, ending: str) -> None:
    file, output = written(tmp_path / "a.json", BREACH["data"]), tmp_path / f"report.{ending}"
    assert run("check", file, "--as-of", AS_OF, "-o", output).status == 1
    content = output.read_bytes()
    assert content.startswith(b"PK") if ending == "xlsx" else b"DAT005" in content


def test_an_output_that_cannot_be_written_gives_2(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "a.json", CLEAN)
    ran = run("check", file, "--as-of", AS_OF, "-o", tmp_path / "nowhere" / "report.json")
    assert ran.status == 2
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("output", ["none/out.json", "none/{group_code}.json", "folder.json"])
def test_what_can_be_seen_not_to_be_writable_is_refused_before_the_check(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    def checked(*_: object, **__: object) -> None:
        raise AssertionError("the check began")

    written(tmp_path / "clean.json", CLEAN)
    (tmp_path / "folder.json").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(api, "check_paths", checked)
    ran = run("check", "clean.json", "-o", "first.json", "-o", output)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"错误：{output}: ")
    assert not (tmp_path / "first.json").exists()


def test_a_table_may_be_written_again_into_the_folder_that_is_checked(run: Run, tmp_path: Path) -> None:
    written(tmp_path / "clean.json", CLEAN)
    for _ in range(2):
        ran = run("check", tmp_path, "--as-of", AS_OF, "--quiet", "-o", tmp_path / "findings.csv")
        assert (ran.status, ran.err) == (0, "")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_report_in_the_folder_that_is_checked_is_no_filing(run: Run, tmp_path: Path, lang: str) -> None:
    written(tmp_path / "breach.json", BREACH["mandatory"])
    report = tmp_path / "report.xlsx"
    check = ("check", tmp_path, "--as-of", AS_OF, "--lang", lang)
    for _ in range(2):
        ran = run(*check, "--quiet", "-o", report)
        assert (ran.status, ran.err) == (1, "")
    again = report_of(run(*check, "--format", "json"))
    assert [Path(filing["source"]).name for filing in again["filings"]] == ["breach.json"]
    assert any(str(report) in notice for notice in again["ruleset"]["notices"])
    reports = tmp_path / "reports"
    reports.mkdir()
    shutil.copy(report, reports)
    beside = run("check", reports, tmp_path / "breach.json", "--as-of", AS_OF, "--format", "json")
    assert beside.status == 2
    assert [(Path(f["source"]).name, f["status"]) for f in report_of(beside)["filings"]] == [
        ("breach.json", "checked"),
        ("reports", "unreadable"),
    ]
    alone = run("check", report, "--as-of", AS_OF, "--format", "json")
    assert alone.status == 2
    assert report_of(alone)["filings"][0]["problems"][0]["code"] == "own-report"


@pytest.mark.parametrize("format_", ["jsonl", "csv", "json", "text"])
def test_formats_on_standard_output(run: Run, tmp_path: Path, format_: str) -> None:
    file = written(tmp_path / "a.json", BREACH["data"])
    ran = run("check", file, "--as-of", AS_OF, "--format", format_)
    assert ran.status == 1
    assert "DAT005" in ran.out
    if format_ == "jsonl":
        kinds = [json.loads(line)["type"] for line in ran.out.splitlines()]
        assert kinds == ["report", "filing", "finding", "summary"]


def test_the_language_can_be_chosen(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "a.json", BREACH["data"])
    messages = {
        lang: report_of(run("check", file, "--as-of", AS_OF, "--format", "json", "--lang", lang))["findings"]
        for lang in ("zh", "en")
    }
    [zh], [en] = messages["zh"], messages["en"]
    assert zh["message"] != en["message"]
    assert zh["fingerprint"] == en["fingerprint"]
    texts = {run("check", file, "--as-of", AS_OF, "--lang", lang).out for lang in ("zh", "en")}
    assert len(texts) == 2
    errors = {run("check", file, "--select", "X", "--lang", lang).err for lang in ("zh", "en")}
    assert len(errors) == 2


def test_the_day_of_the_check_is_today_by_default(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "a.json", CLEAN)
    before = date.today()
    as_of = report_of(run("check", file, "--format", "json"))["as_of"]
    assert before <= date.fromisoformat(as_of) <= date.today()


def test_source_date_epoch_fixes_the_time_of_the_report(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1713168000")
    file = written(tmp_path / "a.json", CLEAN)
    assert report_of(run("check", file, "--format", "json"))["generated_at"] == "2024-04-15T08:00:00Z"


@pytest.mark.parametrize("epoch", ["abc", "1e5", "²", "9" * 20])
def test_a_source_date_epoch_that_is_no_time_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    ran = run("check", written(tmp_path / "a.json", CLEAN), "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"Error: SOURCE_DATE_EPOCH: the environment variable holds “{epoch}”")


def test_a_further_year_of_the_calendar(run: Run, tmp_path: Path) -> None:
    late = json.loads(json.dumps(CLEAN))
    late["filing"] |= {"year": 2027, "reference_date": "2027-02-28"}
    late["plans"][0] |= {"year": 2027, "submitted_on": "2027-03-01"}
    file = written(tmp_path / "a.json", late)
    calendar = tmp_path / "calendar.yaml"
    calendar.write_text("- {year: 2027, source: 通知, days_off: [], worked: []}\n", encoding="utf-8")
    common = [
        "check",
        file,
        "--as-of",
        "2027-03-20",
        "--select",
        "INV101",
        "--show",
        "pass",
        "--format",
        "json",
    ]
    outcomes = [
        [finding["outcome"] for finding in report_of(run(*common, *more))["findings"]]
        for more in ([], ["--calendar", calendar])
    ]
    assert outcomes == [["unknown"], ["pass"]]


def test_a_page_has_pictures_and_limits(run: Run, tmp_path: Path) -> None:
    filing = next(SAMPLES.glob("01-*"))
    page = tmp_path / "r.html"
    assert run("check", filing, "--as-of", "2024-04-15", "-o", page, "-o", tmp_path / "r.json").status == 1
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert 'class="picture' in text
    assert 'class="caps"' in text
