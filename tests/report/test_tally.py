"""Breaches in numbers: whose duty they are, and how grave."""

from soe_compliance.domain.outcomes import Responsible, Severity
from soe_compliance.report.tally import Breaches


def test_breaches_are_counted_by_duty_and_by_severity() -> None:
    breaches = Breaches(
        {
            (Responsible.ENTERPRISE, Severity.MANDATORY): 5,
            (Responsible.REGULATOR, Severity.MANDATORY): 2,
            (Responsible.REGULATOR, Severity.ADVISORY): 1,
        }
    )
    assert (breaches.total, breaches.of_regulator) == (8, 3)
    assert breaches.by_severity[Severity.MANDATORY] == 7
    assert breaches.by_severity[Severity.PROHIBITION] == 0
    assert breaches.by_responsible[Responsible.ENTERPRISE][Severity.MANDATORY] == 5
