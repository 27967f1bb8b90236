"""A folder for each group in which mutmut works: the checkout's files, and mutmut's configuration for the group."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tools.mutants.groups import PACKAGE, ROOT, Group
from tools.mutants.undecorated import undecorated

_BESIDE = ("cli.py", "docs", "rulesets", "sample_filings", "tests", "tools")
_NOT_NEEDED = (
    "cacheprovider",
    "xdist",
    "unraisableexception",
    "threadexception",
    "logging",
    "junitxml",
    "doctest",
)
_PYTEST = ["--hypothesis-profile=few", "--tb=no", *(f"-pno:{plugin}" for plugin in _NOT_NEEDED)]
_MYPY = ["mypy", "--output=json", "--disable-error-code=unused-ignore"]
_SETTINGS: dict[str, object] = {
    "source_paths": [PACKAGE],
    "also_copy": [name for name in _BESIDE if name != "tests"],
    "pytest_add_cli_args": _PYTEST,
    "timeout_constant": 1.0,
    "timeout_multiplier": 8.0,
    "track_dependencies": False,
    "use_git_change_detection": False,
    "on_dependency_change": "ignore",
}
_MUTATED = "__mutmut_"
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}


class Workplace:
    """Where the mutants of a group are made and tried; what was tried stays until its code changes."""

    def __init__(self, group: Group, files: list[Path], folder: Path) -> None:
        self.group, self.files, self.folder = group, files, folder / group.name
        self.types = [*_MYPY, f"--cache-dir={folder / '.mypy_cache'}", *(path.as_posix() for path in files)]

    def prepare(self, *, check_types: bool = True) -> None:
        """Bring the files up to date, and forget which tests reach what.

        Args:
            check_types: mutants that the types give away are told by them; else by tests alone, which is quicker for a
                small module.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in _BESIDE:
            link = self.folder / name
            if not link.is_symlink():
                link.symlink_to(ROOT / name)
        settings = {
            **_SETTINGS,
            "only_mutate": [path.as_posix() for path in self.files],
            "pytest_add_cli_args_test_selection": list(self.group.tests),
            "type_check_command": self.types if check_types else [],
        }
        section = "".join(f"{key} = {json.dumps(value)}\n" for key, value in settings.items())
        project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        (self.folder / "pyproject.toml").write_text(f"{project}\n[tool.mutmut]\n{section}", encoding="utf-8")
        self._copy_sources()
        outdated = (Path("tests"), Path("rulesets"), Path("mutmut-stats.json"), *self._without_mutants())
        for path in outdated:
            _remove(self.folder / "mutants" / path)

    def _without_mutants(self) -> list[Path]:
        """Files to mutate that mutmut has copied as they are when others were asked for: it would leave them so."""
        copies = {path: self.folder / "mutants" / path for path in self.files}
        return [
            path
            for path, copy in copies.items()
            if copy.is_file() and _MUTATED not in copy.read_text("utf-8")
        ]

    def _copy_sources(self) -> None:
        """Only what differs is written: mutmut tells by the time of a file whether its mutants are still true."""
        there = {path.relative_to(self.folder) for path in (self.folder / PACKAGE).rglob("*.py")}
        wanted = {path.relative_to(ROOT) for path in (ROOT / PACKAGE).rglob("*.py")}
        for path in there - wanted:
            (self.folder / path).unlink()
            _remove(self.folder / "mutants" / path)
        for path in wanted:
            code = (ROOT / path).read_text(encoding="utf-8")
            code = undecorated(code) if path in self.files else code
            target = self.folder / path
            if not target.is_file() or target.read_text(encoding="utf-8") != code:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(code, encoding="utf-8")
        for path in (ROOT / PACKAGE).rglob("*"):
            target = self.folder / path.relative_to(ROOT)
            if path.is_file() and path.suffix not in (".py", ".pyc") and not target.is_symlink():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.symlink_to(path)

    def run(self, mutants: Iterable[str] = ()) -> None:
        """Try the mutants that were not tried since their code changed, or these.

        Raises:
            RuntimeError: mutmut did not come to an end; with what it said.
        """
        mutmut = Path(sys.executable).with_name("mutmut")
        log = self.folder / "mutmut.log"
        with log.open("w", encoding="utf-8") as output:
            ended = subprocess.run(
                [mutmut, "run", "--max-children", "2", *mutants],
                cwd=self.folder,
                env=os.environ | {"PATH": f"{mutmut.parent}:{os.environ['PATH']}", **_ENVIRONMENT},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        if ended.returncode:
            raise RuntimeError(log.read_text(encoding="utf-8")[-4000:])


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
