"""What starts quickly loads nothing that it does not use, neither in its own process nor in the one that reads."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.generator import write_json, write_workbooks

HEAVY = {
    *("pandas", "networkx", "scipy", "xlsxwriter", "jinja2", "distributed", "matplotlib"),
    *("numpy.ma", "tabulate", "yaml"),
}
OF_OTHER_FORMATS = {
    f"soe_compliance.filings.{name}"
    for name in (
        "csv_reader",
        "csv_text",
        "compound",
        "xls_records",
        "xls_texts",
        "xlsb_records",
        "ods_cells",
    )
}
RUN = """
import sys
from soe_compliance.cli.main import main


def tell(who):
    print(who, *sorted(sys.modules), flush=True)


{before}
sys.argv[1:] = {arguments!r}
try:
    main()
except SystemExit:
    pass
tell("parent:")
"""
TELLING_WORKERS = """
from soe_compliance.execution import worker


def telling(connection, bench, task, args, do=worker._do):
    def told(*given):
        answer = task(*given)
        tell("worker:")
        return answer

    return do(connection, bench, told, args)


worker._do = telling
"""


def loaded_by(*arguments: str, before: str = "") -> dict[str, set[str]]:
    """The modules that each process has at its end."""
    program = RUN.format(arguments=list(arguments), before=before)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    told = [line.split() for line in done.stdout.decode().splitlines()]
    return {
        words[0].removesuffix(":"): set(words[1:])
        for words in told
        if words and words[0] in ("worker:", "parent:")
    }


def test_the_help_loads_no_library_for_numbers_or_forms() -> None:
    loaded = loaded_by("--help")["parent"]
    assert "click" in loaded
    assert not loaded & (HEAVY | {"numpy", "msgspec", "pydantic", "python_calamine", "chinese_calendar"})


@pytest.mark.skipif(sys.platform != "linux", reason="workers are copies of the process on Linux only")
@pytest.mark.parametrize("files", [1, 40])
@pytest.mark.parametrize("written", ["workbook", "json"])
def test_a_plain_check_loads_nothing_heavy(written: str, files: int, tmp_path: Path) -> None:
    paths = (write_workbooks if written == "workbook" else write_json)(tmp_path, files)
    loaded = loaded_by(
        *("check", *map(str, paths), "--as-of", "2024-03-25", "--fail-on", "never", "--quiet", "--jobs", "2"),
        before=TELLING_WORKERS,
    )
    assert set(loaded) == {"parent", "worker"}
    for modules in loaded.values():
        assert "numpy" in modules
        assert not modules & (HEAVY | OF_OTHER_FORMATS)
    for library in ("python_calamine", "isal", "re2"):
        assert (library in loaded["worker"]) == (written == "workbook")
    own = {name for name in loaded["worker"] - loaded["parent"] if name.startswith("soe_compliance.")}
    assert bool(own) == (written == "workbook" and files == 1), "loaded by each worker for itself"
