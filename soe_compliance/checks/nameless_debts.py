"""Guarantees for debts without a number: which of them may secure the same debt."""

from collections import defaultdict
from heapq import merge
from itertools import islice
from typing import NamedTuple

from soe_compliance.checks.guarantees import Guarantees
from soe_compliance.checks.situation import MOST_LISTED
from soe_compliance.domain.truth import Numbers


class Others(NamedTuple):
    """Other guarantees, the first of them by name."""

    total: int
    first: tuple[int, ...]


NO_OTHERS = Others(0, ())


def others_without_number(guarantees: Guarantees, rows: Numbers) -> dict[int, Others]:
    """For each guarantee without a debt number, the others of its beneficiary that may secure the same debt.

    Those may that have the same creditor or, one of them, none.
    """
    debt, creditor = guarantees.table.columns["debt_id"], guarantees.table.columns["creditor"]
    of_all: dict[int, list[int]] = defaultdict(list)
    of_creditor: dict[tuple[int, int | None], list[int]] = defaultdict(list)

    def key(row: int) -> tuple[int, int | None]:
        named = int(creditor.values[row]) if creditor.stated[row] else None
        return int(guarantees.beneficiary[row]), named

    nameless = rows[~debt.stated[rows]].tolist()
    for row in nameless:
        of_all[key(row)[0]].append(row)
        of_creditor[key(row)].append(row)

    def others(row: int) -> Others:
        beneficiary, named = key(row)
        if named is None:
            may_be = [of_all[beneficiary]]
        else:
            may_be = [of_creditor[beneficiary, named], of_creditor.get((beneficiary, None), [])]
        first = (other for other in merge(*may_be) if other != row)
        return Others(sum(map(len, may_be)) - 1, tuple(islice(first, MOST_LISTED)))

    return {row: others(row) for row in nameless}
