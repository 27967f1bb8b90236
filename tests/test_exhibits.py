"""What the engine shows of filings beside its findings."""

import pickle
from fractions import Fraction

from soe_compliance.domain.exact import Interval
from soe_compliance.domain.exhibits import ShownEntity, ShownGuarantees, ShownHolding, Standing, Web
from soe_compliance.domain.workdays import official_calendar
from soe_compliance.engine import Options, evaluate
from tests.judging import filing_of, ruleset_with
from tests.report.pictures.scenes import AS_OF, checked, document


def test_where_each_firm_stands() -> None:
    filing = document(6, [(0, 1, "0.6"), (1, 2, "0.4"), (3, 1, "0.4"), (0, 5, None)])
    for place, consolidated in ((2, False), (3, False), (4, False), (5, None)):
        filing["entities"][place]["consolidated"] = consolidated
    _, result = checked(filing)
    assert result.exhibits is not None
    assert [entity.standing for entity in result.exhibits.web.entities] == [
        Standing.PARENT,
        Standing.MEMBER,
        Standing.PARTICIPATION,
        Standing.OUTSIDE,
        Standing.OUTSIDE,
        Standing.OPEN,
    ]


def test_each_filing_of_a_batch_has_its_own() -> None:
    filings = [
        document(2, [(0, 1, "1")]),
        document(1),
        document(3, [(0, 2, "0.1")], [(0, 1, "3"), (0, 1, "4")]),
    ]
    ruleset = ruleset_with({})
    options = Options(AS_OF, tuple(ruleset.rules), exhibits=True)
    together = evaluate([filing_of(filing) for filing in filings], ruleset, official_calendar(), options)
    for filing, done in zip(filings, together, strict=True):
        assert done.result.exhibits == checked(filing)[1].exhibits
        assert pickle.loads(pickle.dumps(done)) == done


def test_none_unless_asked_for() -> None:
    ruleset = ruleset_with({})
    options = Options(AS_OF, tuple(ruleset.rules))
    [done] = evaluate([filing_of(document(1))], ruleset, official_calendar(), options)
    assert done.result.exhibits is None


def test_firms_that_are_not_listed_bear_the_names_of_the_ledger() -> None:
    filing = document(1, guarantees=[(0, 7, "1")])
    filing["guarantees"][0]["beneficiary_name"] = " 外部企业 "
    _, result = checked(filing)
    assert result.exhibits is not None
    [_, other] = result.exhibits.web.entities
    assert (other.code, other.name, other.listed) == ("E7", "外部企业", False)


def test_all_of_a_web() -> None:
    """What is stated of each firm, stake and guarantee, each as it is written; P is listed behind A."""
    filing = {
        "filing": {"group_code": "P", "group_name": "示例集团", "year": 2024, "reference_date": "2024-03-31"}
        | {"unit": "万元"},
        "entities": [
            {"code": "A", "name": "子公司甲", "level": 2, "consolidated": True},
            {"code": "P", "name": "集团本部", "level": 1},
            {"code": "B", "name": "子公司乙", "consolidated": True},
        ],
        "holdings": [
            {"holder_code": "P", "investee_code": "A", "ratio": "0.6", "voting_ratio": "0.55"},
            {"holder_code": "A", "holder_name": "别名", "investee_code": "X", "ratio": "0.000000000001"},
            {"holder_code": "X", "investee_code": "A", "investee_name": "别名"},
            {"holder_code": "A", "investee_code": "B", "ratio": "0"},
            {"holder_code": "B", "investee_code": "A", "ratio": "0.1"},
            {"holder_code": "B", "investee_code": "B", "ratio": "0.1"},
            {"holder_code": "X", "investee_code": "X", "investee_name": "参股丙", "ratio": "0.1"},
        ],
        "guarantees": [
            {"id": "G1", "guarantor_code": "P", "beneficiary_code": "Y", "balance": "3"},
            {"id": "G2", "guarantor_code": "Y", "guarantor_name": " 外部企业 ", "beneficiary_code": "P"}
            | {"balance": "5", "released_on": "2024-03-31"},
            {"id": "G3", "guarantor_code": "P", "beneficiary_code": "Y", "beneficiary_name": "另一名称"},
            {"id": "G4", "guarantor_code": "A", "beneficiary_code": "A", "balance": "7"},
            {"id": "G5", "guarantor_code": "P", "beneficiary_code": "A", "balance": "2.5"},
            {"id": "G6", "guarantor_code": "A", "beneficiary_code": "P", "balance": "1"},
            {"id": "G7", "guarantor_code": "P", "beneficiary_code": "Y", "balance": "0"},
        ],
    }
    _, result = checked(filing)
    assert result.exhibits is not None
    assert result.exhibits.web == Web(
        parent="P",
        entities=(
            ShownEntity("P", "集团本部", 1, Standing.PARENT, listed=True),
            ShownEntity("A", "子公司甲", 2, Standing.MEMBER, listed=True),
            ShownEntity("B", "子公司乙", None, Standing.MEMBER, listed=True),
            ShownEntity("X", "参股丙", None, Standing.PARTICIPATION, listed=False),
            ShownEntity("Y", "外部企业", None, Standing.OUTSIDE, listed=False),
        ),
        holdings=(
            ShownHolding("P>A", "P", "A", Fraction(3, 5), Fraction(11, 20)),
            ShownHolding("A>X", "A", "X", Fraction(1, 10**12), None),
            ShownHolding("X>A", "X", "A", None, None),
            ShownHolding("A>B", "A", "B", Fraction(0), None),
            ShownHolding("B>A", "B", "A", Fraction(1, 10), None),
            ShownHolding("B>B", "B", "B", Fraction(1, 10), None),
            ShownHolding("X>X", "X", "X", Fraction(1, 10), None),
        ),
        guarantees=(
            ShownGuarantees("P", "Y", True, Interval(Fraction(3), None), "万元", ("G1", "G3")),
            ShownGuarantees("Y", "P", False, Interval(Fraction(5), Fraction(5)), "万元", ("G2",)),
            ShownGuarantees("A", "A", True, Interval(Fraction(7), Fraction(7)), "万元", ("G4",)),
            ShownGuarantees("P", "A", True, Interval(Fraction(5, 2), Fraction(5, 2)), "万元", ("G5",)),
            ShownGuarantees("A", "P", True, Interval(Fraction(1), Fraction(1)), "万元", ("G6",)),
            ShownGuarantees("P", "Y", False, Interval(Fraction(0), Fraction(0)), "万元", ("G7",)),
        ),
        holding_rings=(("A", "X"), ("B",)),
        guarantee_rings=(("P", "A"),),
    )
