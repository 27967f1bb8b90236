"""Pages as a browser shows them; tests that want one are skipped where Chromium is missing."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = shutil.which("chromium")

needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@dataclass(frozen=True)
class Seen:
    """A page that is open, what its console said in error, and all that it asked for."""

    page: "Page"
    errors: list[str]
    requests: list[str]


@contextmanager
def opened(file: Path, width: int = 1200, height: int = 900, *, script: bool = True) -> Iterator[Seen]:
    """A file open in a window of this size, of which scripts run or not."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": width, "height": height}, java_script_enabled=script)
        seen = Seen(page, [], [])
        page.on(
            "console", lambda message: seen.errors.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.on("request", lambda request: seen.requests.append(request.url))
        page.goto(file.resolve().as_uri())
        yield seen
        browser.close()
