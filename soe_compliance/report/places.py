"""Where the cells of a finding stand."""

from collections.abc import Sequence

from soe_compliance.domain.finding import Finding
from soe_compliance.domain.text import Language
from soe_compliance.report.safe import visible


def places(finding: Finding) -> list[str]:
    """The cells that the verdict rests on, each once."""
    return list(dict.fromkeys(visible(cell.location) for cell in finding.details.evidence))


def first_places(finding: Finding, language: Language, most: int) -> list[str]:
    """The first of them, the last of these saying how many there are."""
    return first_of(places(finding), language, most)


def first_of(every: Sequence[str], language: Language, most: int) -> list[str]:
    """The first of many, the last of these saying how many there are."""
    if len(every) <= most:
        return list(every)
    more = f"等{len(every)}处" if language == "zh" else f" and {len(every) - most} more"
    return [*every[: most - 1], every[most - 1] + more]
