"""The modules that are mutated, in groups, each with the fast tests that hold it."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "soe_compliance"


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


def _group(name: str, folder: str, modules: str, *tests: str) -> Group:
    return Group(name, tuple(f"{folder}/{module}" for module in modules.split()), tests)


_OF_CHECKS = (
    "tests/checks/test_shown.py",
    "tests/mutants/examples_by_rule.py",
    "tests/mutants/oracle_in_short.py",
    "tests/checks/test_batches.py",
)
"""What looks at texts comes first: of a function with a cache only the first test that calls it is run on its mutants."""

GROUPS = (
    _group("words", "domain", "truth outcomes amounts exact credit_codes names", "tests/domain"),
    _group(
        "findings",
        "domain",
        "finding packed_findings wire differences headroom errors groups text files",
        "tests/domain",
    ),
    _group("days", "domain", "workdays", "tests/domain/test_workdays.py"),
    _group(
        "cells",
        "filings",
        "amounts days flags numerals counts units codes listed_values values ratio_columns",
        *(
            f"tests/filings/test_{test}.py"
            for test in ("values", "spellings", "units", "ratios", "coercions", "batch")
        ),
    ),
    _group(
        "formats",
        "filings",
        "number_formats shown_units column_numbers",
        *(
            f"tests/filings/test_{test}.py"
            for test in ("number_formats", "formatted_cells", "column_numbers")
        ),
    ),
    _group(
        "json",
        "filings",
        "quick_json json_reader lack_of_memory",
        *(
            f"tests/filings/test_{test}.py"
            for test in ("quick_json", "json_messages", "json_reader", "lack_of_memory")
        ),
    ),
    _group(
        "batches",
        "filings",
        "batch rows",
        *(f"tests/filings/test_{test}.py" for test in ("batch", "units", "ratios")),
        "tests/test_exhibits.py",
        *_OF_CHECKS,
    ),
    _group(
        "packages",
        "filings",
        "package plain_sheets stored_zip two_readings zip_directory",
        *(
            f"tests/filings/test_{test}.py"
            for test in (
                "package",
                "plain_sheets",
                "two_readings",
                "zip_directory",
                "hostile_workbooks",
                "faults",
            )
        ),
    ),
    _group(
        "found", "filings", "discover names", "tests/filings/test_discover.py", "tests/filings/test_names.py"
    ),
    _group("reports", "report", "json_values", "tests/report/test_document.py"),
    _group("calendars", "law", "calendars", "tests/law/test_calendars.py"),
    _group(
        "duties",
        "checks",
        "attachments counts deadlines documents flags orders quarters series working_days",
        "tests/checks/test_details_of_duties.py",
        "tests/checks/test_other_rulesets.py",
        "tests/checks/test_force.py",
        *_OF_CHECKS,
    ),
    _group("absence", "checks", "absence", "tests/test_roster_and_waivers.py"),
    _group("projects", "checks", "approvals bases projects subjects verdicts registry web", *_OF_CHECKS),
    _group(
        "guarantees",
        "checks",
        "caps guarantees relations viability",
        "tests/checks/test_details_of_guarantees.py",
        "tests/checks/test_other_rulesets.py",
        "tests/checks/test_graph.py",
        "tests/checks/test_headroom.py",
        *_OF_CHECKS,
    ),
    _group("filing", "checks", "situation consistency signs", "tests/checks/test_words.py", *_OF_CHECKS),
    _group(
        "excuses",
        "checks",
        "excuses explanations",
        "tests/checks/test_exceptions.py",
        "tests/test_roster_and_waivers.py",
        "tests/test_explanations.py",
        *_OF_CHECKS,
    ),
    _group(
        "outlook",
        "checks",
        "cures exhibits graph headroom",
        "tests/checks/test_graph.py",
        "tests/checks/test_headroom.py",
        "tests/test_exhibits.py",
        *_OF_CHECKS,
    ),
    _group(
        "shares",
        "checks",
        "shares group_shares nameless_debts",
        "tests/checks/test_details_of_shares.py",
        "tests/domain/test_shares.py",
        *_OF_CHECKS,
    ),
    _group(
        "ownership",
        "domain",
        "ownership shares edges growth pairs",
        *(
            f"tests/domain/test_{test}.py"
            for test in ("ownership", "edges", "growth", "pairs", "shares", "long_shares")
        ),
    ),
    _group(
        "rings",
        "domain",
        "components share_floats ring_shares refinement",
        *(
            f"tests/domain/test_{test}.py"
            for test in ("components", "shares", "share_floats", "ring_shares", "refinement", "large_rings")
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
