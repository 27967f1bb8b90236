"""What a check gives: an outcome a subject as a column, and the details of each on demand."""

from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from soe_compliance.domain.finding import Details
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.truth import Mask, Numbers, Truth

Outcomes = NDArray[np.int8]


class Verdicts(Struct, frozen=True, eq=False):
    """The outcomes of one rule over a batch.

    Attributes:
        filing: the filing of each subject.
        outcome: its outcome, as the numbers of `Outcome`.
        details: makes what is to be said of the subject at a place.
    """

    filing: Numbers
    outcome: Outcomes
    details: Callable[[int], Details]

    def __len__(self) -> int:
        return len(self.filing)


def _says_nothing(place: int) -> Details:
    raise IndexError(place)


NONE = Verdicts(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int8), _says_nothing)
"""The verdicts of a rule that met no subject."""

_OF_BREACH = np.array([Outcome.PASS, Outcome.UNKNOWN, Outcome.FAIL], dtype=np.int8)
_FAIL, _UNKNOWN, _NOT_APPLICABLE = (
    np.int8(outcome) for outcome in (Outcome.FAIL, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE)
)


def of_breach(breach: Truth) -> Outcomes:
    """Fail where a breach is certain, unknown where it is possible, else pass."""
    return _OF_BREACH[breach]


def first_that_fits(cases: Sequence[tuple[Mask, Outcome]], otherwise: Outcome) -> Outcomes:
    """The outcome of the first condition that holds, for each subject."""
    result = np.full(len(cases[0][0]), otherwise, dtype=np.int8)
    for condition, outcome in reversed(cases):
        result[condition] = outcome
    return result


def softened(outcome: Outcomes, doubt: Mask) -> Outcomes:
    """The outcomes with a fail that is in doubt as unknown."""
    return np.where((outcome == _FAIL) & doubt, _UNKNOWN, outcome)


def spared(outcome: Outcomes, older: Mask) -> Outcomes:
    """The outcomes with what is older than the regulation as not applicable."""
    return np.where(older, _NOT_APPLICABLE, outcome)
