"""The closed lists that reports speak in."""

from itertools import pairwise

from soe_compliance.domain.outcomes import Outcome, Responsible, Severity


def test_outcomes_are_named_in_reports_in_small_letters() -> None:
    assert [outcome.key for outcome in Outcome] == [
        "fail",
        "waived",
        "pending",
        "unknown",
        "pass",
        "not_applicable",
    ]


def test_severities_are_ranked_from_the_strictest() -> None:
    ranks = [severity.rank for severity in Severity]
    assert ranks[0] == 0
    assert all(stricter < laxer for stricter, laxer in pairwise(ranks))
    assert Severity.PROHIBITION.rank < Severity.MANDATORY.rank < Severity.ADVISORY.rank


def test_each_has_a_label_of_its_own() -> None:
    for names in (Outcome, Severity, Responsible):
        labels = [name.label for name in names]
        assert len(set(labels)) == len(labels)
    assert Outcome.NOT_APPLICABLE.label.en == "not applicable"
    assert Severity.PROHIBITION.label.zh == "严禁"
    assert Responsible.REGULATOR.label.en == "regulator"


def test_data_and_warning_signs_are_of_no_clause() -> None:
    of_clauses = [severity for severity in Severity if severity.is_of_a_clause]
    assert of_clauses == [Severity.PROHIBITION, Severity.MANDATORY, Severity.PRINCIPLE]
