"""What the program shows of the samples, as pictures under docs/pictures.

They are made by hand, with `python -m tools.pictures`, after what they show has changed: a browser and an office program
draw them a little differently on every machine, so no test compares them.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
SAMPLES = ROOT / "sample_filings"
AS_OF = "2024-04-15"
_WIDTH = 1200
_DOTS_AN_INCH = 100


def make_pictures() -> None:
    """Draw the report as a page, a web of ownership, a working paper and an annotated filing.

    Raises:
        RuntimeError: Chromium, LibreOffice or pdftoppm is missing.
        subprocess.CalledProcessError: a program failed.
    """
    missing = [name for name in ("chromium", "soffice", "pdftoppm") if shutil.which(name) is None]
    if missing:
        raise RuntimeError(f"not installed: {', '.join(missing)}")
    PICTURES.mkdir(parents=True, exist_ok=True)
    city, industry = _sample("02"), _sample("08")
    with TemporaryDirectory() as folder:
        page, workbook, marked = (
            Path(folder) / name for name in ("report.html", "report.xlsx", "marked.xlsx")
        )
        _run("check", city, "-o", page, "-o", workbook, "--fail-on", "never", "--quiet", "--no-config")
        _run("graph", industry, "-o", PICTURES / "ownership.svg")
        _run("annotate", city, "-o", marked)
        _photograph(page, PICTURES / "report.png")
        _print(workbook, PICTURES / "working-paper.png", holding=("计算过程", "GUA103"))
        _print(marked, PICTURES / "annotated.png", holding=("审核结果",))


def _sample(number: str) -> Path:
    """By its path from the checkout: no picture shows where that lies."""
    return next(SAMPLES.glob(f"{number}-*")).relative_to(ROOT)


def _run(command: str, *arguments: str | Path) -> None:
    """Run the program with a fixed time, so that the pictures change only with what they show."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1713168000"}
    words = [sys.executable, "-m", "soe_compliance", command, *map(str, arguments), "--as-of", AS_OF]
    subprocess.run(words, check=True, cwd=ROOT, env=environment, capture_output=True)


def _photograph(page: Path, picture: Path) -> None:
    """The first findings of a page, and what stands above them."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": _WIDTH, "height": 1500})
        opened.goto(page.as_uri())
        opened.screenshot(path=picture)
        browser.close()


def _print(workbook: Path, picture: Path, *, holding: tuple[str, ...]) -> None:
    """The first page of a workbook, as it is printed, that holds these texts."""
    folder = workbook.parent
    office = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    subprocess.run(
        [*office, "--convert-to", "pdf", "--outdir", folder, workbook], check=True, capture_output=True
    )
    pdf = workbook.with_suffix(".pdf")
    text = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True).stdout.decode()
    number = next(
        place for place, page in enumerate(text.split("\f"), 1) if all(words in page for words in holding)
    )
    subprocess.run(
        [
            "pdftoppm",
            "-r",
            str(_DOTS_AN_INCH),
            "-png",
            "-singlefile",
            "-f",
            str(number),
            pdf,
            picture.with_suffix(""),
        ],
        check=True,
    )
