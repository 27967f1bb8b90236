"""The modules that are mutated, in groups, each with the fast tests that hold it."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "soe_compliance"

_EXAMPLES = "tests/mutants/test_examples_by_rule.py"


@dataclass(frozen=True)
class Group:
    """Modules that are mutated together.

    Attributes:
        modules: as `domain/truth`, below the package; `checks/*` stands for all of a folder.
        tests: files and folders of tests that are run on each mutant, those that reach the mutated function.
    """

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]

    def files(self) -> list[Path]:
        """The files of the modules, relative to the checkout."""
        found = [path for module in self.modules for path in sorted((ROOT / PACKAGE).glob(f"{module}.py"))]
        return [path.relative_to(ROOT) for path in found if path.name != "__init__.py"]


GROUPS = (
    Group(
        "words",
        tuple(f"domain/{m}" for m in ("truth", "outcomes", "amounts", "exact", "credit_codes", "names")),
        ("tests/domain",),
    ),
    Group("days", ("domain/workdays",), ("tests/domain/test_workdays.py",)),
    Group(
        "cells",
        tuple(
            f"filings/{m}"
            for m in (
                "amounts",
                "days",
                "flags",
                "numerals",
                "counts",
                "units",
                "codes",
                "listed_values",
                "values",
                "ratio_columns",
            )
        ),
        tuple(
            f"tests/filings/test_{t}.py"
            for t in ("values", "spellings", "units", "ratios", "coercions", "batch")
        ),
    ),
)


def groups_with(modules: list[str]) -> list[tuple[Group, list[Path]]]:
    """The groups that hold any of these modules, with the files to mutate; all of them where none is named.

    Raises:
        ValueError: a module stands in no group.
    """
    wanted = {
        Path(PACKAGE) / f"{module.removesuffix('.py').removeprefix(PACKAGE + '/')}.py" for module in modules
    }
    known = {path for group in GROUPS for path in group.files()}
    if not wanted <= known:
        raise ValueError(", ".join(sorted(str(path) for path in wanted - known)))
    chosen = [(group, [path for path in group.files() if not wanted or path in wanted]) for group in GROUPS]
    return [(group, files) for group, files in chosen if files]
