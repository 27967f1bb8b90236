"""Findings that rest on so many cells that they are written a few of them at a time."""

from collections.abc import Iterator

from msgspec.structs import replace

from soe_compliance.domain.finding import Finding
from soe_compliance.report.json_values import Values, evidence_values

_CELLS_AT_ONCE = 1_000


def is_long(finding: Finding) -> bool:
    return len(finding.details.evidence) > _CELLS_AT_ONCE


def without_cells(finding: Finding) -> Finding:
    return replace(finding, details=replace(finding.details, evidence=()))


def cells_in_parts(finding: Finding) -> Iterator[list[Values]]:
    """Its cells in order, so many at a time."""
    cells = finding.details.evidence
    for start in range(0, len(cells), _CELLS_AT_ONCE):
        yield [evidence_values(cell) for cell in cells[start : start + _CELLS_AT_ONCE]]
