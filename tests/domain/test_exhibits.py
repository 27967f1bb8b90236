"""What is shown of a filing."""

from fractions import Fraction

from soe_compliance.domain.exact import Interval
from soe_compliance.domain.exhibits import ShownGuarantees, ShownHolding, Standing


def test_each_standing_has_a_label_of_its_own() -> None:
    assert len({standing.label for standing in Standing}) == len(Standing)
    assert Standing.PARENT.label.en == "group parent"


def test_the_ends_are_who_holds_or_guarantees_and_whom() -> None:
    assert ShownHolding("1", "A", "B", None, None).ends == ("A", "B")
    nothing = Interval(Fraction(0), Fraction(0))
    assert ShownGuarantees("A", "B", True, nothing, "元", ("1",)).ends == ("A", "B")
