"""Whether a filing contradicts itself; outcomes only for what is found."""

from collections.abc import Callable, Sequence

import numpy as np

from soe_compliance.checks.situation import Situation, header, title
from soe_compliance.checks.verdicts import Verdicts
from soe_compliance.domain.finding import Details, Evidence, Subject
from soe_compliance.domain.groups import contained
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Text
from soe_compliance.filings.bad_cells import shown
from soe_compliance.filings.fields import FieldType
from soe_compliance.law.kinds import (
    ParentListed,
    References,
    UniqueKey,
    ValueRange,
)

Found = tuple[int, Callable[[], Details]]
"""A filing, and what is to be said of it."""


def only_fails(found: Sequence[Found]) -> Verdicts:
    """Verdicts that are all fails."""
    filing = np.array([filing for filing, _ in found], dtype=np.int64)
    outcome = np.full(len(found), Outcome.FAIL, dtype=np.int8)
    return Verdicts(filing, outcome, lambda place: found[place][1]())


def check_unique_key(situation: Situation, check: UniqueKey) -> Verdicts:
    """A fail for each key that rows of a table share."""
    found: list[Found] = []
    for table in check.tables:
        repeats = situation.batch.repeats[table]
        for place, filing in enumerate(repeats.filing.tolist()):
            found.append((filing, _repeat(situation, table, int(repeats.first[place]), repeats.rows[place])))
    return only_fails(found)


def _repeat(situation: Situation, table: str, first: int, rows: Sequence[int]) -> Callable[[], Details]:
    def details() -> Details:
        batch, form = situation.batch, situation.table(table).form
        raw = batch.filings[int(situation.table(table).filing[first])].tables[table]
        name, field = batch.row_name(table, first), form.key_fields[0]
        cells = raw.cells.get(field)
        evidence = tuple(
            Evidence(
                table, name, field, shown(cells[row]) if cells is not None else "", raw.place(row, field)
            )
            for row in rows
        )
        places = [cell.location for cell in evidence]
        return Details(
            subject=Subject(table, f"{table}:{name}", name),
            evidence=evidence,
            facts={"table": form.title, "key": name, "places": Text("、".join(places), ", ".join(places))},
        )

    return details


def check_references(situation: Situation, check: References) -> Verdicts:
    """A fail for each code of a field that is not in the table that it names, where all of that table could be read."""
    found: list[Found] = []
    for target in check.fields:
        table = situation.table(target.table)
        to = situation.table(target.to)
        stated = np.flatnonzero(table.stated(target.field))
        listed = contained(table.values(target.field)[stated], to.values(to.form.key_fields[0]))
        if listed.all():
            continue
        rows = stated[~listed]
        for row in rows[~situation.batch.left_out[target.to][table.filing[rows]]].tolist():
            found.append(
                (int(table.filing[row]), _dangling(situation, target.table, target.field, target.to, row))
            )
    return only_fails(found)


def _dangling(situation: Situation, table: str, field: str, to: str, row: int) -> Callable[[], Details]:
    def details() -> Details:
        name, code = situation.batch.row_name(table, row), situation.batch.text(table, row, field)
        return Details(
            subject=Subject(table, f"{table}:{name}:{field}", code),
            evidence=situation.evidence(table, [row], field),
            facts={
                "table": title(table),
                "key": name,
                "field": header(table, field),
                "code": code,
                "target": title(to),
            },
        )

    return details


def check_value_range(situation: Situation, check: ValueRange) -> Verdicts:
    """A fail for each value that is out of range; rows of one name (exceptions may share it) are told of together."""
    found: list[Found] = []
    for key, table in situation.batch.tables.items():
        for field, rows in table.out_of_range.items():
            named: dict[tuple[int, str], list[int]] = {}
            for row in rows.tolist():
                filing, name = int(table.filing[row]), situation.batch.row_name(key, row)
                named.setdefault((filing, name), []).append(row)
            for (filing, name), same in named.items():
                found.append((filing, _out_of_range(situation, key, field, name, same)))
    return only_fails(found)


def _out_of_range(
    situation: Situation, table: str, field: str, name: str, rows: Sequence[int]
) -> Callable[[], Details]:
    def details() -> Details:
        written = dict.fromkeys(shown(situation.batch.cell(table, row, field)) for row in rows)
        is_ratio = situation.table(table).form.fields[field].type is FieldType.RATIO
        return Details(
            subject=Subject(table, f"{table}:{name}:{field}", name),
            evidence=situation.evidence(table, rows, field),
            facts={
                "table": title(table),
                "key": name,
                "field": header(table, field),
                "written": Text("、".join(written), ", ".join(written)),
                "range": Text("0至100%", "0 to 100%") if is_ratio else Text("不小于0", "0 or more"),
            },
        )

    return details


def check_parent_listed(situation: Situation, check: ParentListed) -> Verdicts:
    """A fail for each filing whose entities lack the group parent, where all of them could be read."""
    batch = situation.batch
    unlisted = (batch.entity_of_firm[batch.parent] < 0) & ~batch.left_out["entities"]
    return only_fails(
        [(filing, _unlisted(situation, filing)) for filing in np.flatnonzero(unlisted).tolist()]
    )


def _unlisted(situation: Situation, number: int) -> Callable[[], Details]:
    def details() -> Details:
        filing = situation.batch.filings[number]
        place = filing.header.place(0, "group_code") if filing.header.rows else ""
        return Details(
            subject=Subject(
                "entities", situation.batch.firm_codes[int(situation.batch.parent[number])], filing.group_name
            ),
            evidence=(Evidence("filing", filing.id, "group_code", filing.group_code, place),),
        )

    return details
