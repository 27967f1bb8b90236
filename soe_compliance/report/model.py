"""The report: what was checked, by what, and what was found. Everything that is shown is made from it."""

from dataclasses import dataclass
from datetime import date, datetime

from soe_compliance.domain.finding import Finding
from soe_compliance.domain.text import Text
from soe_compliance.engine import FilingResult
from soe_compliance.law.model import Ruleset

FORMAT = "soe-compliance.report/1"
TOOL = "soe-compliance"
VERSION = "0.1.0"


@dataclass(frozen=True)
class Report:
    """One run of the check.

    Attributes:
        generated_at: when it was made, in UTC.
        as_of: the date by which things are due.
        filings: in order of input, those that could not be read among them.
        findings: by filing, rule and subject; the outcomes that were asked for.
        notices: what a reader must know of the whole report.
    """

    generated_at: datetime
    as_of: date
    ruleset: Ruleset
    filings: tuple[FilingResult, ...]
    findings: tuple[Finding, ...]
    notices: tuple[Text, ...] = ()
