"""Copies of the shipped ruleset, changed in a place."""

from pathlib import Path
from shutil import copytree

import pytest

from soe_compliance.domain.errors import UserError
from soe_compliance.law.documents import rulesets_folder
from soe_compliance.law.loading import load_ruleset
from soe_compliance.law.model import Ruleset

SHIPPED = rulesets_folder() / "xingan-2023"


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy in which one file reads otherwise in one place."""
    copy = folder / "copy"
    copytree(SHIPPED, copy)
    text = (copy / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old} stands {text.count(old)} times in {file}"
    (copy / file).write_text(text.replace(old, new), encoding="utf-8")
    return copy


def loaded(folder: Path, file: str, old: str, new: str) -> Ruleset:
    return load_ruleset(str(changed(folder, file, old, new)))


def refused(folder: Path, file: str, old: str, new: str, *, line_of: str | None = None) -> UserError:
    """What loading such a copy raises; where `line_of` is given, at the line that holds it."""
    copy = changed(folder, file, old, new)
    with pytest.raises(UserError) as caught:
        load_ruleset(str(copy))
    if line_of is not None:
        lines = (copy / file).read_text(encoding="utf-8").splitlines()
        [line] = [number for number, text in enumerate(lines, start=1) if line_of in text]
        assert caught.value.place == f"{copy / file}:{line}"
    return caught.value


def hint(error: UserError) -> str:
    assert error.remedy is not None
    return error.remedy.en
