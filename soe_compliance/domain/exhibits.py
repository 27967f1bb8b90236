"""What shows a filing rather than judges it, as plain data: the web of its holdings and guarantees, and
what its limits leave."""

from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from soe_compliance.domain.exact import Interval
from soe_compliance.domain.headroom import Headroom
from soe_compliance.domain.text import Text


class Standing(StrEnum):
    """Where an entity stands to the group: its scope of consolidation, what this holds stakes in, and the rest."""

    PARENT = "parent"
    MEMBER = "member"
    PARTICIPATION = "participation"
    OPEN = "open"
    OUTSIDE = "outside"

    @property
    def label(self) -> Text:
        return _STANDING_LABELS[self]


_STANDING_LABELS = {
    Standing.PARENT: Text("集团母公司", "group parent"),
    Standing.MEMBER: Text("合并范围内", "consolidated"),
    Standing.PARTICIPATION: Text("参股企业", "participation"),
    Standing.OPEN: Text("是否合并不详", "scope not known"),
    Standing.OUTSIDE: Text("集团以外", "outside the group"),
}


class ShownEntity(Struct, frozen=True):
    """An entity by its code; `level` is its 管理级次 as stated, `listed` whether the list of entities has it."""

    code: str
    name: str
    level: int | None
    standing: Standing
    listed: bool


class ShownHolding(Struct, frozen=True):
    """A stake: shares of 1, None where blank. `row` names its row as findings do."""

    row: str
    holder: str
    investee: str
    ratio: Fraction | None
    voting: Fraction | None

    @property
    def ends(self) -> tuple[str, str]:
        """Who holds, and whom."""
        return self.holder, self.investee


class ShownGuarantees(Struct, frozen=True):
    """The guarantees of one guarantor for one beneficiary that are in force, or those that are not.

    Attributes:
        balance: their sum in `unit`; a range where one is blank or one debt is secured twice.
        rows: their ids, in the order of the form.
    """

    guarantor: str
    beneficiary: str
    in_force: bool
    balance: Interval
    unit: str
    rows: tuple[str, ...]

    @property
    def ends(self) -> tuple[str, str]:
        """Who guarantees, and for whom."""
        return self.guarantor, self.beneficiary


class Web(Struct, frozen=True):
    """The firms of one filing and what ties them, in the order of the forms; codes name firms.

    Attributes:
        holding_rings, guarantee_rings: the sets of firms that hold, or guarantee, each other round; a firm that
            does so for itself is a ring of one.
    """

    parent: str
    entities: tuple[ShownEntity, ...]
    holdings: tuple[ShownHolding, ...]
    guarantees: tuple[ShownGuarantees, ...]
    holding_rings: tuple[tuple[str, ...], ...]
    guarantee_rings: tuple[tuple[str, ...], ...]


class Exhibits(Struct, frozen=True):
    """What outputs show of one filing beside its findings."""

    web: Web
    headroom: Headroom
