"""YAML made wrong as a stream of events, so that it mostly stays YAML."""

import random
from typing import Any

import yaml

from tools.fuzz.mutations import some_bytes

_SCALARS = (
    *(
        "",
        "~",
        "null",
        "true",
        "yes",
        "No",
        "on",
        "010",
        "0x1f",
        "1_000",
        "12:30:00",
        "1e3",
        ".inf",
        ".nan",
        "1.5",
        "-0",
    ),
    *(
        "2024-01-01",
        "2024-13-01",
        "3/10",
        "10%",
        "<<",
        "=",
        "reading",
        "kind",
        "check",
        "extends",
        "9" * 40,
        "x" * 300,
    ),
    *(
        "xingan-2023",
        "filing-consistency",
        "../x",
        "GUA104",
        "a: b",
        "# x",
        "\u202e",
        "合计",
        "[]",
        "{}",
        "id",
        "options",
    ),
)


def events_mutated(rng: random.Random, data: bytes) -> bytes:
    """YAML with events left out, repeated, swapped, or with other scalars; bytes changed where that is no YAML."""
    events: list[Any] = list(yaml.parse(data.decode(), Loader=yaml.CSafeLoader))
    for _ in range(rng.choice([1, 1, 2, 3])):
        place = rng.randrange(2, len(events) - 2)
        kind = rng.randrange(8)
        if kind == 0:
            del events[place]
        elif kind == 1:
            events[place:place] = events[place : place + rng.choice([1, 2, 4])]
        elif kind == 2:
            other = rng.randrange(2, len(events) - 2)
            events[place], events[other] = events[other], events[place]
        else:
            scalars = [n for n, event in enumerate(events) if isinstance(event, yaml.ScalarEvent)]
            _other_scalar(rng, events[rng.choice(scalars)], events)
    try:
        return str(yaml.emit(events, allow_unicode=True)).encode("utf-8", "replace")
    except (yaml.YAMLError, AttributeError, IndexError, TypeError):
        return some_bytes(rng, data)


def _other_scalar(rng: random.Random, event: Any, events: list[Any]) -> None:
    kind = rng.randrange(10)
    if kind == 0:
        event.anchor = "a"
    elif kind == 1:
        event.tag, event.implicit = (
            rng.choice(["!x", "tag:yaml.org,2002:int", "!!python/object:os.system"]),
            (False, False),
        )
    elif kind == 2:
        event.style = rng.choice(["'", '"', "|", ">", None])
    else:
        others = [other.value for other in events if isinstance(other, yaml.ScalarEvent)]
        event.value = rng.choice([rng.choice(_SCALARS), rng.choice(others)])
        event.implicit = (True, True)
