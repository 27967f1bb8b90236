"""What findings about what is due by a day show where the rules' own examples have nothing of the kind."""

import pytest

from tests.checks.changed import Case

CASES = (
    Case(
        "a report without its day, in a filing made up before it was due: only the day is missing",
        "xingan-2023/FIN101",
        put={"financing_reports/0/submitted_on": None, "filing/filed_on": "2024-06-28"},
        shows={
            "P:2024Q1": {
                "outcome": "unknown",
                "missing": ["financing_reports.submitted_on"],
                "reasons": [],
                "facts": ["filed: 至2024-06-29未见报送", "quarter: 2024年一季度"],
            }
        },
    ),
    Case(
        "a report without its day, due on a day that the calendar leaves open: only the day is missing",
        "xingan-2023/FIN101",
        as_of="2027-06-29",
        calendar_until=2026,
        put={
            "filing/year": 2026,
            "financing_reports/0/year": 2026,
            "financing_reports/0/quarter": 4,
            "financing_reports/0/submitted_on": None,
        },
        shows={
            "P:2026Q4": {
                "outcome": "unknown",
                "missing": ["financing_reports.submitted_on"],
                "reasons": [],
                "facts": ["filed: 至2027-06-29未见报送", "quarter: 2026年四季度"],
            }
        },
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_finding_shows(case: Case) -> None:
    assert case.found == case.shows
