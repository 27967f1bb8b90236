"""A ruleset that names a table, a field or a listed value that there is not is refused before it judges anything."""

from pathlib import Path

import pytest

from soe_compliance.law.loading import load_ruleset, ruleset_ids
from tests.law.folders import hint, refused

WRONG = [
    ("FIN101.yaml", "table: financing_reports", "table: financing", "did you mean"),
    ("FIN101.yaml", "table: financing_reports", "table: guarantees", "use one of"),
    ("GUA105.yaml", "own: net_assets", "own: net_asset", "did you mean net_assets?"),
    ("GUA105.yaml", "own: net_assets", "own: audited", "use one of net_assets, consolidated_net_assets"),
    ("GUA106.yaml", "[net_profit,", "[profit,", "did you mean net_profit?"),
    ("GUA107.yaml", "first: board_resolution_on", "first: decided_on", "did you mean"),
    ("DAT003.yaml", "field: borrower_code", "field: borower", "did you mean borrower_code?"),
    (
        "DAT003.yaml",
        "field: borrower_code, to: entities",
        "field: borrower_code, to: entity",
        "did you mean entities?",
    ),
    ("DAT007.yaml", "later: expires_on", "later: expired_on", "did you mean expires_on?"),
    ("FIN102.yaml", "flag: details_attached", "flag: submitted_on", "use one of details_attached"),
    ("FIN105.yaml", "forbidden: [fiscal]", "forbidden: [fiscl]", "did you mean fiscal?"),
    ("INV105.yaml", "none_yet: [pending]", "none_yet: [waiting]", "use one of approved, rejected, pending"),
    ("INV204.yaml", "legal_opinion", "legal_opinon", "did you mean legal_opinion?"),
    ("INV207.yaml", "decision: internal_decision_on", "decision: decided_on", "did you mean"),
    ("INV302.yaml", "done: post_evaluated_on", "done: evaluated_on", "did you mean post_evaluated_on?"),
    ("ruleset.yaml", "where: {overseas: true}", "where: {oversea: true}", "did you mean overseas?"),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), WRONG)
def test_what_is_not_in_the_forms_is_refused(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    error = refused(tmp_path, file, old, new, line_of=new)
    assert hint(error).startswith(said)
    assert error.what.zh != error.what.en


def test_the_shipped_rulesets_name_nothing_else() -> None:
    assert all(load_ruleset(ruleset).rules for ruleset in ruleset_ids())
