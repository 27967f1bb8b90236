"""What findings about what is due by a day show where the rules' own examples have nothing of the kind."""

import pytest

from tests.checks.changed import Case


def undecided(name: str, accepted_on: str, paused_from: str, outcome: str) -> Case:
    """An application in a pause without an end, of which the calendar covers the days of 2026 alone."""
    return Case(
        name,
        "xingan-2023/INV205",
        as_of="2027-02-01",
        calendar_until=2026,
        put={
            "approvals/0/accepted_on": accepted_on,
            "approvals/0/paused_from": paused_from,
            "approvals/0/decided_on": None,
            "approvals/0/decision": "pending",
        },
        shows={"K1": {"outcome": outcome}},
    )


CASES = (
    Case(
        "a report without its day, of a quarter before the regulation: nothing is missing",
        "xingan-2023/FIN101",
        put={
            "filing/year": 2023,
            "financing_reports/0/year": 2023,
            "financing_reports/0/submitted_on": None,
        },
        shows={"P:2023Q1": {"outcome": "not_applicable", "missing": [], "reasons": []}},
    ),
    undecided("paused 20 days after the acceptance, surely in time", "2026-12-20", "2027-01-09", "pending"),
    undecided("paused 21 days after it, perhaps too late", "2026-12-20", "2027-01-10", "unknown"),
    undecided("paused within the calendar, which the count leaves", "2026-12-04", "2026-12-30", "pending"),
    Case(
        "an application of a project that is not there bears its number",
        "xingan-2023/INV205",
        put={"approvals/0/project_code": "X9"},
        shows={"K1": {"outcome": "pass", "subject": "table=approvals id=K1 name=X9"}},
    ),
    Case(
        "neither by whom nor the start of a pause",
        "xingan-2023/INV205",
        put={"approvals/0/authority": None, "approvals/0/paused_until": "2024-03-12"},
        shows={
            "K1": {
                "outcome": "unknown",
                "missing": ["approvals.authority", "approvals.paused_from"],
                "reasons": ["PAUSE_WITHOUT_START", "AUTHORITY_UNKNOWN"],
            }
        },
    ),
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
