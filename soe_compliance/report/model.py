"""The report: what was checked, by what, and what was found. Everything that is shown is made from it."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING

from msgspec import Struct

from soe_compliance.domain.finding import Finding
from soe_compliance.domain.text import Language, Text
from soe_compliance.engine import FilingResult
from soe_compliance.law.model import Ruleset

if TYPE_CHECKING:
    import pandas as pd

    from soe_compliance.domain.differences import Changed
    from soe_compliance.domain.headroom import Headroom
    from soe_compliance.filings.changes import Change
    from soe_compliance.report.tally import Tally

FORMAT = "soe-compliance.report/1"
TOOL = "soe-compliance"
VERSION = "0.1.0"
MOST_WITH_EXHIBITS = 500
"""Of batches of more files only the gravest filings have exhibits: those of all would fill the memory."""


class Report(Struct, frozen=True, dict=True):
    """One run of the check.

    Attributes:
        generated_at: when it was made, in UTC.
        as_of: the date by which things are due.
        filings: in order of input, those that could not be read among them.
        findings: by filing, rule and subject; the outcomes that were asked for. Where they are many, each pass reads
            them from a temporary file.
        notices: what a reader must know of the whole report.
        house_rules: what a settings file set; it holds for each part of the report too.
        ruleset_named: whether the user named the ruleset; else the filings chose it, or it is the default.
    """

    generated_at: datetime
    as_of: date
    ruleset: Ruleset
    filings: tuple[FilingResult, ...]
    findings: Sequence[Finding]
    notices: tuple[Text, ...] = ()
    house_rules: tuple[Text, ...] = ()
    ruleset_named: bool = True

    @cached_property
    def tally(self) -> "Tally":
        """What the findings come to in numbers."""
        from soe_compliance.report.tally import tally

        return tally(self.findings, (filing.id for filing in self.filings))

    def write(self, path: str | PathLike[str], language: Language = "zh") -> None:
        """Write the report in the format that the file's ending says: .xlsx, .json, .jsonl, .csv, .html, .sarif or .xml.

        With {group_code} in its name, a file for each group. A page shows pictures and caps where the check was made
        with exhibits.

        Raises:
            UserError: the ending says no format, or the file can't be written.
        """
        from soe_compliance.report.render import write

        write(self, path, language)

    def to_frame(self, language: Language = "zh") -> "pd.DataFrame":
        """The findings as a table, a row each.

        Columns: fingerprint, filing, rule, outcome, severity, responsible, table, subject, name, clause, message,
        value, limit, excess (numbers as exact decimal texts), unit, date, due (ISO), days_late, missing,
        sensitive_to, places (these three joined by spaces), remedy, explanation.
        """
        from soe_compliance.report.frame import frame

        return frame(self, language)


class WhatIf(Struct, frozen=True):
    """A filing as it is and as it would be, each with every finding whatever its outcome.

    Attributes:
        changes: what is supposed.
        unit: the filing's, which amounts of the changes are in.
    """

    before: Report
    after: Report
    changes: Sequence["Change"]
    unit: str

    @property
    def changed(self) -> "tuple[Changed, ...]":
        from soe_compliance.domain.differences import differences

        return differences(self.before.findings, self.after.findings)


class HeadroomReport(Struct, frozen=True):
    """What one filing leaves to be guaranteed or invested, beside what was found in it; amounts in `unit`."""

    report: Report
    headroom: "Headroom"
    unit: str
