"""The JSON report against its own schema, and its numbers."""

import json
import time
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from soe_compliance.domain.exact import Interval
from soe_compliance.domain.finding import Cure, Explanation, MeasuredAmount, stated
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.report import model
from soe_compliance.report.document import document, filing_document, report_schema, to_json
from soe_compliance.report.json_report import json_report
from soe_compliance.report.json_values import filing_values, instant, json_of
from soe_compliance.report.lines import jsonl_report
from soe_compliance.report.model import Report
from tests.report import reports


def data(report: Report) -> Any:
    return json.loads(b"".join(json_report(report)))


def measured(amount: MeasuredAmount) -> Any:
    found = reports.over_cap(measured=amount, facts={"base": "1", "base_year": "2023"})
    return data(reports.report(findings=(replace(found, outcome=Outcome.PASS),)))["findings"][0]["measured"]


@pytest.mark.parametrize("report", [reports.report(), reports.full_report(), reports.harmful_report()])
def test_a_report_is_valid_by_its_schema(report: Report) -> None:
    schema = report_schema()
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(data(report))


def test_the_schema_refuses_what_is_no_report() -> None:
    validator = Draft202012Validator(report_schema())
    whole = data(reports.report())
    assert not validator.is_valid({**whole, "format": "other/1"})
    assert not validator.is_valid({**whole, "more": 1})
    assert not validator.is_valid({key: value for key, value in whole.items() if key != "findings"})


def test_the_head_of_a_report() -> None:
    whole = data(reports.full_report())
    assert list(whole) == [
        "format", "tool", "generated_at", "as_of", "ruleset", "summary", "filings", "findings"
    ]  # fmt: skip
    assert whole["tool"] == {"name": "soe-compliance", "version": model.VERSION}
    assert whole["generated_at"] == "2024-04-15T08:00:00Z"
    assert whole["ruleset"]["interpretations"] == {"entity_net_assets": "own"}
    assert whole["ruleset"]["notices"] == [
        "小规则集的试行期已于2025-04-30届满，是否继续适用请核实",
        "同一集团有两份填报",
    ]
    assert whole["summary"] == {
        "filings": 2,
        "unreadable": 1,
        "outcomes": {"fail": 4, "waived": 1, "pending": 1, "unknown": 1, "pass": 57, "not_applicable": 0},
    }


def test_the_version_is_the_packages() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == model.VERSION


def test_a_filing() -> None:
    first, second = data(reports.full_report())["filings"]
    assert first["outcomes"] == {"fail": 4, "waived": 1, "pending": 1, "unknown": 1, "pass": 57}
    assert first["status"] == "incomplete"
    assert first["reference_date"] == "2024-03-31"
    assert first["problems"][0] == {
        "level": "error",
        "code": "cell-unreadable",
        "message": "“签署日期”填写的“2017126”不是有效的日期，按未填处理；请更正",
        "table": "guarantees",
        "field": "signed_on",
        "location": "担保台账!L7",
    }
    assert (second["status"], second["digest"], second["year"]) == ("unreadable", None, None)


def test_a_finding() -> None:
    finding = data(reports.report())["findings"][0]
    assert list(finding) == [
        "fingerprint", "filing", "rule", "outcome", "severity", "responsible", "subject", "clause", "message",
        "measured", "missing", "sensitive_to", "explanation", "evidence", "remedy", "cure", "waiver",
    ]  # fmt: skip
    assert finding["measured"] == {
        "value": "6100.00",
        "limit": "5000.00",
        "excess": "1100.00",
        "unit": "万元",
    }
    assert finding["evidence"][0] == {
        "table": "guarantees",
        "id": "DB-003",
        "field": "balance",
        "value": "3000",
        "location": "担保台账!H7",
    }
    assert finding["sensitive_to"] == []
    assert finding["explanation"] is finding["cure"] is finding["waiver"] is None


@pytest.mark.parametrize(
    ("cure", "expected"),
    [
        (
            reports.RUN_DOWN,
            {"id": "DB-003", "field": "balance", "from": "3000", "to": "1900.00", "by": "-1100.00"},
        ),
        (
            Cure(
                "guarantees", "#4", "signed_on", None, stated(date(2024, 3, 1)), row={"beneficiary_code": "B"}
            ),
            {"from": None, "to": "2024-03-01", "by": None, "row": {"beneficiary_code": "B"}},
        ),
        (
            Cure("guarantees", "#4", "home_buyers", stated(True), stated(False)),
            {"from": "true", "to": "false", "by": None},
        ),
        (
            Cure("guarantees", "#4", "x", stated(()), stated(("application", "resolution"))),
            {"from": "", "to": "application,resolution"},
        ),
    ],
)
def test_a_cure(cure: Cure, expected: dict[str, Any]) -> None:
    report = reports.report(findings=(reports.over_cap(cure=replace(cure, field="balance")),))
    shown = data(report)["findings"][0]["cure"]
    Draft202012Validator(report_schema()).validate(data(report))
    assert shown["table"] == "guarantees"
    assert {**expected, "field": "balance"}.items() <= shown.items()
    assert ("row" in shown) == (cure.row is not None)


def test_days_and_counts_and_waivers() -> None:
    _, waived, _, late, waiting, undecided, counted = data(reports.report())["findings"]
    assert waived["measured"]["exact"] == "200/3"
    assert waived["measured"]["limit"] == "66.666666666667"
    assert waived["waiver"]["expires_on"] == "2024-12-31"
    assert late["measured"] == {"date": "2024-03-25", "due": "2024-03-19", "days_late": 6}
    assert waiting["measured"] == {
        "date": None, "due": "2027-02-28", "due_high": "2027-03-15", "days_late": None
    }  # fmt: skip
    assert undecided["missing"] == ["guarantees.balance", "financials.net_assets"]
    assert counted["measured"] == {"value": "2", "limit": "1"}


def test_ranges_have_their_upper_ends() -> None:
    amount = MeasuredAmount(Interval(Fraction(1), None), Interval(Fraction(1, 3), Fraction(1, 2)), "元")
    assert measured(amount) == {
        "value": "1.00",
        "value_high": None,
        "limit": "0.333333333333",
        "limit_high": "0.50",
        "excess": "0.50",
        "unit": "元",
        "exact": "1/3",
    }


THIRD, HALF = Fraction(1, 3), Fraction(1, 2)


@pytest.mark.parametrize(
    ("value", "limit"),
    [
        (Interval(HALF, HALF), Interval(THIRD, HALF)),
        (Interval(HALF, HALF), Interval(HALF, THIRD)),
        (Interval(THIRD, None), Interval(HALF, HALF)),
        (Interval(HALF, THIRD), Interval(HALF, HALF)),
    ],
)
def test_the_fraction_of_which_decimals_show_a_part_is_given_whole(value: Interval, limit: Interval) -> None:
    assert measured(MeasuredAmount(value, limit, "元"))["exact"] == "1/3"


def test_what_excuses_and_what_the_filer_says() -> None:
    _, waived, *_ = reports.report().findings
    assert waived.waiver
    [shown] = data(reports.report(findings=(waived,)))["findings"]
    assert shown["waiver"] == {
        "source": "filing",
        "approval_no": "兴国资〔2024〕1号",
        "approver": "盟国资委",
        "reason": "历史担保",
        "expires_on": "2024-12-31",
    }
    explained = replace(waived, explanation=Explanation("已办理延期", "财务部", date(2024, 4, 1)))
    [shown] = data(reports.report(findings=(explained,)))["findings"]
    assert shown["explanation"] == "已办理延期（财务部 2024-04-01）"


def test_who_files() -> None:
    first = data(reports.report(filings=(reports.filing(group_code="P", group_name="集团"),)))["filings"][0]
    assert (first["group_code"], first["group_name"]) == ("P", "集团")


def test_no_number_is_rounded() -> None:
    amount = MeasuredAmount(reports.point("12345678901234567.000001"), reports.point("0.1"), "亿元")
    assert measured(amount)["value"] == "12345678901234567.000001"
    assert measured(amount)["excess"] == "12345678901234566.900001"


@pytest.fixture
def in_beijing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The time of this process; on Windows, which can't set it, that of the machine."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Shanghai")
        getattr(time, "tzset", lambda: None)()
        yield
    getattr(time, "tzset", lambda: None)()


@pytest.mark.usefixtures("in_beijing")
def test_a_time_is_in_utc() -> None:
    assert instant(datetime(2024, 4, 15, 8)) == "2024-04-15T08:00:00Z"
    assert instant(datetime(2024, 4, 15, 16, tzinfo=timezone(timedelta(hours=8)))) == "2024-04-15T08:00:00Z"


def test_texts_come_back_as_they_were_and_nothing_steers_a_terminal() -> None:
    written = b"".join(json_report(reports.harmful_report())).decode()
    assert not set(written) & {"\x1b", "\u202e", "\x07"}
    whole = json.loads(written)
    assert whole["findings"][0]["subject"]["name"] == reports.HARMFUL
    assert whole["filings"][0]["source"] == "in\\xffbox/\x1b]0;x\x07.xlsx"


def test_a_group_that_filed_nothing_counts() -> None:
    finding = replace(reports.adjusted_twice(), filing="-")
    summary = data(reports.report(filings=(), findings=(finding,)))["summary"]
    assert summary["outcomes"]["fail"] == 1


def test_the_language_of_texts() -> None:
    whole = json.loads(b"".join(json_report(reports.report(), "en")))
    assert whole["ruleset"]["title"] == "A tiny ruleset"
    assert whole["findings"][4]["message"] == "Approval HZ-02 is due by 2027-02-28 to 2027-03-15."


def test_json_is_whole_lines_and_the_same_each_time() -> None:
    once = b"".join(json_report(reports.full_report()))
    assert once == b"".join(json_report(reports.full_report()))
    assert once.endswith(b"}\n")
    later = reports.report(generated_at=datetime(2025, 1, 1, tzinfo=UTC))
    assert b"".join(json_report(later)) != b"".join(json_report(reports.report()))


def test_json_lines() -> None:
    report = reports.full_report()
    lines = [json.loads(line) for line in b"".join(jsonl_report(report)).decode().splitlines()]
    assert [line["type"] for line in lines] == ["report", "filing", "filing", *["finding"] * 7, "summary"]
    whole = data(report)
    assert {key: lines[0][key] for key in ("format", "tool", "as_of", "ruleset")} == {
        key: whole[key] for key in ("format", "tool", "as_of", "ruleset")
    }
    assert [{k: v for k, v in line.items() if k != "type"} for line in lines[3:10]] == whole["findings"]
    assert lines[-1] == {"type": "summary", **whole["summary"]}


def test_a_harmful_text_does_not_break_a_json_line() -> None:
    for line in b"".join(jsonl_report(reports.harmful_report())).decode().split("\n")[:-1]:
        json.loads(line)


@given(st.text(st.characters()))
def test_values_are_written_as_the_models_have_them(text: str) -> None:
    """Whatever stands in a text: halves of surrogate pairs and control characters too."""
    filing = replace(reports.full_report().filings[0], id=text, group_name=text, group_code=None)
    assert json_of(filing_values(filing, "zh")) == to_json(filing_document(filing, "zh"))


def test_the_json_file_is_that_of_the_whole_document() -> None:
    for report in (reports.full_report(), reports.harmful_report(), reports.report(filings=(), findings=())):
        assert b"".join(json_report(report)).decode() == to_json(document(report)) + "\n"
