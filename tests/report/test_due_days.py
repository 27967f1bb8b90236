"""The steps of a finding say why a due day is not the one that is written."""

from datetime import date
from pathlib import Path

import pytest

from soe_compliance.api import Settings, check_paths
from soe_compliance.domain.text import Language
from soe_compliance.law.loading import load_ruleset
from soe_compliance.report.document import document
from soe_compliance.report.due_days import written_due
from soe_compliance.report.explain import explain

TRANSPORT = sorted((Path(__file__).resolve().parents[2] / "sample_filings").glob("09-*.xlsx"))


@pytest.mark.parametrize(
    ("rule", "due", "written"),
    [
        ("INV101", date(2026, 2, 28), date(2026, 2, 28)),
        ("INV101", date(2025, 2, 28), date(2025, 2, 28)),
        ("INV102", date(2032, 3, 1), date(2032, 2, 29)),
        ("INV104", date(2022, 8, 1), date(2022, 7, 31)),
        ("FIN101", date(2023, 10, 7), date(2023, 9, 30)),
        ("FIN102", date(2024, 1, 2), date(2023, 12, 31)),
        ("INV301", date(2024, 4, 1), date(2024, 3, 31)),
        ("INV205", date(2024, 4, 1), None),
        ("GUA107", date(2024, 4, 1), None),
    ],
)
def test_the_day_as_it_is_written(rule: str, due: date, written: date | None) -> None:
    ruleset = load_ruleset("xingan-2023")
    assert written_due(due, ruleset.rules[rule], ruleset) == written


def test_so_many_days_after_the_quarter() -> None:
    ruleset = load_ruleset("xingan-2023", {"quarterly_due": "15"})
    for due, written in ((date(2024, 1, 15), date(2024, 1, 15)), (date(2023, 10, 16), date(2023, 10, 15))):
        assert written_due(due, ruleset.rules["FIN101"], ruleset) == written


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "2023-09-30为休息日，顺延至2023-10-07"),
        ("en", "2023-09-30 is a day off, so it moves to 2023-10-07"),
    ],
)
def test_a_finding_says_from_which_day_it_moved(language: Language, said: str) -> None:
    report = check_paths([str(path) for path in TRANSPORT], Settings(as_of=date(2024, 4, 15)))
    whole = document(report, language)
    [late] = [f for f in whole.findings if f.rule == "FIN101" and f.subject.id.endswith("2023Q2")]
    assert said in "".join(explain(late, whole, report.ruleset, language, 400))
