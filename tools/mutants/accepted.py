"""Survivors that were looked at one by one: each with the reason why no test can, or should, tell it from the code."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

import yaml

from tools.mutants.results import Change

LIST = Path(__file__).with_name("accepted.yaml")

Kind: TypeAlias = Literal["equivalent", "wording"]
"""No input shows a difference; or only the wording of a message differs, which no test pins down."""


@dataclass(frozen=True)
class Accepted:
    """Why a mutant may survive."""

    kind: Kind
    why: str


def accepted_changes() -> dict[Change, Accepted]:
    """The list, by what is changed."""
    listed = yaml.safe_load(LIST.read_text(encoding="utf-8")) or {}
    return {
        Change(module, function, before, after): Accepted(entry.get("kind", "equivalent"), entry["why"])
        for module, functions in listed.items()
        for function, entries in functions.items()
        for entry in entries
        for before, after in [(entry["before"], after) for after in _each(entry["after"])]
    }


def _each(after: str | list[str]) -> list[str]:
    return [after] if isinstance(after, str) else after
