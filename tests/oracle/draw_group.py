"""Random firms, holdings and figures."""

from fractions import Fraction

from .draw import CENT, STRANGERS, Draw
from .rows import Row

RATIOS = [
    "1",
    "1",
    "0.6",
    "0.51",
    "0.5001",
    "0.5",
    "0.5",
    "0.4999",
    "0.4",
    "0.3",
    "0.25",
    "0.2",
    "0.1",
    "0.3333",
]
VOTES = ["0", "0.3", "0.5", "0.5001", "0.51", "1"]
FIGURES = [0, 1, 100, 100, 250, 1000, 1000, 1000, 2000, -5]


def draw_entities(draw: Draw) -> list[Row]:
    """The list of firms."""
    listed = [code for code in draw.codes if draw.chance(0.94)]
    rows = [draw_entity(draw, code) for code in listed]
    if draw.chance(0.2):
        rows.append(draw_entity(draw, draw.rng.choice(STRANGERS)))
    if rows and draw.chance(0.06):
        rows.append(draw_entity(draw, draw.rng.choice(listed or STRANGERS)))
    return rows


def draw_entity(draw: Draw, code: str) -> Row:
    """One firm."""
    is_parent = code == draw.parent
    consolidated = draw.weighted({True: 10, False: 4, None: 8})
    if code in draw.undecided and draw.chance(0.9):
        consolidated = None
    licence = draw.chance(0.45)
    return draw.row(
        {"code": draw.spelled(code), "consolidated": consolidated},
        {
            "name": f"企业{code}",
            "level": 1 if is_parent else draw.weighted({1: 3, 2: 6, 3: 3, None: 1}),
            "key_subsidiary": draw.weighted({True: 4, False: 7, None: 2}),
            "going_concern": draw.flag(0.88),
            "solvent": draw.flag(0.9),
            "guarantee_licence": "证001" if licence else None,
            "guarantee_licence_until": draw.day() if licence and draw.chance(0.6) else None,
            "financial": draw.flag(0.1),
        },
    )


def draw_holdings(draw: Draw) -> list[Row]:
    """Chains, circles and split stakes."""
    everyone = [*draw.codes, *STRANGERS[: draw.rng.randint(0, 3)]]
    pairs = []
    for place, investee in enumerate(everyone[1:], start=1):
        if draw.chance(0.75):
            pairs.append((everyone[draw.rng.randint(0, min(place - 1, 3))], investee))
    for _ in range(draw.rng.choice([0, 0, 1, 2, 4])):
        pairs.append((draw.rng.choice(everyone), draw.rng.choice(everyone)))
    if draw.chance(0.85):
        pairs = list(dict.fromkeys(pairs))
    rows = [draw_holding(draw, holder, investee) for holder, investee in pairs]
    if draw.chance(0.12):
        rows += split_stake(draw, everyone)
    if draw.chance(0.12):
        rows = draw_circle(draw, everyone) + rows[: draw.rng.choice([0, 0, 8])]
    if draw.chance(0.15):
        rows = perhaps_members(draw) + rows[: draw.rng.choice([0, 0, 3, 8])]
    rows = rows[:14]
    draw.rng.shuffle(rows)
    return rows


def draw_holding(draw: Draw, holder: str, investee: str, ratio: str | None = None) -> Row:
    """One stake."""
    size = draw.rng.choice(RATIOS) if ratio is None else ratio
    if draw.chance(0.03):
        size = "0"
    if draw.chance(draw.odd / 2):
        size = draw.rng.choice(["-0.1", "1.0001", "51"])
    votes = draw.rng.choice([*VOTES, "1.5"]) if draw.chance(0.1) else None
    shown = float(size) if draw.chance(0.2) else size
    return draw.row(
        {"holder_code": draw.spelled(holder), "investee_code": draw.spelled(investee)},
        {"ratio": shown, "voting_ratio": votes},
    )


def split_stake(draw: Draw, everyone: list[str]) -> list[Row]:
    """One firm held by several: just at, or just past, half or the whole."""
    investee = draw.rng.choice(everyone[1:])
    sizes = draw.rng.choice(
        [
            ["0.25", "0.25"],
            ["0.25", "0.2501"],
            ["0.3334", "0.3333", "0.33345"],
            ["0.5", "0.50011"],
            ["0.5", "0.5001"],
            ["0.7", "0.4"],
        ]
    )
    holders = draw.rng.sample(everyone, min(len(sizes), len(everyone)))
    return [draw_holding(draw, holder, investee, size) for holder, size in zip(holders, sizes, strict=False)]


def draw_circle(draw: Draw, everyone: list[str]) -> list[Row]:
    """Firms that hold each other, at times wholly, so that the group's share has no end."""
    size = draw.rng.choice(["1", "1", "0.5", "0.4"])
    ring = draw.rng.sample(everyone, min(draw.rng.randint(2, 3), len(everyone)))
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    if draw.chance(0.4):
        pairs.append((ring[0], ring[0]))
    if draw.chance(0.5):
        above, under = STRANGERS[0], STRANGERS[1]
        pairs += [(above, ring[0]), (ring[1], under)]
        draw.favoured += [(draw.parent, under), (draw.parent, ring[0])]
        draw.undecided |= {*ring, above, under}
        first = [draw_holding(draw, draw.parent, above, draw.rng.choice(["0.4", "0.5", "1"]))]
    else:
        first = []
    return first + [draw_holding(draw, holder, investee, size) for holder, investee in pairs]


def perhaps_members(draw: Draw) -> list[Row]:
    """A firm that is perhaps the parent's, and a firm outside that it, the parent and a third one hold."""
    target = STRANGERS[2]
    middle, other = draw.codes[1], draw.codes[-1]
    rows = [
        blank_holding(draw, draw.parent, middle),
        draw_holding(draw, STRANGERS[0], middle, draw.rng.choice(["0.3", "0.45", "0.1"])),
        draw_holding(draw, middle, target, draw.rng.choice(["0.4", "0.2"])),
        draw_holding(draw, draw.parent, target, draw.rng.choice(["0.1", "0.3"])),
    ]
    draw.favoured += [(draw.parent, target), (draw.parent, target), (middle, target)]
    draw.undecided |= {middle, target}
    if other != middle and draw.chance(0.6):
        rows.append(blank_holding(draw, other, target))
        draw.favoured.append((other, target))
    return rows


def blank_holding(draw: Draw, holder: str, investee: str) -> Row:
    """A stake of unknown size."""
    return {"holder_code": draw.spelled(holder), "investee_code": draw.spelled(investee), "ratio": None}


def draw_financials(draw: Draw) -> list[Row]:
    """Figures of some firms and years."""
    rows = []
    bad = draw.rng.choice([*draw.codes, None])
    for code in draw.codes:
        if not draw.chance(0.85):
            continue
        for year in range(draw.year - 3, draw.year + 1):
            if year >= draw.year - 1 or code == bad or draw.chance(0.15):
                rows.append(draw_figures(draw, code, year, loss=0.95 if code == bad else 0.2))
    if draw.chance(0.1):
        rows.append(draw_figures(draw, draw.rng.choice(STRANGERS), draw.year, loss=0.5))
    if rows and draw.chance(0.06):
        rows.append(draw_figures(draw, draw.parent, draw.year, loss=0.5))
    return rows


def draw_figures(draw: Draw, code: str, year: int, loss: float) -> Row:
    """The figures of one firm at one year end."""

    def figure() -> int | float | str:
        cents = draw.rng.choice([Fraction(0), Fraction(0), CENT, Fraction(1, 10)])
        return draw.number(draw.rng.choice(FIGURES) + cents)

    def result() -> int:
        return -draw.rng.randint(1, 9) if draw.chance(loss) else draw.rng.choice([0, 0, 3])

    return draw.row(
        {"code": draw.spelled(code), "year": year},
        {
            "net_assets": figure(),
            "consolidated_net_assets": None if draw.chance(0.12) else figure(),
            "attributable_net_assets": figure(),
            "total_assets": draw.money(9000),
            "total_liabilities": draw.money(5000),
            "net_profit": result(),
            "operating_cash_flow": result(),
            "audited": draw.flag(),
        },
    )
