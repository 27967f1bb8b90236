"""Two reports compared: what became of each verdict, and why."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from soe_compliance.domain.finding import Finding, MeasuredAmount
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Language
from soe_compliance.engine import FilingResult
from soe_compliance.report.diff import DiffDocument, State, Why, diff
from soe_compliance.report.diff_text import diff_text
from soe_compliance.report.diff_workbook import diff_workbook
from soe_compliance.report.document import ReportDocument, document
from soe_compliance.report.model import Report
from soe_compliance.report.wrapping import text_width
from tests.report import reports
from tests.report.rules import tiny_ruleset

SAME = "sha256:" + "0" * 64
OTHER = "sha256:" + "1" * 64


def compared(old: Report, new: Report, **kwargs: Any) -> DiffDocument:
    return diff(document(old), document(new), **kwargs)


def states(found: DiffDocument) -> dict[str, State]:
    return {change.fingerprint: change.state for change in found.changes}


def later(digest: str = OTHER, **changes: Any) -> Report:
    made = reports.report(filings=(reports.filing(digest=digest),))
    return replace(made, **changes)


def as_outcome(finding: Finding, outcome: Outcome) -> Finding:
    return replace(finding, outcome=outcome)


def test_a_report_against_itself() -> None:
    found = compared(reports.report(), reports.report())
    assert found.summary == {**dict.fromkeys(State, 0), State.PERSISTING: len(reports.all_findings())}
    assert not any(change.why for change in found.changes)
    assert found.new_breaches == 0


def test_each_state() -> None:
    cap, total, unrelated, late, waiting, unknown, twice = reports.all_findings()
    old = reports.report(findings=(cap, total, unrelated, late, waiting))
    new = later(
        findings=(cap, as_outcome(total, Outcome.FAIL), as_outcome(late, Outcome.PASS), unknown, twice)
    )
    found = compared(old, new)
    assert states(found) == {
        cap.fingerprint: State.PERSISTING,
        total.fingerprint: State.CHANGED,
        unrelated.fingerprint: State.CURED,
        late.fingerprint: State.CURED,
        waiting.fingerprint: State.CURED,
        unknown.fingerprint: State.NEW,
        twice.fingerprint: State.NEW,
    }
    assert found.new_breaches == 2  # the waived one that no longer is, and the second adjustment
    assert all(change.why == [Why.DATA] for change in found.changes if change.state is not State.PERSISTING)
    assert [change.state for change in found.changes] == sorted(
        (change.state for change in found.changes), key=list(State).index
    )


def test_what_passed_before_and_fails_now_is_new() -> None:
    cap = reports.over_cap()
    found = compared(reports.report(findings=(as_outcome(cap, Outcome.PASS),)), later(findings=(cap,)))
    assert states(found) == {cap.fingerprint: State.NEW}
    assert found.changes[0].old
    assert found.changes[0].old.outcome == "pass"
    assert found.new_breaches == 1


@pytest.mark.parametrize(
    "filings",
    [
        (),
        (reports.broken_filing(),),
        (reports.filing(year=2025, digest=OTHER),),
        (reports.filing(group_code="OTHER", digest=OTHER),),
        (replace(reports.broken_filing(), id="a", group_code=reports.PARENT, year=2024),),
    ],
)
def test_what_nobody_looked_at_is_not_cured(filings: tuple[FilingResult, ...]) -> None:
    found = compared(reports.report(), later(filings=filings, findings=()))
    assert set(states(found).values()) == {State.UNCHECKED}
    assert found.summary[State.CURED] == 0
    assert "不能认定已消除" in diff_text(found).replace("\n   ", "")


def test_a_group_that_has_filed_since() -> None:
    absent = replace(reports.over_cap(), filing="-")
    assert absent.fingerprint == reports.over_cap().fingerprint
    old = reports.report(filings=(), findings=(absent,))
    assert set(states(compared(old, later(findings=()))).values()) == {State.CURED}
    assert set(states(compared(old, reports.report(filings=(), findings=()))).values()) == {State.UNCHECKED}


def test_two_filings_of_one_group_are_told_apart_by_their_date() -> None:
    june = date(2024, 6, 30)
    filings = (reports.filing(), reports.filing(id="a2", reference_date=june))
    first, second = reports.over_cap(), replace(as_outcome(reports.over_cap(), Outcome.UNKNOWN), filing="a2")
    old = reports.report(filings=filings, findings=(first, second))
    new = reports.report(filings=filings[::-1], findings=(second, first))
    assert compared(old, new).summary[State.PERSISTING] == 2


def changed_by(**changes: Any) -> list[Why]:
    """Why a pending verdict became a breach, from a report that differs from the old one in so much."""
    pending = as_outcome(reports.over_cap(), Outcome.PENDING)
    kwargs = changes.pop("rules", {})
    new = later(SAME, findings=(reports.over_cap(),), **changes)
    [change] = compared(reports.report(findings=(pending,)), new, **kwargs).changes
    assert change.state is State.CHANGED
    return change.why


def test_each_reason() -> None:
    day = reports.report().as_of + timedelta(1)
    read_otherwise = tiny_ruleset(readings={"entity_net_assets": "consolidated"})
    both = {"rules": {"old_rules": reports.RULESET, "new_rules": read_otherwise}}
    assert changed_by() == []
    assert changed_by(filings=(reports.filing(digest=SAME),)) == []
    assert changed_by(filings=(reports.filing(digest=OTHER),)) == [Why.DATA]
    assert changed_by(as_of=day) == [Why.DATE]
    assert changed_by(ruleset=tiny_ruleset(id="tiny-2")) == [Why.RULES]
    assert changed_by(ruleset=tiny_ruleset(published=date(2022, 1, 1))) == [Why.RULES]
    assert changed_by(ruleset=read_otherwise, **both) == [Why.READING]
    assert changed_by(ruleset=read_otherwise) == [Why.RULES, Why.READING]
    assert changed_by(ruleset=read_otherwise, as_of=day, **both) == [Why.READING, Why.DATE]


def test_a_reading_that_the_rule_does_not_hang_on_is_no_reason() -> None:
    old = reports.report(findings=(as_outcome(reports.decided_late(), Outcome.PENDING),))
    new = later(SAME, findings=(reports.decided_late(),))
    read_otherwise = tiny_ruleset(readings={"entity_net_assets": "consolidated"})
    new = replace(new, ruleset=read_otherwise, as_of=new.as_of + timedelta(1))
    [change] = compared(old, new, old_rules=reports.RULESET, new_rules=read_otherwise).changes
    assert change.why == [Why.DATE]


def test_a_newer_program() -> None:
    old = document(reports.report(findings=(as_outcome(reports.over_cap(), Outcome.PENDING),)))
    old = old.model_copy(update={"tool": old.tool.model_copy(update={"version": "0.0.1"})})
    [change] = diff(old, document(reports.report(findings=(reports.over_cap(),)))).changes
    assert change.why == [Why.PROGRAM]


def test_data_that_changed_elsewhere_is_no_reason() -> None:
    """The file is another, yet the cells that the verdict rests on are the same; the day is not."""
    pending = as_outcome(reports.over_cap(), Outcome.PENDING)
    new = later(findings=(reports.over_cap(),), as_of=reports.report().as_of + timedelta(1))
    [change] = compared(reports.report(findings=(pending,)), new).changes
    assert change.why == [Why.DATE]


def test_numbers_that_moved_are_explained_though_the_verdict_persists() -> None:
    moved = reports.over_cap(measured=MeasuredAmount(reports.point(7000), reports.point(5000), "万元"))
    [change] = compared(reports.report(findings=(reports.over_cap(),)), later(findings=(moved,))).changes
    assert (change.state, change.why) == (State.PERSISTING, [Why.DATA])


def a_bit_of_all(make: Callable[[], Report] = reports.harmful_report) -> DiffDocument:
    new, old = make(), reports.full_report()
    kept = tuple(as_outcome(finding, Outcome.UNKNOWN) for finding in old.findings[:3])
    return compared(
        old, replace(new, filings=(*new.filings, reports.filing(id="z")), findings=(*new.findings, *kept))
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 80, 140])
def test_lines_fit_and_steer_nothing(language: Language, width: int) -> None:
    text = diff_text(a_bit_of_all(), language, width)
    assert max(map(text_width, text.splitlines())) <= width
    assert not set(text) & {"\x1b", "\u202e", "\x07", "\r"}


def test_it_reads_back_from_json() -> None:
    found = a_bit_of_all(reports.report)
    assert DiffDocument.model_validate_json(found.model_dump_json(by_alias=True, exclude_unset=True)) == found


def sheet(found: DiffDocument, language: Language = "zh") -> list[dict[str, Any]]:
    book = load_workbook(io.BytesIO(diff_workbook(found, language, reports.RULESET)))
    header, *rows = book.worksheets[0].iter_rows()
    names = [str(cell.value) for cell in header]
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_the_register() -> None:
    moved = reports.over_cap(measured=MeasuredAmount(reports.point(7000), reports.point(5000), "万元"))
    old = reports.report(findings=(reports.over_cap(), reports.unrelated()))
    new = later(findings=(moved, reports.decided_late(), reports.adjusted_twice()))
    late, twice, cap, gone = sheet(compared(old, new))
    assert [row["对比"].value for row in (late, twice, cap, gone)] == ["新增", "新增", "持续", "已消除"]
    assert (cap["原实际值"].value, cap["新实际值"].value, cap["新限额/应为"].value) == (6100, 7000, 5000)
    assert (cap["原差额"].value, cap["新差额"].value, cap["单位"].value) == (1100, 2000, "万元")
    assert (cap["规则名称"].value, cap["依据条款"].value) == (
        "单户累计担保额不超过本企业净资产的50%",
        "第十三条第（一）项",
    )
    assert late["新实际值"].value.date() == date(2024, 3, 25)
    assert late["新限额/应为"].value.date() == date(2024, 3, 19)
    assert (late["新差额"].value, late["单位"].value) == (6, "天")
    assert (twice["新实际值"].value, twice["新限额/应为"].value) == (2, 1)
    assert (gone["原结论"].value, gone["新结论"].value, gone["变化原因"].value) == ("违反", None, "填报数据")
    for row in (late, twice, cap, gone):
        assert all(row[name].value is None for name in ("复核意见", "整改状态", "销号状态", "销号日期"))


def test_people_choose_from_lists() -> None:
    book = load_workbook(io.BytesIO(diff_workbook(a_bit_of_all())))
    lists = {str(found.formula1) for found in book.worksheets[0].data_validations.dataValidation}
    assert {'"未销号,拟销号,已销号"', '"立行立改,分阶段整改,持续整改"', '"未整改,持续整改,已整改"'} <= lists


def test_no_text_is_a_formula_or_a_link() -> None:
    for row in sheet(a_bit_of_all()):
        for cell in row.values():
            assert cell.data_type != "f"
            assert cell.hyperlink is None
            assert not isinstance(cell.value, str) or not set(cell.value) & {"\x1b", "\u202e"}
            if isinstance(cell.value, str) and cell.value[:1] in "=+@":
                assert cell.quotePrefix


def test_the_same_bytes_each_time() -> None:
    assert diff_workbook(a_bit_of_all(), "en") == diff_workbook(a_bit_of_all(), "en")


def test_reports_without_anything() -> None:
    empty: ReportDocument = document(reports.report(filings=(), findings=()))
    found = diff(empty, empty)
    assert found.changes == []
    assert diff_workbook(found)
    assert diff_text(found, "en").endswith("New breaches: 0.\n")
