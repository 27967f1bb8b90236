"""Random filings that try hard to catch two readings of the rules apart.

Run as a module it prints how often each rule came to each outcome: python -m tests.oracle.random_filings 5000
"""

import random
import sys
from collections import Counter
from datetime import date
from typing import Any

from .case import OPTIONS
from .draw import Draw
from .draw_group import draw_entities, draw_financials, draw_holdings
from .draw_guarantees import draw_guarantees
from .draw_projects import draw_approvals, draw_projects
from .draw_reports import draw_debts, draw_financing_reports, draw_investment_reports, draw_plans
from .forms import FORMS
from .reference import outcomes
from .rows import Row
from .sharpen import draw_exceptions, sharpen

OUTCOMES = ("fail", "waived", "pending", "unknown", "pass", "not_applicable")
UNITS = ("元", "千元", "万元", "百万元", "亿元")


def random_filing(rng: random.Random) -> tuple[dict[str, Any], date, dict[str, str]]:
    """A filing, the day of the check and the readings in force."""
    draw = Draw(rng)
    reading = draw_reading(draw)
    filing: dict[str, Any] = {"filing": draw_head(draw)}
    filing.update(draw_tables(draw))
    for table in list(FORMS):
        spoil(draw, filing, table)
    if draw.chance(0.6):
        sharpen(draw, filing, reading)
    exceptions = draw_exceptions(draw, filing, reading)
    if exceptions or draw.chance(0.5):
        filing["exceptions"] = exceptions
        if exceptions and draw.chance(0.04):
            exceptions[-1].pop("approval_no", None)
    return filing, draw.as_of, reading


def draw_head(draw: Draw) -> Row:
    """The first page."""
    filed_on = draw.day() if draw.chance(0.3) else None
    return {
        "id": f"R-{draw.rng.randrange(10**9)}",
        "group_code": draw.spelled(draw.parent),
        "group_name": "随机样例集团",
        "year": draw.year,
        "reference_date": draw.reference_date.isoformat(),
        "filed_on": filed_on.isoformat() if filed_on else None,
        "unit": draw.rng.choice(UNITS),
    }


def draw_tables(draw: Draw) -> dict[str, list[Row]]:
    """Every table but the exceptions."""
    financials = draw_financials(draw)
    projects = draw_projects(draw, financials)
    holdings = draw_holdings(draw)
    return {
        "entities": draw_entities(draw),
        "holdings": holdings,
        "financials": financials,
        "plans": draw_plans(draw),
        "projects": projects,
        "approvals": draw_approvals(draw, projects),
        "investment_reports": draw_investment_reports(draw, [project["code"] for project in projects]),
        "guarantees": draw_guarantees(draw),
        "financing_reports": draw_financing_reports(draw),
        "debts": draw_debts(draw),
    }


def spoil(draw: Draw, filing: dict[str, Any], table: str) -> None:
    """Leaves a table out, empties it, or puts in a row that is none or lacks what it needs."""
    if table not in filing:
        return
    kind = draw.rng.random()
    rows: list[Row] = filing[table]
    if kind < 0.05:
        del filing[table]
    elif kind < 0.07:
        rows.clear()
    elif kind < 0.11:
        rows.insert(draw.rng.randint(0, len(rows)), draw.rng.choice([{}, {"id": None}, {"name": ""}]))
    elif kind < 0.16 and rows:
        spoiled = dict(draw.rng.choice(rows))
        needed = [field for field, kind_of in FORMS[table].items() if kind_of.endswith("!")]
        field = draw.rng.choice(needed)
        spoiled[field] = draw.rng.choice([None, ""])
        rows.insert(draw.rng.randint(0, len(rows)), spoiled)


def draw_reading(draw: Draw) -> dict[str, str]:
    """Mostly the defaults, sometimes one or several others."""
    if draw.chance(0.45):
        return {}
    reading = {}
    if draw.chance(0.12):
        reading = {"share_basis": "economic", "share_rounding": draw.rng.choice(["exact", "two_decimals"])}
    for key in draw.rng.sample(sorted(OPTIONS), draw.rng.choice([1, 1, 2, 4, 8])):
        options = [*OPTIONS[key][1:], OPTIONS[key][-1]]
        if key == "quarterly_due":
            options += ["15", "0", "30", "45"]
        reading[key] = draw.rng.choice(options)
    return reading


def coverage(count: int, seed: int) -> Counter[tuple[str, str]]:
    """How often each rule came to each outcome."""
    counts: Counter[tuple[str, str]] = Counter()
    for number in range(count):
        filing, as_of, reading = random_filing(random.Random(seed * 1_000_003 + number))
        counts.update((rule, outcome) for rule, _, outcome in outcomes(filing, as_of, reading))
    return counts


def print_coverage(counts: Counter[tuple[str, str]]) -> None:
    """A table, a row for each rule."""
    print(f"{'rule':8}" + "".join(f"{outcome:>15}" for outcome in OUTCOMES))
    for rule in sorted({rule for rule, _ in counts}):
        cells = "".join(f"{counts[rule, outcome] or '':>15}" for outcome in OUTCOMES)
        print(f"{rule:8}{cells}")


if __name__ == "__main__":
    print_coverage(coverage(int(sys.argv[1]) if len(sys.argv) > 1 else 5000, seed=1))
