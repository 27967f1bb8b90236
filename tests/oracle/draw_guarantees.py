"""Random guarantees."""

from datetime import date, timedelta
from fractions import Fraction

from .draw import CENT, STRANGERS, Draw
from .draw_reports import name_of
from .rows import Row

FORMS = ["保证", "抵押", "A1", "\uff211 ", "质押"]
DEBTS = ["J1", "J2", "\uff2a2", "j1"]


def draw_guarantees(draw: Draw) -> list[Row]:
    """A ledger; at times a ring, at times one debt many times over."""
    count = draw.rng.choice([0, 1, 2, 4, 6, 8, 10])
    quiet = draw.chance(0.4)
    repeat = draw.rng.choice([0.0, 0.3, 0.6])
    forms = draw.rng.sample(FORMS, draw.rng.randint(1, 4))
    debts = draw.rng.sample(DEBTS, draw.rng.randint(1, 4))
    rows: list[Row] = []
    ends = draw_ends(draw)
    for place in range(count):
        if not draw.chance(repeat):
            ends = (ends[1], ends[0]) if draw.chance(0.12) else draw_ends(draw)
        row = draw_guarantee(draw, place, *ends)
        rows.append(row)
        row["form"] = draw.rng.choice([*forms, None])
        if draw.chance(0.75):
            row["debt_id"] = draw.rng.choice(debts)
        if quiet and ends in draw.favoured:
            row.update(debt_id="J1", debt_balance=1000, balance=1)
    return rows


def draw_ends(draw: Draw) -> tuple[str, str]:
    """A guarantor and a beneficiary."""
    if draw.favoured and draw.chance(0.5):
        return draw.rng.choice(draw.favoured)
    guarantor = draw.anyone()
    beneficiary = draw.rng.choice(STRANGERS) if draw.chance(0.3) else draw.member()
    if guarantor == beneficiary and draw.chance(0.8):
        beneficiary = draw.rng.choice([*draw.codes, *STRANGERS])
    return guarantor, beneficiary


def draw_guarantee(draw: Draw, place: int, guarantor: str, beneficiary: str) -> Row:
    """One guarantee."""
    signed = draw_signature(draw)
    debt = draw.rng.choice([100, 1000, 1000, 10000, 0])
    share = draw.rng.choice([Fraction(n, 100) for n in (10, 20, 25, 30, 50, 100)])
    balance = share * debt + draw.rng.choice([Fraction(0), Fraction(0), CENT, -CENT, Fraction(debt, 20000)])
    if draw.chance(0.4):
        balance = Fraction(draw.rng.choice([0, 1, 5, 30, 100]))
    licence = draw.weighted({True: 3, False: 14, None: 2})
    return draw.row(
        {
            "guarantor_code": draw.spelled(guarantor),
            "beneficiary_code": draw.spelled(beneficiary),
            "licensed_business": licence,
            "home_buyers": draw.weighted({True: 1, False: 5, None: 5}),
        },
        {
            "id": draw.spelled_id(name_of(draw, "DB", place)),
            "creditor": draw.rng.choice(["甲银行", "乙银行", None]),
            "debt_balance": draw.weighted({debt: 16, draw.money(): 1, None: 2}),
            "amount": draw.number(max(Fraction(0), balance + draw.rng.choice([0, 0, 1, -1]))),
            "balance": draw.money() if draw.chance(0.1) else draw.number(max(Fraction(0), balance)),
            "signed_on": signed,
            "expires_on": draw_expiry(draw, signed),
            "released_on": draw.day() if draw.chance(0.12) else None,
            "board_resolution_on": signed + timedelta(days=draw.rng.choice([-9, -1, 0, 0, 1, 5])),
            "counter_guarantee": draw.money(),
        },
    )


def draw_signature(draw: Draw) -> date:
    """A day of signing, mostly before the reference date."""
    kind = draw.rng.random()
    if kind < 0.15:
        return draw.near(date(2023, 5, 1))
    if kind < 0.75:
        return draw.reference_date - timedelta(days=draw.rng.randint(0, 500))
    return draw.near(draw.reference_date) if kind < 0.85 else draw.day()


def draw_expiry(draw: Draw, signed: date) -> date:
    """A day of expiry."""
    kind = draw.rng.random()
    if kind < 0.15:
        return draw.near(signed)
    return draw.near(draw.reference_date) if kind < 0.35 else draw.after(signed, 2000)
