"""explain, diff, verify, and the files of check that other programs read."""

import json
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from tests.cli.conftest import Run
from tests.cli.filings import AS_OF, BREACH, CLEAN, PARENT, with_cells, written


def checked(run: Run, out: Path, *paths: Path, options: tuple[str, ...] = ()) -> dict[str, Any]:
    run("check", *paths, "--as-of", AS_OF, "--quiet", "-o", out, *options)
    report: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return report


@pytest.fixture
def filing(tmp_path: Path) -> Path:
    return written(tmp_path / "a.json", BREACH["principle"])


@pytest.fixture
def report(run: Run, tmp_path: Path, filing: Path) -> Path:
    checked(run, tmp_path / "r.json", filing)
    return tmp_path / "r.json"


def test_sarif_and_junit_on_standard_output_and_in_files(run: Run, tmp_path: Path, filing: Path) -> None:
    arguments = ("check", filing, "--as-of", AS_OF, "--format")
    log = json.loads(run(*arguments, "sarif").out)
    assert "GUA104" in {result["ruleId"] for result in log["runs"][0]["results"]}
    assert int(fromstring(run(*arguments, "junit").out).get("failures", "")) > 0
    never = fromstring(run(*arguments, "junit", "--fail-on", "never").out)
    assert never.get("failures") == "0"
    files = ("-o", tmp_path / "x.sarif", "-o", tmp_path / "x.xml")
    run("check", filing, "--as-of", AS_OF, "--quiet", *files, "--fail-on", "prohibition")
    assert json.loads((tmp_path / "x.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert fromstring((tmp_path / "x.xml").read_text(encoding="utf-8")).get("failures") == "0"


def test_a_file_for_each_group(run: Run, tmp_path: Path, filing: Path) -> None:
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    (tmp_path / "out").mkdir()
    ran = run(
        "check",
        filing,
        tmp_path / "broken.json",
        "--as-of",
        AS_OF,
        "-o",
        f"{tmp_path}/out/{{group_code}}.json",
    )
    assert ran.status == 2
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"{PARENT}.json", "未识别.json"}
    own = json.loads((tmp_path / "out" / f"{PARENT}.json").read_text(encoding="utf-8"))
    assert own["summary"] == {"filings": 1, "unreadable": 0, "outcomes": own["summary"]["outcomes"]}
    assert own["findings"]
    lost = json.loads((tmp_path / "out" / "未识别.json").read_text(encoding="utf-8"))
    assert lost["summary"]["unreadable"] == 1


def test_other_placeholders_are_refused_before_anything_is_read(run: Run, tmp_path: Path) -> None:
    ran = run("check", tmp_path / "none.json", "-o", f"{tmp_path}/{{name}}.json")
    assert ran.status == 2
    assert "{name}" in ran.err
    assert "none.json" not in ran.err


def test_explain(run: Run, report: Path) -> None:
    [found] = [f for f in json.loads(report.read_text(encoding="utf-8"))["findings"] if f["rule"] == "GUA104"]
    for lang in ("zh", "en"):
        ran = run("explain", report, found["fingerprint"][:8], "--lang", lang)
        assert ran.status == 0
        assert len(ran.out.splitlines()) <= 15
        for part in ("400.01", "40%", "1,000.00", "0.01", "/guarantees/0/balance", found["clause"]):
            assert part in ran.out
    assert run("explain", report, "ffffffffffffffff").status == 2
    assert run("explain", report, found["fingerprint"][:2]).status == 2
    assert run("explain", report.parent / "a.json", found["fingerprint"]).status == 2
    assert run("explain", report.parent / "none.json", found["fingerprint"]).status == 2


def test_diff_says_what_is_new_by_its_exit_status(
    run: Run, tmp_path: Path, filing: Path, report: Path
) -> None:
    written(filing, CLEAN)
    checked(run, tmp_path / "clean.json", filing)
    cured = run("diff", report, tmp_path / "clean.json", "--format", "json")
    assert cured.status == 0
    assert {c["rule"]: (c["state"], c["why"]) for c in json.loads(cured.out)["changes"]}["GUA104"] == (
        "cured",
        ["data"],
    )
    new = run(
        "diff",
        tmp_path / "clean.json",
        report,
        "-o",
        tmp_path / "d.xlsx",
        "-o",
        tmp_path / "d.json",
        "--quiet",
    )
    assert (new.status, new.out) == (1, "")
    assert (tmp_path / "d.xlsx").read_bytes().startswith(b"PK")
    assert json.loads((tmp_path / "d.json").read_text(encoding="utf-8"))["summary"]["new"] >= 1
    assert run("diff", report, report).status == 0


def test_diff_tells_a_reading_from_the_rules(run: Run, tmp_path: Path) -> None:
    filing = written(
        tmp_path / "a.json",
        with_cells(
            guarantees__balance="400.01", guarantees__amount="400.01", guarantees__debt_balance="400.01"
        ),
    )
    checked(run, tmp_path / "old.json", filing)
    checked(run, tmp_path / "new.json", filing, options=("--interpret", "group_net_assets=attributable"))
    changes = json.loads(run("diff", tmp_path / "old.json", tmp_path / "new.json", "--format", "json").out)[
        "changes"
    ]
    assert {c["rule"]: (c["state"], c["why"]) for c in changes if c["why"]} == {
        "GUA104": ("changed", ["reading"])
    }


def test_diff_of_what_is_no_report(run: Run, tmp_path: Path, filing: Path, report: Path) -> None:
    assert run("diff", filing, report).status == 2
    ran = run("diff", report, report, "-o", tmp_path / "d.pdf")
    assert ran.status == 2
    assert "d.pdf" in ran.err


def test_verify_as_reported(run: Run, tmp_path: Path, filing: Path, report: Path) -> None:
    assert run("verify", report, filing).status == 0
    moved = tmp_path / "elsewhere" / "b.json"
    moved.parent.mkdir()
    moved.write_bytes(filing.read_bytes())
    assert run("verify", report, moved, "--lang", "en").status == 0


def test_verify_in_the_language_and_readings_of_the_report(run: Run, tmp_path: Path, filing: Path) -> None:
    options = ("--lang", "en", "--interpret", "group_net_assets=attributable", "--show", "pass")
    checked(run, tmp_path / "r.json", filing, options=options)
    assert run("verify", tmp_path / "r.json", filing).status == 0


def test_verify_what_every_reading_was_tried_on(run: Run, tmp_path: Path, filing: Path) -> None:
    report = tmp_path / "r.json"
    found = checked(run, report, filing, options=("--interpret-all",))
    assert any(finding["sensitive_to"] for finding in found["findings"])
    assert run("verify", report, filing).status == 0
    _edit(report, lambda r: r["findings"][0].update(sensitive_to=["siblings"]))
    assert run("verify", report, filing).status == 1


def test_verify_files_that_changed_or_are_gone(run: Run, tmp_path: Path, filing: Path, report: Path) -> None:
    other = written(tmp_path / "other.json", {**CLEAN, "filing": {**CLEAN["filing"], "group_code": "X"}})
    ran = run("verify", report, filing, other)
    assert ran.status == 1
    assert "不在报告中" in ran.out
    written(filing, CLEAN)
    ran = run("verify", report, filing)
    assert ran.status == 1
    assert "已改动" in ran.out
    assert "填报数据已改动" in ran.out
    assert "GUA104" in ran.out
    ran = run("verify", report, other)
    assert ran.status == 1
    assert "缺失" in ran.out


def test_verify_files_that_can_not_be_read(run: Run, filing: Path, report: Path) -> None:
    filing.write_text("{", encoding="utf-8")
    assert run("verify", report, filing).status == 2
    filing.unlink()
    assert run("verify", report, filing).status == 2


def test_verify_what_was_unreadable_and_still_is(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "b.json"
    broken.write_text("{", encoding="utf-8")
    checked(run, tmp_path / "r.json", broken)
    assert run("verify", tmp_path / "r.json", broken).status == 0


PROBLEM = {
    "level": "error",
    "code": "row-unusable",
    "message": "",
    "table": "debts",
    "field": None,
    "location": None,
}


def _edit(report: Path, change: Any) -> None:
    data = json.loads(report.read_text(encoding="utf-8"))
    change(data)
    report.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda r: r["findings"].pop(),
        lambda r: r["findings"][0].update(outcome="pass"),
        lambda r: r["findings"][0].update(message="无问题。"),
        lambda r: r["findings"][0]["evidence"][0].update(value="1"),
        lambda r: r["filings"][0]["outcomes"].pop("fail"),
        lambda r: r["summary"]["outcomes"].update(fail=0),
        lambda r: r["ruleset"].update(digest="sha256:" + "0" * 64),
        lambda r: r["tool"].update(version="0.0.1"),
        lambda r: r["filings"][0].update(digest="sha256:" + "0" * 64),
        lambda r: r["filings"][0].update(group_name="别的集团"),
        lambda r: r["filings"][0].update(reference_date="2023-12-31"),
        lambda r: r["filings"][0]["problems"].append(PROBLEM),
    ],
)
def test_verify_finds_what_was_edited(run: Run, filing: Path, report: Path, change: Any) -> None:
    _edit(report, change)
    assert run("verify", report, filing).status == 1


def test_verify_finds_what_was_taken_out(run: Run, tmp_path: Path) -> None:
    """A problem of reading, and an upper end that is null: without it the lower end would be a point."""
    [guarantee] = CLEAN["guarantees"]
    rows = [{**guarantee, "balance": None}, {**guarantee, "id": "G2", "guarantor_code": None}]
    filing, report = written(tmp_path / "a.json", {**CLEAN, "guarantees": rows}), tmp_path / "r.json"
    checked(run, report, filing)
    whole = report.read_bytes()
    assert run("verify", report, filing).status == 0
    _edit(report, lambda r: r["filings"][0]["problems"].clear())
    ran = run("verify", report, filing)
    assert ran.status == 1
    assert "row-unusable /guarantees/1" in ran.out
    report.write_bytes(whole)
    ranges = [f["measured"] for f in json.loads(whole)["findings"] if "value_high" in (f["measured"] or {})]
    assert None in [measured["value_high"] for measured in ranges]
    _edit(report, lambda r: [(f["measured"] or {}).pop("value_high", 0) for f in r["findings"]])
    assert run("verify", report, filing).status == 1


def test_verify_with_rules_that_are_not_installed(run: Run, filing: Path, report: Path) -> None:
    _edit(report, lambda r: r["ruleset"].update(id="none-2000"))
    ran = run("verify", report, filing)
    assert ran.status == 2
    assert "none-2000" in ran.err
