"""Random values that lie where rules change their minds."""

import random
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .consistency import ALPHABET, has_bad_check_digit
from .days import february_end, quarter_end
from .rows import Row

YEARS = {2022: 3, 2023: 16, 2024: 45, 2025: 18, 2026: 10, 2027: 8}
LETTERS = ["A", "B", "C", "D", "E", "F1", "G-2", "K"]
STRANGERS = ["X", "Y", "Z9"]
CENT = Fraction(1, 100)


class Draw:
    """The dice of one filing, with its year, its days and its codes."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.blank = rng.choice([0.0, 0.02, 0.05, 0.1, 0.3])
        self.odd = rng.choice([0.0, 0.0, 0.02, 0.06])
        self.year = self.weighted(YEARS)
        self.reference_date = self._reference_date()
        self.as_of = self.reference_date + timedelta(days=10)
        self.as_of = self._as_of()
        self.codes = self._codes()
        self.parent = self.codes[0]
        self.favoured: list[tuple[str, str]] = []
        """Guarantor and beneficiary of guarantees that the holdings make interesting."""
        self.undecided: set[str] = set()
        """Firms whose consolidation should follow from the holdings."""

    def weighted(self, options: dict[Any, int]) -> Any:
        """One of several, by weight."""
        return self.rng.choices(list(options), weights=list(options.values()))[0]

    def chance(self, probability: float) -> bool:
        """Heads or tails."""
        return self.rng.random() < probability

    def _reference_date(self) -> date:
        if self.chance(0.6):
            return date(self.year, 12, 31)
        return self.rng.choice(
            [
                date(self.year, 12, 30),
                date(self.year + 1, 1, 1),
                quarter_end(self.year, 1),
                quarter_end(self.year, 2),
                quarter_end(self.year, 3),
                date(self.year, self.rng.randint(1, 12), self.rng.randint(1, 28)),
            ]
        )

    def _as_of(self) -> date:
        if self.year == 2027 and self.chance(0.3):
            # the calendar does not reach this far: the due date itself is open for a while
            return self.after(february_end(self.year), 17)
        if self.chance(0.35):
            return date(self.year + 1, self.rng.randint(1, 12), self.rng.randint(1, 28))
        return self.day() if self.chance(0.75) else self.reference_date + timedelta(days=10)

    def _codes(self) -> list[str]:
        codes = list(LETTERS)
        self.rng.shuffle(codes)
        parent = self.weighted({"P": 6, self.credit_code(): 2, "p0 集团": 1})
        codes = [parent, *codes[: self.rng.randint(1, 8)]]
        if self.chance(0.3):
            codes[-1] = self.credit_code()
        return codes

    def credit_code(self) -> str:
        """A code of 18 signs, right or not."""
        body = self.rng.choice("9A") + "".join(self.rng.choice(ALPHABET) for _ in range(16))
        kind = self.rng.choice(["right", "right", "right", "wrong", "wrong", "letter", "letter", "foreign"])
        if kind == "foreign":
            return body[:-2] + self.rng.choice(["-11", "集11"])
        if kind == "letter":
            place = self.rng.randint(0, 16)
            return body[:place] + self.rng.choice("IOSVZ") + body[place:]
        fitting = [body + sign for sign in ALPHABET if has_bad_check_digit(body + sign) is (kind == "wrong")]
        return self.rng.choice(fitting)

    def member(self) -> str:
        """A code of the group's list, often the parent."""
        return self.parent if self.chance(0.3) else self.rng.choice(self.codes)

    def anyone(self) -> str:
        """A code that may be on no list."""
        return self.rng.choice(STRANGERS) if self.chance(0.15) else self.member()

    def anchors(self) -> list[date]:
        """Days on which something turns."""
        quarters = [
            quarter_end(y, n) for y in (self.year - 1, self.year, self.year + 1) for n in (1, 2, 3, 4)
        ]
        return [
            *quarters,
            *(february_end(self.year), date(self.year, 7, 31)),
            *(self.reference_date, self.as_of) * 4,
            *(date(2023, 5, 1), date(2023, 3, 1), date(2023, 10, 7)),
            *(date(2024, 2, 9), date(2025, 1, 27), date(2026, 2, 13), date(2026, 12, 10), date(2027, 1, 4)),
        ]

    def near(self, day: date) -> date:
        """A day at, or just beside, another."""
        steps = {0: 10, 1: 6, -1: 6, 2: 1, -2: 1, 15: 1, 16: 1, -20: 2, 20: 1}
        return day + timedelta(days=self.weighted(steps))

    def day(self) -> date:
        """Any day, most of them near an anchor."""
        if self.chance(0.5):
            return self.near(self.rng.choice(self.anchors()))
        return date(self.year, 1, 1) + timedelta(days=self.rng.randint(-200, 450))

    def after(self, day: date, most: int) -> date:
        """A day from a given one on."""
        return day + timedelta(days=self.rng.randint(0, most))

    def flag(self, likely: float = 0.5) -> bool:
        """Yes or no."""
        return self.chance(likely)

    def number(self, value: Fraction) -> int | float | str:
        """A number as filers write it; what has no finite decimals is cut to four."""
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        if Fraction(exact) != value:
            exact = Decimal(round(value * 10000)) / 10000
        if exact == exact.to_integral_value() and self.chance(0.6):
            return int(exact)
        written = f"{exact:f}"
        if self.chance(0.3) and Decimal(repr(float(exact))) == exact and "e" not in repr(float(exact)):
            return float(exact)
        return written

    def money(self, largest: int = 1000) -> int | float | str:
        """An amount, now and then out of range."""
        if self.chance(self.odd):
            return self.number(Fraction(-self.rng.randint(1, 500), 100))
        whole = Fraction(self.rng.choice([0, 1, 5, 10, 30, 50, 100, 200, 300, largest]))
        return self.number(
            whole + self.rng.choice([Fraction(0), Fraction(0), CENT, -CENT, Fraction(1, 2)]) * (whole > 0)
        )

    def spelled(self, code: str) -> str:
        """A code as careless hands type it."""
        kind = self.rng.random()
        if kind > 4 * self.odd:
            return code
        if kind > 3 * self.odd:
            return code.lower()
        if kind > 2 * self.odd:
            return f" {code}\u3000"
        return widened(code) if kind > self.odd else f"{widened(code.lower())} "

    def spelled_id(self, name: str) -> str:
        """An id as careless hands type it; upper and lower case stay what they are."""
        if not self.chance(3 * self.odd):
            return name
        return self.rng.choice([f" {name}", f"{name}\u3000", widened(name)])

    def row(self, always: Row, sometimes: Row) -> Row:
        """A row, some of it left blank; dates as text."""
        row: Row = {}
        for field, value in {**always, **sometimes}.items():
            if value is None or (field in sometimes and self.chance(self.blank)):
                if self.chance(0.5):
                    row[field] = self.rng.choice([None, ""])
                continue
            row[field] = value.isoformat() if isinstance(value, date) else value
        return row


def widened(text: str) -> str:
    """Full-width signs, which mean the same after normalising."""
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)
    return wide if unicodedata.normalize("NFKC", wide) == text else text
