"""What the engine shows of filings beside its findings."""

import pickle

from soe_compliance.domain.exhibits import Standing
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
