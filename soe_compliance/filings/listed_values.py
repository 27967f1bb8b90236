"""Listed values by their keys, their labels and the other words that the forms know for them."""

import re
from collections.abc import Mapping
from functools import lru_cache

from soe_compliance.filings.cell_text import BLANK_MARKS, BadCell, text_of
from soe_compliance.filings.fields import Choice
from soe_compliance.filings.spellings import How, Understood, blank


@lru_cache(maxsize=64)
def _spellings(choices: type[Choice]) -> Mapping[str, tuple[int, How | None]]:
    """The place of each listed value by its key, its label and the other words for it."""
    found: dict[str, tuple[int, How | None]] = {}
    for place, choice in enumerate(choices):
        for word in choice.other_words:
            found[text_of(word)] = (place, How.SYNONYM)
    for place, choice in enumerate(choices):
        found[text_of(choice.value).lower()] = found[text_of(choice.label)] = (place, None)
    return found


def read_choice(cell: object, choices: type[Choice]) -> Understood[int]:
    """The place of the listed value, by its key, its label or another word for it."""
    text = text_of(cell)
    known = _spellings(choices)
    found = known.get(text) or known.get(text.lower()) or known.get("".join(text.split()).strip("《》"))
    if found:
        return found
    if not text or text in BLANK_MARKS:
        return blank(cell)
    raise BadCell


def choice_of(cell: object, choices: type[Choice]) -> int | None:
    return read_choice(cell, choices)[0]


def read_choices(cell: object, choices: type[Choice]) -> Understood[int]:
    """Listed values as a bit mask: a list, or a text that separates them by 、 ; or ，. An empty list is stated."""
    if isinstance(cell, list):
        parts = cell
    else:
        text = text_of(cell)
        if not text or text in BLANK_MARKS:
            return blank(cell)
        parts = [part for part in re.split(r"[、;,\n]", text) if part.strip()]
        if not parts:  # only a list can be empty and stated
            raise BadCell
    mask, how = 0, None
    for part in parts:
        place, other = read_choice(part, choices)
        if place is None:
            raise BadCell
        mask |= 1 << place
        how = how or other
    return mask, how


def choices_of(cell: object, choices: type[Choice]) -> int | None:
    return read_choices(cell, choices)[0]
