"""Where the cells of a finding stand."""

from soe_compliance.domain.finding import Finding
from soe_compliance.domain.text import Language
from soe_compliance.report.safe import visible
from soe_compliance.report.wording import listing


def places(finding: Finding, language: Language, most: int | None = None) -> str:
    """The cells that the verdict rests on, each once; the first few of them where `most` is given."""
    every = list(dict.fromkeys(visible(cell.location) for cell in finding.details.evidence))
    if most is None or len(every) <= most:
        return listing(every, language)
    shown = listing(every[:most], language)
    return f"{shown}等{len(every)}处" if language == "zh" else f"{shown} and {len(every) - most} more"
