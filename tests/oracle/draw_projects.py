"""Random projects and their approvals."""

from datetime import date, timedelta
from fractions import Fraction

from .approvals import BASIC, FOR_EQUITY
from .days import twentieth_working_day
from .draw import CENT, Draw
from .draw_reports import name_of
from .rows import Row

STEMS = ["风电", "厂房改造", "二十里园区"]
TAILS = [
    "",
    "一期",
    "二期",
    "(第1期)",
    "（第二标段）",
    "【三】",
    "〔4批〕",
    " ２阶段",
    "一期 2标段",
    "[十部分",
    "12",
    "]",
]
SHARES = [Fraction(n, 100) for n in (10, 15, 15, 20, 29, 30, 30, 40)]


def draw_projects(draw: Draw, financials: list[Row]) -> list[Row]:
    """Projects, some of them pieces of one."""
    rows: list[Row] = []
    investor = draw.member()
    in_pieces = draw.chance(0.2)
    for place in range(draw.rng.choice([0, 1, 2, 3, 4, 6])):
        if draw.chance(0.1 if in_pieces else 0.4):
            investor = draw.anyone()
        row = draw_project(draw, place, investor, financials)
        rows.append(row)
        if in_pieces:
            row["name"] = STEMS[0] + draw.rng.choice(TAILS)
            row["overseas"] = draw.weighted({False: 8, None: 2, True: 1})
    return rows


def base_of(investor: str, year: int, financials: list[Row]) -> Fraction | None:
    """A figure against which an amount may be large."""
    for row in financials:
        if row["code"] == investor and row["year"] == year and row.get("consolidated_net_assets"):
            return Fraction(str(row["consolidated_net_assets"]))
    return None


def draw_amount(draw: Draw, investor: str, financials: list[Row]) -> int | float | str:
    """An amount, often just at the limit."""
    base = base_of(draw.rng.choice([investor, investor, draw.parent]), draw.year - 1, financials)
    if base is None or base <= 0 or draw.chance(0.15):
        return draw.money()
    step = draw.rng.choice([Fraction(0), Fraction(0), CENT, -CENT])
    return draw.number(max(CENT, base * draw.rng.choice(SHARES) + step))


def draw_project(draw: Draw, place: int, investor: str, financials: list[Row]) -> Row:
    """One project."""
    started = draw.day()
    if draw.chance(0.5):
        started = min(started, draw.as_of - timedelta(days=draw.rng.randint(0, 30)))
    completed = draw_completion(draw, started)
    begins = draw.chance(0.65)
    return draw.row(
        {
            "code": draw.spelled(f"XM{place if draw.chance(0.97) else 0}"),
            "name": draw.rng.choice(STEMS[: draw.rng.randint(1, 3)]) + draw.rng.choice(TAILS),
            "investor_code": draw.spelled(investor),
            "plan_year": draw.year if draw.chance(0.88) else draw.year - 1,
        },
        {
            "amount": draw_amount(draw, investor, financials),
            "main_business": draw.flag(0.4),
            "overseas": draw.flag(0.25),
            "kind": draw.rng.choice(["fixed_asset", "equity", "equity", "new_company", "other"]),
            "in_plan": draw.flag(0.6),
            "internal_decision_on": draw.near(started) if draw.chance(0.85) else None,
            "started_on": started if begins else None,
            "completed_on": completed if draw.chance(0.4) else None,
            "terminated_on": draw.day() if draw.chance(0.2) else None,
            "post_evaluated_on": draw.day() if draw.chance(0.3) else None,
        },
    )


def draw_completion(draw: Draw, started: date) -> date:
    """A day of completion, at times just about a year before the check."""
    kind = draw.rng.random()
    if kind < 0.3:
        return draw.near(draw.as_of - timedelta(days=365))
    if kind < 0.35:
        return date(2024, 2, 29)
    return draw.after(started, 400) if kind < 0.8 else draw.day()


def draw_approvals(draw: Draw, projects: list[Row]) -> list[Row]:
    """Approvals of these projects, and of one that is not there."""
    rows = []
    for place in range(draw.rng.choice([0, 1, 2, 4, 6, 8])):
        project = draw.rng.choice(projects) if projects and draw.chance(0.96) else {"code": "GONE"}
        rows.append(draw_approval(draw, place, project))
    return rows


def draw_approval(draw: Draw, place: int, project: Row) -> Row:
    """One approval."""
    accepted = draw_acceptance(draw)
    due = twentieth_working_day(accepted, None) or accepted + timedelta(days=28)
    pause = draw_pause(draw, accepted, due)
    if len(pause) == 2:
        due = twentieth_working_day(accepted, (pause[0], pause[1])) or due
    decided = draw.near(due) if draw.chance(0.5) else draw.after(accepted, 40)
    if project.get("started_on") and draw.chance(0.3):
        decided = draw.near(date.fromisoformat(project["started_on"]))
    decision = draw.weighted({"approved": 6, "rejected": 2, "pending": 2, None: 1})
    is_decided = draw.chance(0.95 if decision in ("approved", "rejected") else 0.1)
    return draw.row(
        {"project_code": draw.spelled(project["code"]), "decision": decision},
        {
            "id": draw.spelled_id(name_of(draw, "HZ", place)),
            "authority": draw.weighted({"sasac": 8, "government": 2}),
            "applied_on": accepted - timedelta(days=draw.rng.choice([0, 1, 9, -1])),
            "accepted_on": accepted,
            "paused_from": pause[0] if pause and draw.chance(0.95) else None,
            "paused_until": pause[1] if len(pause) == 2 else None,
            "decided_on": decided if is_decided else None,
            "documents": draw_documents(draw),
        },
    )


def draw_acceptance(draw: Draw) -> date:
    """A day of acceptance whose count runs into holidays, the regulation's start or the calendar's end."""
    kind = draw.rng.random()
    if kind < 0.3:
        return draw.near(draw.as_of - timedelta(days=28))
    if kind < 0.42:
        return draw.after(date(2023, 2, 27), 40)
    if kind < 0.5:
        return draw.after(date(2026, 11, 25), 40)
    return draw.day()


def draw_pause(draw: Draw, accepted: date, due: date) -> list[date]:
    """No pause, one without an end, or one with."""
    if draw.chance(0.6):
        return []
    begun = draw.near(due) if draw.chance(0.35) else draw.after(accepted - timedelta(days=3), 30)
    if begun.year > 2026:
        # whether an endless pause beyond the calendar matters cannot be told
        return []
    return [begun] if draw.chance(0.5) else [begun, begun + timedelta(days=draw.rng.randint(-2, 20))]


def draw_documents(draw: Draw) -> list[str]:
    """The papers of a file, complete or not."""
    papers = sorted(BASIC) + (sorted(FOR_EQUITY) if draw.chance(0.6) else [])
    draw.rng.shuffle(papers)
    kind = draw.rng.random()
    if kind < 0.06:
        return []
    return papers[1:] if kind < 0.3 else papers
