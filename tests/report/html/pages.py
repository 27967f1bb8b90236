"""Pages of reports, and what their markup holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

from msgspec.structs import replace

from soe_compliance.api import Settings, check_paths
from soe_compliance.domain.finding import Subject
from soe_compliance.domain.text import Language
from soe_compliance.report.html.page import html_parts
from soe_compliance.report.model import Report
from tests.report.pictures.scenes import checked, document
from tests.report.reports import HARMFUL

SAMPLES = Path(__file__).resolve().parents[3] / "sample_filings"
MARKUP = '"><img src=x onerror=alert(1)>&amp;\u202e\u2066'
_VOID = {"meta", "input", "br", "img", "link", "hr"}


def page(report: Report, language: Language = "zh") -> str:
    return b"".join(html_parts(report, language)).decode()


def samples() -> Report:
    """The sample filings, checked with exhibits."""
    return check_paths([str(SAMPLES)], Settings(as_of=date(2024, 4, 15), exhibits=True))


def harmful() -> Report:
    """A report with a picture, in which names, codes and paths would be markup or steer the eye."""
    names = [MARKUP, HARMFUL, "</title><script>alert(2)</script>", "</style><b>"]
    stakes = [(0, 1, "0.51"), (1, 2, "0.2498")]
    report, filing = checked(document(names, stakes, [(0, 1, "5"), (1, 3, "7"), (2, 2, None)]))
    named = replace(filing, source=f"<img src=x onerror=alert(3)>.csv{MARKUP}", id=MARKUP)
    findings = [
        replace(
            finding,
            filing=MARKUP,
            details=replace(finding.details, subject=Subject("entities", MARKUP, MARKUP)),
        )
        for finding in report.findings
    ]
    return replace(
        report,
        filings=(named,),
        findings=tuple(findings),
        generated_at=datetime(2024, 4, 15, 8, 0, tzinfo=UTC),
    )


@dataclass
class Element:
    """An element with what it holds: its own texts and those of what is in it."""

    tag: str
    attributes: dict[str, str | None]
    parent: "Element | None" = None
    children: list["Element"] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __iter__(self) -> "Iterator[Element]":
        yield self
        for child in self.children:
            yield from child

    def all(self, tag: str) -> "list[Element]":
        return [element for element in self if element.tag == tag]

    def of_class(self, name: str) -> "list[Element]":
        return [element for element in self if name in (element.attributes.get("class") or "").split()]

    @property
    def text(self) -> str:
        return "".join(part for element in self for part in element.said)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.at = self.root = Element("", {})

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        made = Element(tag, dict(attributes), self.at)
        self.at.children.append(made)
        if tag not in _VOID:
            self.at = made

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.at.children.append(Element(tag, dict(attributes), self.at))

    def handle_endtag(self, tag: str) -> None:
        assert self.at.tag == tag, f"</{tag}> ends <{self.at.tag}>"
        assert self.at.parent is not None
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.said.append(data)


def parsed(text: str) -> Element:
    """The elements of a page in which every element is closed."""
    reader = _Reader()
    reader.feed(text)
    assert reader.at is reader.root
    return reader.root
