"""What became of the mutants of a group, and which of the survivors are argued to be no faults."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.format_utils import orig_function_and_class_names_from_key

from tools.mutants.groups import PACKAGE
from tools.mutants.undecorated import TAKEN_OUT
from tools.mutants.workplace import Workplace

DETECTED = ("killed", "timeout", "segfault", "caught by type check")
"""What mutmut says of mutants that `make test` would have told of: by its tests, or by its check of types."""


@dataclass(frozen=True)
class Change:
    """A mutation, told by what stays the same when other code moves."""

    module: str
    function: str
    before: str
    after: str


@dataclass(frozen=True)
class Mutant:
    """A mutant and what became of it, in mutmut's words."""

    name: str
    path: Path
    status: str

    @property
    def module(self) -> str:
        return self.path.relative_to(PACKAGE).with_suffix("").as_posix()


def mutants_of(place: Workplace) -> list[Mutant]:
    """All mutants of a group's files."""
    with _inside(place.folder):
        return [
            Mutant(name, path, status_by_exit_code[code])
            for path in place.files
            for name, code in _loaded(path).exit_code_by_key.items()
        ]


def changes_of(place: Workplace, mutants: list[Mutant]) -> list[Change]:
    """What each of these mutants changes."""
    with _inside(place.folder):
        return [_change(mutant) for mutant in mutants]


def forget(place: Workplace, mutants: list[Mutant]) -> None:
    """Have these mutants tried again."""
    names = {mutant.name for mutant in mutants}
    with _inside(place.folder):
        for path in {mutant.path for mutant in mutants}:
            data = _loaded(path)
            data.exit_code_by_key = {
                k: None if k in names else code for k, code in data.exit_code_by_key.items()
            }
            data.save()


def _loaded(path: Path) -> SourceFileMutationData:
    data = SourceFileMutationData(path=path)
    data.load()
    return data


def _change(mutant: Mutant) -> Change:
    function, class_name = orig_function_and_class_names_from_key(mutant.name)
    diff = get_diff_for_mutant(mutant.name, path=mutant.path).splitlines()[2:]
    before, after = (
        " ".join(line[1:].strip() for line in diff if line.startswith(sign)).strip() for sign in "-+"
    )
    if not function.endswith("__"):
        function = function.removesuffix(TAKEN_OUT)
    name = f"{class_name}.{function}" if class_name else function
    return Change(mutant.module, name, before, after)


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """Mutmut finds what it has written from the folder it is in."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
