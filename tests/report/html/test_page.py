"""The report as a page: what it says, and that nothing in it is live."""

import re
import sys
from base64 import b64encode
from datetime import date
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from soe_compliance import api
from soe_compliance.api import Settings, check_paths
from soe_compliance.cli.exit_codes import DEFECT
from soe_compliance.cli.status import exit_status
from soe_compliance.domain.outcomes import Outcome, Severity
from soe_compliance.domain.text import Language
from soe_compliance.domain.workdays import official_calendar
from soe_compliance.engine import Options
from soe_compliance.execution import shard
from soe_compliance.execution.shard import Prepared
from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.limits import Limits
from soe_compliance.report import late_exhibits, summary, wording
from soe_compliance.report.html import filings, overview
from soe_compliance.report.html import page as made
from soe_compliance.report.model import Report
from soe_compliance.report.render import render, write
from soe_compliance.report.safe import visible
from soe_compliance.report.verdict import verdict
from tests.report.html.pages import MARKUP, SAMPLES, Element, harmful, page, parsed, samples
from tests.report.reports import broken_filing, filing, full_report, over_cap, report

LANGUAGES: list[Language] = ["zh", "en"]


@pytest.fixture(scope="module")
def sample_report() -> Report:
    return samples()


@pytest.fixture(scope="module", params=LANGUAGES)
def sample_page(request: pytest.FixtureRequest, sample_report: Report) -> Element:
    return parsed(page(sample_report, request.param))


def rows(table: Element) -> list[list[str]]:
    [body] = table.all("tbody")
    return [[cell.text.strip() for cell in row.children] for row in body.all("tr")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_is_there_with_what_it_says(sample_report: Report, language: Language) -> None:
    shown = parsed(page(sample_report, language)).of_class("finding")
    texts = {article.of_class("fingerprint")[0].all("span")[-1].text: article.text for article in shown}
    assert len(shown) == len(texts) == len(sample_report.findings)
    for finding in sample_report.findings:
        text = texts[finding.fingerprint]
        said = wording.message(finding, sample_report.ruleset, language)
        remedy = wording.remedy(finding, sample_report.ruleset, language)
        words = [finding.rule, finding.clause, finding.severity.label.in_(language)]
        words += [finding.outcome.label.in_(language), finding.subject.id, said, remedy]
        words += [cell.location for cell in finding.details.evidence[:3]]
        assert [word for word in words if word not in text] == []


@pytest.mark.parametrize(
    ("language", "labels"), [("zh", ("对照日", "到期日")), ("en", ("Compared with", "Due"))]
)
def test_a_day_that_another_is_compared_with_is_not_called_due(
    sample_report: Report, language: Language, labels: tuple[str, str]
) -> None:
    shown: dict[str, set[str]] = {}
    for article in parsed(page(sample_report, language)).of_class("finding"):
        heads = {label.text for numbers in article.of_class("numbers") for label in numbers.all("dt")}
        shown[article.of_class("fingerprint")[0].all("span")[-1].text] = heads & set(labels)
    labelled: dict[str, set[str]] = {}
    for finding in sample_report.findings:
        labelled.setdefault(finding.rule, set()).update(shown[finding.fingerprint])
    compared, due = labels
    assert labelled["INV206"] == labelled["INV207"] == labelled["GUA107"] == labelled["DAT007"] == {compared}
    assert labelled["INV205"] == labelled["INV101"] == {due}


def test_filings_stand_with_their_identity(sample_report: Report, sample_page: Element) -> None:
    sections = {
        section.attributes["id"]: section.text
        for section in sample_page.of_class("filing")
        if (section.attributes.get("id") or "").startswith("filing-")
    }
    assert len(sections) == len(sample_report.filings)
    for number, result in enumerate(sample_report.filings, 1):
        assert result.digest is not None
        for word in (result.group_code, str(result.reference_date), result.source, result.digest[7:]):
            assert word is not None
            assert word in sections[f"filing-{number}"]


def test_counts_are_those_of_the_report(sample_report: Report, sample_page: Element) -> None:
    [table] = sample_page.of_class("filings")
    for row, result in zip(rows(table), sample_report.filings, strict=True):
        breaches = summary.breaches_of(result, sample_report)
        expected = [*(breaches.by_severity[s] for s in Severity), breaches.total, breaches.of_regulator]
        expected += [result.outcomes.get(outcome, 0) for outcome in overview.OTHERS]
        assert [int(cell) for cell in row[4:]] == expected
    by_severity, by_outcome = sample_page.of_class("counts")
    assert [int(row[-1]) for row in rows(by_severity)] == [
        sum(f.severity is s and f.outcome is Outcome.FAIL for f in sample_report.findings) for s in Severity
    ]
    assert [int(row[-1]) for row in rows(by_outcome)] == list(summary.outcome_totals(sample_report).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_verdict_and_the_law_stand_on_top(language: Language) -> None:
    shown = full_report()
    text = parsed(page(shown, language)).all("main")[0].text
    for words in (verdict(shown, language), shown.ruleset.digest, str(shown.as_of), "2024-04-15T08:00:00Z"):
        assert words in text
    assert [n for n in summary.notices(shown) if n.in_(language) not in text] == []


def test_what_could_not_be_read_comes_before_anything_else() -> None:
    root = parsed(page(full_report()))
    order = [element.attributes.get("id") for element in root.all("h2")]
    assert order.index("unreadable") < order.index("overview")
    assert broken_filing().source in root.text


def test_links_lead_somewhere(sample_page: Element) -> None:
    ids = [element.attributes["id"] for element in sample_page if "id" in element.attributes]
    assert len(set(ids)) == len(ids)
    targets = {link.attributes["href"] for link in sample_page.all("a")}
    assert targets <= {f"#{name}" for name in ids}


def test_the_policy_names_the_very_style_and_script(sample_page: Element) -> None:
    [policy] = [
        m.attributes["content"] or "" for m in sample_page.all("meta") if "http-equiv" in m.attributes
    ]
    [style], [script] = sample_page.all("style"), sample_page.all("script")
    for kind, element in (("style", style), ("script", script)):
        digest = b64encode(sha256(element.text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_nothing_is_live_but_the_page_s_own_script(sample_page: Element) -> None:
    for element in sample_page:
        assert not [key for key in element.attributes if key.startswith("on") or key in ("style", "src")]
        assert element.tag not in ("img", "iframe", "object", "link", "form", "base", "foreignobject")
        assert (element.attributes.get("href") or "#").startswith("#")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filer_s_texts_stay_texts(language: Language) -> None:
    text = page(harmful(), language)
    root = parsed(text)
    assert not root.all("img")
    assert len(root.all("script")) == len(root.all("style")) == 1
    assert visible(MARKUP) in root.text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)


def test_headings_do_not_jump(sample_page: Element) -> None:
    levels = [int(element.tag[1]) for element in sample_page if re.fullmatch(r"h[1-6]", element.tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_tables_have_captions_and_scoped_headers(sample_page: Element) -> None:
    tables = sample_page.all("table")
    assert tables
    for table in tables:
        assert table.children[0].tag == "caption"
        assert table.children[0].text.strip()
        assert all(header.attributes.get("scope") in ("col", "row") for header in table.all("th"))
        widths = {len(row.children) for row in table.all("tr")}
        assert len(widths) == 1


def test_pictures_have_titles_and_the_page_a_language(sample_page: Element) -> None:
    for picture in sample_page.all("svg"):
        assert picture.attributes["role"] == "img"
        assert picture.children[0].tag == "title"
        assert picture.children[0].text
    assert sample_page.all("html")[0].attributes["lang"] in ("zh-CN", "en")


def test_each_filing_has_its_picture(sample_report: Report, sample_page: Element) -> None:
    assert len(sample_page.of_class("picture")) == len(sample_report.filings)


def test_a_check_without_exhibits_says_that_there_is_no_picture() -> None:
    root = parsed(page(report()))
    assert not root.of_class("picture")
    assert "soe-compliance graph" in root.text


def test_the_same_report_gives_the_same_bytes(sample_report: Report, tmp_path: Path) -> None:
    target = tmp_path / "r.HTML"
    write(sample_report, target)
    assert target.read_bytes() == render(sample_report, "html") == page(sample_report).encode()


def many(groups: int, findings: int) -> Report:
    results = tuple(filing(id=f"f{n}", outcomes={Outcome.FAIL: findings}) for n in range(groups))
    found = tuple(
        replace(over_cap(), filing=result.id, fingerprint=f"{result.id}-{n}")
        for result in results
        for n in range(findings)
    )
    return report(filings=results, findings=found)


def test_a_large_report_says_how_much_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made, "MOST_FILINGS", 3)
    monkeypatch.setattr(overview, "MOST_ROWS", 4)
    root = parsed(page(many(6, filings.MOST_FINDINGS + 7)))
    assert len(root.of_class("finding")) == 3 * filings.MOST_FINDINGS
    assert len(rows(root.of_class("filings")[0])) == 4
    notes = [note.text for note in root.of_class("note")]
    assert sum("共57项" in note and "列50项" in note for note in notes) == 3
    assert [note for note in notes if "共6份填报" in note and "列4份填报" in note]
    assert [note for note in notes if "共6份填报" in note and "列3份填报" in note]


def test_of_many_filings_the_worst_are_shown_in_their_order() -> None:
    mild = [replace(over_cap(), filing=f"f{n}", severity=Severity.ADVISORY) for n in range(6)]
    grave = [replace(over_cap(), filing=name, severity=Severity.PROHIBITION) for name in ("f5", "f1")]
    shown = report(filings=tuple(filing(id=f"f{n}") for n in range(6)), findings=(*mild, *grave))
    assert [result.id for result in overview.worst_filings(shown, shown.filings, 3)] == ["f0", "f1", "f5"]


def test_of_a_batch_too_large_for_exhibits_the_gravest_filings_are_drawn(
    monkeypatch: pytest.MonkeyPatch, sample_report: Report
) -> None:
    monkeypatch.setattr(api, "MOST_WITH_EXHIBITS", 3)
    monkeypatch.setattr(filings, "MOST_PICTURES", 2)
    monkeypatch.setattr(late_exhibits, "MOST_PICTURES", 2)
    large = samples()
    drawn = [result for result in large.filings if result.exhibits]
    assert drawn == overview.worst_filings(sample_report, sample_report.filings, 2)
    assert large.findings == sample_report.findings
    root = parsed(page(large))
    with_picture = [s.attributes["id"] for s in root.of_class("filing") if s.of_class("picture")]
    assert with_picture == [f"filing-{large.filings.index(result) + 1}" for result in drawn]
    assert root.text.count("本页只绘制违反最重的2份") == len(large.filings) - 2


@pytest.mark.skipif(sys.platform != "linux", reason="the broken reader reaches workers by fork")
def test_where_the_program_fails_to_draw_a_filing_its_verdicts_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    [source] = SAMPLES.glob("03-*.xlsx")
    checked = check_paths([str(source)], Settings(as_of=date(2024, 4, 15)))
    options = Options(checked.as_of, tuple(checked.ruleset.rules))
    prepared = Prepared(checked.ruleset, official_calendar(), options, Limits())

    def broken(*_: object) -> None:
        raise ZeroDivisionError("no picture")

    monkeypatch.setattr(shard, "evaluate", broken)
    drawn = late_exhibits.with_late_exhibits(checked, [FoundFile(str(source))], prepared, 1)
    [before], [after] = checked.filings, drawn.filings
    assert (after.status, after.outcomes, after.exhibits) == (before.status, before.outcomes, None)
    [defect] = after.problems[len(before.problems) :]
    assert (defect.code, "ZeroDivisionError: no picture" in defect.text.zh) == ("program-defect", True)
    assert drawn.findings == checked.findings
    assert exit_status(drawn, "never", strict=False) == DEFECT


def test_a_file_that_has_changed_since_gives_no_exhibits(tmp_path: Path) -> None:
    [source] = SAMPLES.glob("03-*.xlsx")
    file = FoundFile(str(tmp_path / "a.xlsx"))
    Path(file.path).write_bytes(source.read_bytes())
    checked = check_paths([file.path], Settings(as_of=date(2024, 4, 15)))
    options = Options(checked.as_of, tuple(checked.ruleset.rules))
    prepared = Prepared(checked.ruleset, official_calendar(), options, Limits())
    assert late_exhibits.with_late_exhibits(checked, [file], prepared, 1).filings[0].exhibits is not None
    [other] = SAMPLES.glob("02-*.xlsx")
    Path(file.path).write_bytes(other.read_bytes())
    assert late_exhibits.with_late_exhibits(checked, [file], prepared, 1).filings[0].exhibits is None


def test_the_gravest_findings_are_listed_up_to_a_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made, "MOST_LISTED", 6)
    large = many(3, 4)
    mild = [
        replace(f, severity=Severity.ADVISORY) if f.fingerprint[-1] in "02" else f for f in large.findings
    ]
    root = parsed(page(replace(large, findings=tuple(mild)), "en"))
    shown = [article.attributes["data-severity"] for article in root.of_class("finding")]
    assert shown == [Severity.MANDATORY.value] * 6
    assert root.text.count("This page lists 6 of the 12 findings") == 1
    everything = parsed(page(many(3, 2), "en"))
    assert len(everything.of_class("finding")) == 6
    assert "This page lists" not in everything.text
