"""What starts quickly loads nothing that it does not use."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"pandas", "networkx", "scipy", "xlsxwriter", "jinja2", "distributed", "matplotlib"}
RUN = """
import sys
from soe_compliance.cli.main import main
sys.argv[1:] = {arguments!r}
try:
    main()
except SystemExit:
    pass
print("loaded:", *sorted({{name.partition(".")[0] for name in sys.modules}}))
"""


def loaded_by(*arguments: str) -> set[str]:
    program = RUN.format(arguments=list(arguments))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    last = done.stdout.splitlines()[-1]
    assert last.startswith("loaded:")
    return set(last.split()[1:])


def test_the_help_loads_no_library_for_numbers_or_forms() -> None:
    loaded = loaded_by("--help")
    assert "click" in loaded
    assert not loaded & (HEAVY | {"numpy", "pydantic", "python_calamine", "yaml"})


@pytest.mark.parametrize("written", ["workbook", "json"])
def test_a_plain_check_loads_nothing_heavy(written: str, tmp_path: Path) -> None:
    from benchmarks.generator import write_json, write_workbooks

    [path] = (write_workbooks if written == "workbook" else write_json)(tmp_path, 1)
    loaded = loaded_by("check", str(path), "--as-of", "2024-03-25", "--fail-on", "never")
    assert {"python_calamine", "numpy"} <= loaded
    assert not loaded & HEAVY
