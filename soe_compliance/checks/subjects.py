"""What findings are about, by the identifier that a rule gives a row."""

from soe_compliance.checks.situation import Situation
from soe_compliance.domain.finding import Subject


def row_subject(situation: Situation, table: str, row: int) -> Subject:
    """A row as the subject of a finding: by its name; the group's quarterly reports by group and quarter."""
    batch = situation.batch
    name = batch.row_name(table, row)
    if table == "financing_reports":
        filing = batch.filings[int(situation.table(table).filing[row])]
        return Subject(table, f"{filing.group_code}:{name}", filing.group_name)
    if table == "projects":
        return Subject(table, name, str(batch.cell(table, row, "name") or name).strip())
    if table == "guarantees":
        return Subject(table, name, firm_label(situation, row, "beneficiary"))
    return Subject(table, name, name)


def firm_label(situation: Situation, row: int, role: str) -> str:
    """The name of a guarantee's guarantor or beneficiary: from entities, else from the ledger, else its code."""
    batch = situation.batch
    firm = int(situation.table("guarantees").values(f"{role}_code")[row])
    if batch.entity_of_firm[firm] >= 0:
        return batch.firm_name(firm)
    return str(batch.cell("guarantees", row, f"{role}_name") or batch.firm_codes[firm]).strip()
