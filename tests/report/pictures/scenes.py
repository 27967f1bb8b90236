"""Scenes of filings made by hand or drawn, checked by the program itself."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from soe_compliance.domain.workdays import official_calendar
from soe_compliance.engine import FilingResult, Options, evaluate
from soe_compliance.report.model import Report
from soe_compliance.report.pictures.scene import Scene, scene
from tests.domain.webs import webs
from tests.judging import filing_of, ruleset_with

AS_OF = date(2024, 4, 15)


def document(
    firms: int | Sequence[str],
    holdings: Sequence[tuple[int, int, str | None]] = (),
    guarantees: Sequence[tuple[int, int, str | None]] = (),
    **entity: Any,
) -> dict[str, Any]:
    """A filing of firms E0, E1 …, the first of them the parent, in stakes and guarantees of (from, to, how much)."""
    names = [f"第{n}企业" for n in range(firms)] if isinstance(firms, int) else list(firms)
    return {
        "filing": {
            "group_code": "E0",
            "group_name": names[0],
            "year": 2024,
            "reference_date": "2024-03-31",
            "unit": "万元",
        },
        "entities": [
            {"code": f"E{n}", "name": name, "consolidated": True, **entity} for n, name in enumerate(names)
        ],
        "holdings": [
            {"holder_code": f"E{a}", "investee_code": f"E{b}", "ratio": ratio} for a, b, ratio in holdings
        ],
        "guarantees": [
            {"id": f"G{n}", "guarantor_code": f"E{a}", "beneficiary_code": f"E{b}", "balance": balance}
            for n, (a, b, balance) in enumerate(guarantees)
        ],
    }


def checked(filing: dict[str, Any]) -> tuple[Report, FilingResult]:
    ruleset = ruleset_with({})
    options = Options(AS_OF, tuple(ruleset.rules), exhibits=True)
    [done] = evaluate([filing_of(filing)], ruleset, official_calendar(), options)
    made = datetime(2024, 4, 15, tzinfo=UTC)
    return Report(made, AS_OF, ruleset, (done.result,), tuple(done.findings)), done.result


def scene_of(filing: dict[str, Any], *, whole: bool = False) -> Scene:
    return scene(*checked(filing), "zh", whole=whole)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Filings with rings, stakes of unknown size, several holders and firms that stand alone."""
    web = draw(webs(most=9))
    several = st.lists(st.tuples(*[st.integers(0, web.firms)] * 2), max_size=2 * web.firms)
    amounts = st.sampled_from([None, "0", "12.5", "123456789.01"])
    return document(
        web.firms,
        [(s.holder, s.investee, None if s.ratio is None else str(float(s.ratio))) for s in web.stakes],
        [(a, b, draw(amounts)) for a, b in draw(several)],
    )
