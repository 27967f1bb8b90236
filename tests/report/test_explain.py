"""A finding explained: at most fifteen lines, every number as the report has it."""

import re
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from soe_compliance.api import Settings, check_paths
from soe_compliance.domain.finding import Evidence
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Language
from soe_compliance.report.document import (
    AmountDocument,
    CountDocument,
    DayDocument,
    FindingDocument,
    ReportDocument,
    document,
)
from soe_compliance.report.explain import MOST_LINES, explain
from soe_compliance.report.model import Report
from soe_compliance.report.proof import proof_of
from soe_compliance.report.rules_used import rules_used
from soe_compliance.report.wrapping import text_width
from tests.report import reports

SAMPLES = Path(__file__).resolve().parents[2] / "sample_filings"


@pytest.fixture(scope="module")
def samples() -> Report:
    return check_paths([str(SAMPLES)], Settings(as_of=date(2024, 4, 15), show=(Outcome.PASS,)))


def run_together(lines: list[str]) -> str:
    return re.sub(r"\s+", "", "".join(lines))


def grouped(number: str) -> str:
    whole, _, decimals = number.partition(".")
    return f"{int(whole):,}.{decimals}"


def is_certain(measured: AmountDocument) -> bool:
    """Whether both numbers are points with finite decimals."""
    return not measured.model_fields_set & {"value_high", "limit_high", "exact"}


def fits(
    finding: FindingDocument, whole: ReportDocument, report: Report, language: Language, width: int
) -> str:
    lines = explain(finding, whole, report.ruleset, language, width)
    assert len(lines) <= MOST_LINES
    assert all(text_width(line) <= width for line in lines), [
        line for line in lines if text_width(line) > width
    ]
    return run_together(lines)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 140])
def test_every_finding_of_the_samples(samples: Report, language: Language, width: int) -> None:
    whole = document(samples, language)
    kinds = set()
    for finding in whole.findings:
        text = fits(finding, whole, samples, language, width)
        kinds.add(type(finding.measured))
        for part in (finding.rule, finding.fingerprint, finding.clause):
            assert run_together([part]) in text
        match finding.measured:
            case AmountDocument() as amount if is_certain(amount):
                numbers = [amount.value, amount.limit, *([amount.excess] if amount.excess else [])]
                assert all(grouped(number) in text for number in numbers), (finding.rule, text)
            case DayDocument() as day:
                stated = [
                    day.due,
                    *([day.date] if day.date else []),
                    *([str(day.days_late)] if day.days_late else []),
                ]
                assert all(part in text for part in stated), text
            case CountDocument() as count:
                assert count.value in text
                assert count.limit in text
            case None:
                assert run_together([finding.message]) in text
    assert kinds == {AmountDocument, DayDocument, CountDocument, type(None)}


def test_caps_and_shares_of_the_samples_are_proved(samples: Report) -> None:
    """Each certain cap and share comes out of its cells: sum, base and, of a cap, the rule's own factor."""
    whole, proved = document(samples), set()
    for finding in whole.findings:
        if finding.rule not in ("GUA103", "GUA104", "GUA105") or finding.outcome not in (
            "fail",
            "waived",
            "pass",
        ):
            continue
        assert isinstance(finding.measured, AmountDocument)
        if not is_certain(finding.measured):
            continue
        rule = samples.ruleset.rules[finding.rule]
        proof = proof_of(finding.measured, finding.evidence, rule, samples.ruleset)
        assert proof.sum, finding
        assert proof.formula, finding
        assert proof.formula.by_rule == (finding.rule != "GUA103")
        proved.add((finding.rule, finding.outcome))
    assert {("GUA103", "fail"), ("GUA104", "waived"), ("GUA105", "fail"), ("GUA105", "pass")} <= proved


def test_the_sum_and_the_formula_are_written_out(samples: Report) -> None:
    whole = document(samples)
    [finding] = [
        f for f in whole.findings if f.rule == "GUA105" and f.measured and "43210.19" in str(f.measured)
    ]
    text = fits(finding, whole, samples, "zh", 100)
    assert "6,800.00+3,200.19+15,000.00+8,010.00+10,200.00=43,210.19万元" in text
    assert "86,420.36万元×50%=43,210.18万元" in text
    assert "43,210.19万元>43,210.18万元，超出0.01万元" in text
    assert all(cell.location in text for cell in finding.evidence if cell.table != "entities")


@pytest.mark.parametrize(
    ("rule", "outcome", "said", "english"),
    [
        (
            *("INV206", "pass"),
            "对照日2024-02-04（办结日期）比较2024-02-05（实施日期）晚于2024-02-04，1天：先后顺序符合要求",
            "Comparedwith2024-02-04(decided_on)Margin2024-02-05(started_on)is1dayafter2024-02-04:inorder",
        ),
        (
            *("GUA107", "fail"),
            "比较2023-11-22（内部决策日期）晚于2023-11-20，2天：先后顺序不符合要求",
            "Margin2023-11-22(board_resolution_on)is2daysafter2023-11-20:inthewrongorder",
        ),
        (
            *("INV207", "pass"),
            "比较2024-02-27与2024-02-27为同一天：先后顺序符合要求",
            "Margin2024-02-27isthesameday:inorder",
        ),
        (
            *("INV105", "pending"),
            "对照日2024-03-20（报送日期）比较2024-03-18（董事会决议日期）早于2024-03-20，2天：先后顺序符合要求",
            "Comparedwith2024-03-20(submitted_on)",
        ),
    ],
)
def test_of_an_order_of_days_the_other_day_is_not_called_due(
    samples: Report, rule: str, outcome: str, said: str, english: str
) -> None:
    texts: dict[Language, str] = {"zh": said, "en": english}
    for language, text in texts.items():
        whole = document(samples, language)
        shown = [
            run_together(explain(finding, whole, samples.ruleset, language))
            for finding in whole.findings
            if (finding.rule, finding.outcome) == (rule, outcome)
        ]
        assert any(text in lines for lines in shown)
        assert not any("到期" in lines or "Due2" in lines for lines in shown)


def test_of_an_attachment_no_date_is_missed(samples: Report) -> None:
    """The form has none for it: only whether it is attached."""
    whole = document(samples)
    said = {
        (finding.rule, finding.outcome): run_together(explain(finding, whole, samples.ruleset))
        for finding in whole.findings
        if finding.rule in ("INV102", "FIN102")
    }
    assert not any("未填日期" in text for text in said.values())
    assert "比较" not in said["FIN102", "pass"]
    assert "截至2024-04-15距到期还有77天" in said["FIN102", "pending"]
    assert "截至2024-04-15已超期104天" in said["FIN102", "fail"]
    assert "截至2024-04-15已超期46天" in said["INV102", "fail"]


def test_without_the_rules_nothing_is_quoted_from_them(samples: Report) -> None:
    whole = document(samples)
    finding = next(f for f in whole.findings if f.rule == "GUA105")
    lines = explain(finding, whole, None)
    rule = samples.ruleset.rules["GUA105"]
    assert run_together([rule.meaning.text.zh]) not in run_together(lines)
    assert finding.clause in run_together(lines)


def test_rules_are_those_of_the_report_or_none(samples: Report, tmp_path: Path) -> None:
    whole = document(samples)
    assert rules_used(whole) == samples.ruleset

    def with_ruleset(**changes: object) -> ReportDocument:
        return whole.model_copy(update={"ruleset": whole.ruleset.model_copy(update=changes)})

    assert rules_used(with_ruleset(digest="sha256:" + "0" * 64)) is None
    assert rules_used(with_ruleset(id="../../etc")) is None
    assert rules_used(with_ruleset(interpretations={"no_such": "x"})) is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_report(language: Language) -> None:
    for report in (reports.report(), reports.harmful_report()):
        whole = document(report, language)
        for finding in whole.findings:
            for width in (40, 80, 140):
                lines = explain(finding, whole, report.ruleset, language, width)
                assert len(lines) <= MOST_LINES
                assert not set("".join(lines)) & {"\x1b", "\u202e", "\n", "\r"}


def test_long_texts_of_filers_do_not_push_the_numbers_out() -> None:
    long = "名" * 5000
    found = reports.over_cap(name=long)
    cells = tuple(replace(cell, value=long, location=long) for cell in found.details.evidence)
    report = reports.report(
        filings=(reports.filing(group_name=long, source=long),),
        findings=(reports.over_cap(name=long, evidence=cells), reports.unrelated(long)),
    )
    whole = document(report)
    for finding in whole.findings:
        text = fits(finding, whole, report, "zh", 80)
        if finding.measured:
            assert "超出1,100.00万元" in text


def test_days_without_a_date() -> None:
    report = reports.report()
    whole = document(report)
    pending = next(f for f in whole.findings if f.outcome == "pending")
    text = fits(pending, whole, report, "zh", 100)
    assert f"还有{(date(2027, 2, 28) - report.as_of).days}天" in text


@pytest.mark.parametrize(("language", "said"), [("zh", "担保余额 （空）"), ("en", "balance (blank)")])
def test_a_blank_cell_is_shown_as_one(language: Language, said: str) -> None:
    undecided = reports.undecided()
    blank = Evidence("guarantees", "DB-003", "balance", "", "担保台账!H7")
    details = replace(undecided.details, evidence=(blank,))
    report = reports.report(findings=(replace(undecided, details=details),))
    whole = document(report, language)
    text = "\n".join(explain(whole.findings[0], whole, report.ruleset, language, 140))
    assert f"担保台账!H7 {said}" in text
    assert text.count("担保台账!H7") == 2
