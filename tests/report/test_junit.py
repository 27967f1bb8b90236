"""The JUnit form: what fails, what is skipped, and that it always is XML."""

from xml.etree.ElementTree import Element, fromstring

import pytest
from msgspec.structs import replace

from soe_compliance.domain.outcomes import Outcome, Severity
from soe_compliance.domain.text import Language
from soe_compliance.engine import Status
from soe_compliance.report.junit import junit_report
from soe_compliance.report.model import Report
from tests.report import reports


def written(report: Report, language: Language = "zh", fail_on: str = "data") -> bytes:
    return b"".join(junit_report(report, language, fail_on))


def suites(report: Report, fail_on: str = "data") -> list[Element]:
    root = fromstring(written(report, "zh", fail_on).decode())
    for total in ("tests", "failures", "errors", "skipped"):
        assert int(root.get(total, "")) == sum(int(suite.get(total, "")) for suite in root)
    for suite in root:
        cases = suite.findall("testcase")
        assert int(suite.get("tests", "")) == len(cases)
        for total, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(total, "")) == sum(case.find(tag) is not None for case in cases)
    return list(root)


def told(suite: Element) -> list[tuple[str, str]]:
    """The rule of each case with what became of it."""
    return [
        (case.get("classname", "").rpartition(".")[2], case[0].tag if len(case) else "passed")
        for case in suite.findall("testcase")[1:]
    ]


def test_a_case_a_finding() -> None:
    [suite] = suites(reports.report())
    assert told(suite) == [
        ("GUA105", "failure"),
        ("GUA104", "skipped"),
        ("GUA101", "failure"),
        ("INV205", "failure"),
        ("INV205", "skipped"),
        ("GUA105", "skipped"),
        ("INV103", "failure"),
    ]
    cap = suite.findall("testcase")[1]
    text = "".join(cap.itertext())
    for part in ("第十三条第（一）项", "担保台账!H7", "财务数据!C5", reports.over_cap().fingerprint):
        assert part in text
    assert "6,100.00万元" in (cap[0].get("message") or "")
    facts = {p.get("name"): p.get("value") for p in suite.iter("property")}
    assert facts["digest"] == "sha256:" + "0" * 64
    assert (facts["ruleset"], facts["as_of"], facts["group_code"]) == ("tiny", "2024-04-15", reports.PARENT)


@pytest.mark.parametrize(
    ("fail_on", "failures"),
    [("never", 0), ("prohibition", 1), ("mandatory", 2), ("principle", 3), ("data", 4), ("advisory", 5)],
)
def test_breaches_fail_from_a_severity_on(fail_on: str, failures: int) -> None:
    findings = tuple(replace(reports.over_cap(), severity=severity) for severity in Severity)
    [suite] = suites(reports.report(findings=findings), fail_on)
    assert int(suite.get("failures", "")) == failures
    assert len(suite.findall("testcase")) == len(findings) + 1


def test_what_passes_passes() -> None:
    findings = (replace(reports.over_cap(), outcome=Outcome.PASS),)
    [suite] = suites(reports.report(findings=findings))
    assert told(suite) == [("GUA105", "passed")]


def test_what_can_not_be_read_is_an_error_and_what_is_read_in_part_is_skipped() -> None:
    in_part, broken = suites(reports.full_report())
    assert in_part.findall("testcase")[0][0].tag == "skipped"
    [case] = broken.findall("testcase")
    assert case[0].tag == "error"
    assert case[0].get("type") == Status.UNREADABLE.value
    assert case[0].text


def test_groups_that_filed_nothing_have_a_suite() -> None:
    [suite] = suites(reports.report(filings=(), findings=(replace(reports.decided_late(), filing="-"),)))
    assert suite.get("failures") == "1"


def test_texts_of_filers_stay_texts() -> None:
    data = written(reports.harmful_report())
    assert b"<script>" not in data
    root = fromstring(data.decode())
    assert not root.findall(".//script")
    assert not set("".join(root.itertext())) & {"\x1b", "\u202e", "\x07"}
    assert len(root.findall("testsuite")) == 2


def test_the_same_bytes_each_time() -> None:
    assert written(reports.full_report(), "en") == written(reports.full_report(), "en")
