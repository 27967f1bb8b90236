"""Random plans, quarterly reports and debts."""

from datetime import date

from .days import february_end, report_due
from .draw import Draw
from .rows import Row

KINDS = {"annual": 6, "regular_adjustment": 6, "government": 1, "venture": 1, "emergency": 2, "special": 2}
SOURCES = ["operations", "refinancing", "asset_sale", "fiscal", "government_payment", "other"]


def draw_plans(draw: Draw) -> list[Row]:
    """The annual plan and its adjustments."""
    return [draw_plan(draw, place) for place in range(draw.rng.choice([0, 1, 1, 2, 3, 5]))]


def draw_plan(draw: Draw, place: int) -> Row:
    """One plan."""
    kind = draw.weighted(KINDS)
    anchor = february_end(draw.year) if kind == "annual" else date(draw.year, 7, 31)
    submitted = draw.near(anchor) if draw.chance(0.6) else draw.day()
    return draw.row(
        {"year": draw.year if draw.chance(0.92) else draw.year - 1, "kind": kind},
        {
            "id": draw.spelled_id(name_of(draw, "JH", place)),
            "submitted_on": submitted,
            "narrative_attached": draw.flag(0.6),
            "board_resolution_on": draw.near(submitted),
            "decision": draw.weighted({"approved": 4, "rejected": 2, "pending": 2}),
            "decided_on": draw.day(),
        },
    )


def name_of(draw: Draw, prefix: str, place: int) -> str:
    """An id, rarely the one before it, or one that looks like the place of a row."""
    if draw.chance(0.015):
        return f"#{place + 2}"
    return f"{prefix}-{place if place == 0 or draw.chance(0.96) else place - 1}"


def draw_quarter(draw: Draw) -> tuple[int, int, date]:
    """A year, a quarter and the day on which its report came in."""
    year = draw.year if draw.chance(0.93) else draw.year - 1
    quarter = draw.rng.randint(1, 4)
    due = report_due(year, quarter, draw.rng.choice(["next_quarter_end", "15"]), rolls=True)
    submitted = draw.near(due.effective() or due.written) if draw.chance(0.7) else draw.day()
    return year, quarter, submitted


def draw_financing_reports(draw: Draw) -> list[Row]:
    """Quarterly reports on financing."""
    rows = []
    for _ in range(draw.rng.choice([0, 1, 2, 4, 5])):
        year, quarter, submitted = draw_quarter(draw)
        total = draw.money()
        rows.append(
            draw.row(
                {"year": year, "quarter": quarter},
                {
                    "submitted_on": submitted,
                    "total_balance": total,
                    "ceiling": total if draw.chance(0.2) else draw.money(),
                    "details_attached": draw.flag(0.6),
                },
            )
        )
    return rows


def draw_investment_reports(draw: Draw, project_codes: list[str]) -> list[Row]:
    """Quarterly reports on projects."""
    rows = []
    for _ in range(draw.rng.choice([0, 2, 4, 8])):
        year, quarter, submitted = draw_quarter(draw)
        code = draw.rng.choice(project_codes) if project_codes and draw.chance(0.95) else "GONE"
        rows.append(
            draw.row(
                {"project_code": draw.spelled(code), "year": year, "quarter": quarter},
                {"submitted_on": submitted, "completed_amount": draw.money()},
            )
        )
    return rows


def draw_debts(draw: Draw) -> list[Row]:
    """Debts."""
    return [
        draw.row(
            {"borrower_code": draw.spelled(draw.anyone())},
            {
                "id": draw.spelled_id(name_of(draw, "RZ", place)),
                "lender": draw.rng.choice(["甲银行", "乙银行"]),
                "balance": draw.money(),
                "due_on": draw.day(),
                "for_government": draw.flag(0.2),
                "repayment_source": draw.rng.choice(SOURCES),
            },
        )
        for place in range(draw.rng.choice([0, 1, 2, 4]))
    ]
