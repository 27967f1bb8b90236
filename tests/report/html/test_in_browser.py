"""The page as a browser shows, filters, sorts and prints it."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from soe_compliance.domain.outcomes import Outcome, Severity
from soe_compliance.report.model import Report
from soe_compliance.report.render import write
from tests.report.browser import Seen, needs_browser, opened
from tests.report.html.pages import harmful, samples

A4_TEXT = 688
"""The room between the margins of an A4 page, in CSS pixels."""

_CUT = """() => [...document.querySelectorAll('.scroll, .finding, td, th')]
  .filter(e => e.clientWidth && e.scrollWidth > e.clientWidth + 1).map(e => e.className + ' ' + e.textContent.slice(0, 60))"""
_BROKEN_NUMBERS = """() => [...document.querySelectorAll('.caps .n')].flatMap(cell => {
  const text = cell.firstChild, range = document.createRange();
  return [...text.data.matchAll(/[\\d,.]+/g)].filter(found => {
    range.setStart(text, found.index); range.setEnd(text, found.index + found[0].length);
    return new Set([...range.getClientRects()].map(box => box.top)).size > 1;
  }).map(found => found[0]);
})"""
_PALE = """() => {
  const channels = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = rgb => { const [r, g, b] = rgb.map(c => c / 255).map(c => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
                         return .2126 * r + .7152 * g + .0722 * b; };
  const back = e => { for (; e; e = e.parentElement) { const c = channels(getComputedStyle(e).backgroundColor);
                        if (c.length === 3 || c[3] > 0) return c.slice(0, 3); } return [255, 255, 255]; };
  const found = new Set();
  const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  for (let node; (node = texts.nextNode());) {
    const e = node.parentElement;
    if (!node.textContent.trim() || e.closest('svg, script, option') || !e.getClientRects().length) continue;
    const [a, b] = [light(channels(getComputedStyle(e).color).slice(0, 3)), light(back(e))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) found.add(e.className + ': ' + node.textContent.trim().slice(0, 40));
  }
  return [...found];
}"""

pytestmark = needs_browser


@pytest.fixture(scope="module")
def report() -> Report:
    return samples()


@pytest.fixture(scope="module")
def file(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("page") / "报告.html"
    write(report, target)
    return target


@pytest.fixture
def seen(file: Path) -> Iterator[Seen]:
    """The page in a wide window."""
    with opened(file, width=1600) as found:
        yield found


@pytest.mark.parametrize("width", [360, 768, 1600])
def test_the_page_asks_for_nothing_and_keeps_to_its_window(file: Path, width: int) -> None:
    with opened(file, width=width) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        seen.page.mouse.wheel(0, 100_000)
        assert seen.errors == []
        assert seen.requests == [seen.page.url]


@pytest.mark.parametrize("width", [360, 768, 1200, 1600])
def test_no_number_of_the_limits_is_broken(file: Path, width: int) -> None:
    with opened(file, width=width) as seen:
        assert seen.page.evaluate("document.querySelectorAll('.caps .n').length") > 30
        assert seen.page.evaluate(_BROKEN_NUMBERS) == []


def test_names_that_would_be_markup_stay_texts(tmp_path: Path) -> None:
    target = tmp_path / "x.html"
    write(harmful(), target)
    with opened(target, width=360) as seen:
        alerts: list[str] = []
        seen.page.on("dialog", lambda dialog: alerts.append(dialog.message))
        assert seen.page.locator("main img, main script, main style").count() == 0
        assert "<img src=x onerror=alert(3)>.csv" in seen.page.locator(".path").first.inner_text()
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360
        assert (seen.errors, alerts, seen.requests) == ([], [], [target.as_uri()])


def test_a_script_that_is_not_the_page_s_own_does_not_run(tmp_path: Path, file: Path) -> None:
    target = tmp_path / "x.html"
    more = "<script>document.title = 'ran'</script><p style='color: red' onclick='1'>"
    target.write_text(file.read_text().replace("</main>", more + "</main>", 1))
    with opened(target) as seen:
        assert seen.page.title() != "ran"
        assert len([error for error in seen.errors if "Content Security Policy" in error]) == 3


def test_without_script_all_of_it_can_be_read(file: Path, report: Report) -> None:
    with opened(file, script=False) as seen:
        assert seen.page.locator(".finding:visible").count() == len(report.findings)
        assert not seen.page.locator("#filter").is_visible()
        assert seen.page.locator("th button").count() == 0


def shown(seen: Seen) -> int:
    return seen.page.locator(".finding:visible").count()


def test_filters_narrow_what_is_shown(seen: Seen, report: Report) -> None:
    page, findings = seen.page, report.findings
    page.select_option("[name=severity]", "prohibition")
    strict = [f for f in findings if f.severity is Severity.PROHIBITION]
    assert shown(seen) == len(strict)
    with_such = {f.filing for f in strict}
    assert page.locator(".filing[id^=filing-]:visible").count() == len(with_such)
    assert page.locator("tr[data-filing]:visible").count() == len(with_such)
    page.select_option("[name=outcome]", "unknown")
    both = [f for f in strict if f.outcome is Outcome.UNKNOWN]
    assert shown(seen) == len(both)
    words = page.locator("[role=status]").inner_text()
    assert str(len(both)) in words
    assert str(len(findings)) in words
    page.select_option("[name=outcome]", "")
    page.select_option("[name=severity]", "")
    page.fill("[name=text]", "gua105")
    assert 0 < shown(seen) < len(findings)
    page.fill("[name=text]", "")
    assert shown(seen) == len(findings)


def test_columns_sort_by_keyboard(seen: Seen) -> None:
    page = seen.page
    header = page.locator("table.sortable thead th[data-number]").nth(5)
    header.locator("button").focus()
    before = page.locator("table.sortable tbody tr").all_inner_texts()
    for order, reverse in (("descending", True), ("ascending", False)):
        page.keyboard.press("Enter")
        assert header.get_attribute("aria-sort") == order
        assert page.locator("[aria-sort]").count() == 1
        counts = [int(text) for text in page.locator("table.sortable tbody td.all").all_inner_texts()]
        assert counts == sorted(counts, reverse=reverse)
    assert sorted(page.locator("table.sortable tbody tr").all_inner_texts()) == sorted(before)


def test_the_keyboard_reaches_the_report_first(file: Path) -> None:
    with opened(file) as seen:
        seen.page.keyboard.press("Tab")
        assert seen.page.locator(".skip").evaluate("e => e === document.activeElement")
        assert seen.page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
        seen.page.keyboard.press("Enter")
        assert seen.page.evaluate("document.activeElement.id") == "main"
        seen.page.keyboard.press("Tab")
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert seen.page.evaluate(outline) == "solid"


def test_every_text_stands_out(seen: Seen) -> None:
    assert seen.page.evaluate(_PALE) == []


def test_labels_of_the_time_line_do_not_overlap(seen: Seen) -> None:
    overlaps = """() => { const all = [...document.querySelectorAll('.stop text')].map(t => t.getBoundingClientRect());
      return all.flatMap((a, i) => all.slice(i + 1).filter(b => a.left < b.right && b.left < a.right
        && a.top < b.bottom - 2 && b.top < a.bottom - 2)).length; }"""
    assert seen.page.locator(".stop text").count() > 1
    assert seen.page.evaluate(overlaps) == 0


def test_nothing_is_cut_on_paper(file: Path) -> None:
    with opened(file, width=A4_TEXT) as seen:
        seen.page.emulate_media(media="print")
        assert seen.page.evaluate(_CUT) == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= A4_TEXT


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_paper_has_every_finding_and_repeats_the_headers(seen: Seen, report: Report, tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    seen.page.pdf(path=str(target), prefer_css_page_size=True)
    told = subprocess.run(
        ["pdftotext", "-layout", str(target), "-"], capture_output=True, check=True, text=True
    )
    text = told.stdout
    assert [f.fingerprint for f in report.findings if f.fingerprint not in text] == []
    assert text.count("含义") > 1
