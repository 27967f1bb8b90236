"""Pictures as a browser draws them."""

from pathlib import Path

import pytest

from soe_compliance.report.pictures.formats import write_picture
from tests.report.browser import needs_browser, opened
from tests.report.pictures.scenes import checked, document
from tests.report.reports import HARMFUL

_FILING = document(
    ["兴安盟城市建设投资集团有限公司", "兴安煤炭物流有限责任公司", HARMFUL, "外部"],
    [(0, 1, "0.51"), (1, 2, "0.2498"), (2, 1, None)],
    [(0, 1, "123456789.01"), (0, 1, "5"), (1, 3, "7"), (2, 2, None)],
)

_OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll('g.entity')].map(g => g.children[1].getBoundingClientRect());
  const labels = [...document.querySelectorAll('g.edge text')].map(t => t.getBoundingClientRect());
  const on = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return [labels.filter(l => boxes.some(b => on(l, b))).length,
          [...document.querySelectorAll('g.entity')].filter((g, i) => [...g.querySelectorAll('text')]
            .some(t => { const r = t.getBoundingClientRect();
                         return r.left < boxes[i].left || r.right > boxes[i].right
                             || r.top < boxes[i].top || r.bottom > boxes[i].bottom; })).length,
          boxes.length, labels.length];
}"""


@needs_browser
@pytest.mark.parametrize("ending", [".svg", ".html"])
def test_texts_keep_to_their_places(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"x{ending}"
    write_picture(*checked(_FILING), file)
    with opened(file, width=2400) as seen:
        assert seen.page.evaluate(_OVERLAPS) == [0, 0, 4, 6]


@needs_browser
def test_the_page_asks_for_nothing_and_runs_nothing(tmp_path: Path) -> None:
    file = tmp_path / "x.html"
    write_picture(*checked(_FILING), file)
    with opened(file) as seen:
        assert seen.errors == []
        assert seen.requests == [file.as_uri()]
        assert seen.page.locator("script").count() == 0
        assert seen.page.locator("table").count() == 3


@needs_browser
def test_the_page_fits_a_narrow_window(tmp_path: Path) -> None:
    file = tmp_path / "x.html"
    write_picture(*checked(_FILING), file)
    with opened(file, width=360) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360
