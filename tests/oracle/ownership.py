"""Who belongs to the group, who controls and reaches whom, and how a guarantor stands to a beneficiary."""

from fractions import Fraction

from .rows import Filing, Row
from .shares import Stakes, below, chains_sum
from .values import ANYTHING, ZERO, Range, Truth, agreed, both, either, negated

HALF = Fraction(1, 2)


class Ownership:
    """The holdings of one filing, with stakes of unknown size once at 0 and once at their most."""

    def __init__(self, filing: Filing) -> None:
        self.filing = filing
        self.parent = filing.group_code
        self.holdings = filing.used["holdings"]
        self.known = len(self.holdings) > 0
        self.may_hide = len(filing.unusable["holdings"]) > 0
        self.votes = [self._votes(at_most=False), self._votes(at_most=True)]
        self.stakes = [self._stakes(at_most=False), self._stakes(at_most=True)]
        self.controlled: dict[str, list[set[str]]] = {}

    def _left_of(self, investee: str) -> Fraction:
        stated = [row["ratio"] for row in self.holdings if row["investee_code"] == investee]
        return max(ZERO, 1 - sum((ratio for ratio in stated if ratio is not None), ZERO))

    def _size(self, row: Row, at_most: bool) -> Fraction:
        if row["ratio"] is not None:
            return Fraction(row["ratio"])
        return self._left_of(row["investee_code"]) if at_most else ZERO

    def _votes(self, at_most: bool) -> Stakes:
        votes: Stakes = []
        for row in self.holdings:
            voting = row["voting_ratio"]
            size = self._size(row, at_most) if voting is None else Fraction(voting)
            votes.append((row["holder_code"], row["investee_code"], size))
        return votes

    def _stakes(self, at_most: bool) -> Stakes:
        sizes = [
            (row["holder_code"], row["investee_code"], self._size(row, at_most)) for row in self.holdings
        ]
        return [stake for stake in sizes if stake[2] > 0]

    def _controlled_by(self, top: str, votes: Stakes) -> set[str]:
        members = {top}
        while True:
            joined = set()
            for _, investee, _ in votes:
                held = sum(
                    (size for owner, firm, size in votes if firm == investee and owner in members), ZERO
                )
                if held > HALF:
                    joined.add(investee)
            if joined <= members:
                return members
            members |= joined

    def controls(self, top: str, code: str) -> Truth:
        """Whether one firm controls another."""
        if top == code:
            return True
        if not self.known:
            return None
        if top not in self.controlled:
            self.controlled[top] = [self._controlled_by(top, votes) for votes in self.votes]
        low, high = self.controlled[top]
        return agreed(code in low, code in high)

    def reaches(self, top: str, code: str) -> Truth:
        """Whether a chain of holdings leads down from one firm to another."""
        if not self.known and top != code:
            return None
        low, high = (code in below(stakes, {top}, set()) for stakes in self.stakes)
        return agreed(low, high)

    def in_scope(self, code: str) -> Truth:
        """Whether a firm is consolidated, as beneficiary or as holder of stakes."""
        if code == self.parent:
            return True
        entity = self.filing.first("entities", code=code)
        if entity is None or entity["consolidated"] is None:
            return self.controls(self.parent, code)
        return bool(entity["consolidated"])

    def in_scope_as_actor(self, code: str) -> Truth:
        """Whether a firm is consolidated, as guarantor or investor: an unlisted code may be mistyped."""
        if code != self.parent and self.filing.first("entities", code=code) is None:
            return True if self.controls(self.parent, code) is True else None
        return self.in_scope(code)

    def tiered(self, code: str) -> Truth:
        """Whether a firm is a first-level enterprise or a key subsidiary."""
        if code == self.parent:
            return True
        entity = self.filing.first("entities", code=code)
        if entity is None:
            return None
        if entity["level"] == 1 or entity["key_subsidiary"] is True:
            return True
        if entity["level"] is not None and entity["level"] >= 2 and entity["key_subsidiary"] is False:
            return False
        return None

    def holders(self) -> list[str]:
        """Every code that appears in the holdings, and the parent."""
        codes = {self.parent}
        for row in self.holdings:
            codes |= {row["holder_code"], row["investee_code"]}
        return sorted(codes)

    def group_share(self, code: str, basis: str) -> Range:
        """The range in which the group's share of a firm lies."""
        if not self.known:
            return ANYTHING
        if basis == "economic":
            certain = possible = {self.parent}
        else:
            certain = {holder for holder in self.holders() if self.in_scope(holder) is True}
            possible = {holder for holder in self.holders() if self.in_scope(holder) is not False}
        low = chains_sum(self.stakes[0], certain, code)
        high = chains_sum(self.stakes[1], possible, code)
        if low is None:
            return ZERO, high
        if high is not None and high < low:
            # totals above 100% can turn the two ends round; the share is the range between them
            return high, low
        return low, high

    def relation(self, guarantor: str, beneficiary: str, interpretations: dict[str, str]) -> str:
        """The first step that is true; unknown if a step before it is."""
        steps = self._steps(guarantor, beneficiary, interpretations)
        for name, truth in steps:
            if truth is None:
                return "unknown"
            if truth:
                return "unknown" if name == "unrelated" and self.may_hide else name
        raise AssertionError("the last step is always true")

    def _steps(self, guarantor: str, beneficiary: str, reading: dict[str, str]) -> list[tuple[str, Truth]]:
        member = self.in_scope(beneficiary)
        owner = both(negated(member), self.controls(beneficiary, guarantor))
        down = self.reaches(guarantor, beneficiary)
        up = self.reaches(beneficiary, guarantor)
        steps: list[tuple[str, Truth]] = [
            ("self", guarantor == beneficiary),
            ("upstream", either([beneficiary == self.parent, owner])),
            ("subsidiary", both(member, either([guarantor == self.parent, down]))),
            ("participation", down),
        ]
        if reading["siblings"] == "ban":
            steps += [("upstream", both(member, up)), ("unrelated", member)]
        else:
            steps += [("sibling", member)]
        if reading["relation_scope"] == "group":
            steps += [("group_participation", self._held_by_group(beneficiary))]
        return [*steps, ("upstream", up), ("unrelated", True)]

    def _held_by_group(self, code: str) -> Truth:
        return either(both(self.in_scope(holder), self.reaches(holder, code)) for holder in self.holders())
