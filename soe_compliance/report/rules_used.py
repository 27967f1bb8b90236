"""The ruleset that a report was made with, where it still is at hand as it was."""

from soe_compliance.domain.errors import UserError
from soe_compliance.law.loading import load_ruleset, ruleset_ids
from soe_compliance.law.model import Ruleset
from soe_compliance.report.document import ReportDocument


def rules_used(report: ReportDocument, ruleset: str | None = None) -> Ruleset | None:
    """The ruleset with the report's readings; None where it is not installed, or differs by now.

    Args:
        ruleset: an id or a folder, instead of the id that the report names.

    Raises:
        UserError: the ruleset that was named can't be loaded.
    """
    if ruleset is None and report.ruleset.id not in ruleset_ids():
        return None
    try:
        found = load_ruleset(ruleset or report.ruleset.id, report.ruleset.interpretations)
    except UserError:
        if ruleset is not None:
            raise
        return None
    return found if found.digest == report.ruleset.digest else None
