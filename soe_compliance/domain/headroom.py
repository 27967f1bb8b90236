"""What may still be done before a limit is reached, and what is due next: as data."""

from datetime import date
from fractions import Fraction

from msgspec import Struct, field

from soe_compliance.domain.exact import Interval
from soe_compliance.domain.finding import Subject
from soe_compliance.domain.outcomes import Responsible, Severity
from soe_compliance.domain.text import Text


class Room(Struct, frozen=True):
    """A limit on guarantees, and how much of it is used; amounts in `unit`.

    Attributes:
        firm: the code of the firm that the limit is for.
        of_group: whether it limits the group as a whole.
        missing: blank inputs that leave an amount open, as "table.field".
    """

    rule: str
    severity: Severity
    clause: str
    firm: str
    subject: Subject
    used: Interval
    limit: Interval
    unit: str
    missing: tuple[str, ...] = ()
    of_group: bool = False

    @property
    def left(self) -> Interval:
        """What may still be guaranteed, nothing where the limit is passed."""
        low = Fraction(0) if self.used.high is None else self.limit.low - self.used.high
        high = None if self.limit.high is None else self.limit.high - self.used.low
        return Interval(low, high).clipped()

    @property
    def over(self) -> Fraction | None:
        """By how much the limit is surely passed."""
        if self.limit.high is None or self.used.low <= self.limit.high:
            return None
        return self.used.low - self.limit.high


class Stake(Struct, frozen=True):
    """A participation, and the part of each of its debts that may be guaranteed."""

    rule: str
    firm: str
    name: str
    share: Interval


class Threshold(Struct, frozen=True):
    """The amount from which (where not inclusive, above which) a project of an investor needs an approval."""

    rule: str
    clause: str
    category: Text
    firm: str
    name: str
    amount: Interval
    inclusive: bool
    unit: str
    missing: tuple[str, ...] = ()


class Due(Struct, frozen=True):
    """Something to be done by a day; `latest` is later where the calendar leaves the day open.

    Attributes:
        if_any: that nothing need be done, and this is the last day for it.
    """

    day: date
    latest: date
    rule: str
    clause: str
    title: Text
    responsible: Responsible
    subject: Subject
    if_any: bool = False


class Headroom(Struct, frozen=True):
    """Of one filing: limits, the tightest first, participations, thresholds, and days to come in order."""

    rooms: tuple[Room, ...] = field(default=())
    stakes: tuple[Stake, ...] = field(default=())
    thresholds: tuple[Threshold, ...] = field(default=())
    due: tuple[Due, ...] = field(default=())

    def of_firm(self, firm: str) -> "Headroom":
        """What concerns one firm; the group's own limits and the days stay."""
        return Headroom(
            tuple(room for room in self.rooms if room.firm == firm or room.of_group),
            tuple(stake for stake in self.stakes if stake.firm == firm),
            tuple(threshold for threshold in self.thresholds if threshold.firm == firm),
            self.due,
        )
