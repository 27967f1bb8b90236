"""The same command on the same inputs writes the same bytes, whatever the machine is set to."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from soe_compliance.report.render import ENDINGS
from tests.cli.filings import written
from tests.execution.batches import document

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = sorted((ROOT / "sample_filings").glob("0[1478]-*"))
FILES = 20
JOBS = ("1", "2", "4")

SETTINGS: Mapping[str, Mapping[str, str]] = {
    "seed 1": {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Asia/Shanghai"},
    "seed random": {"PYTHONHASHSEED": "random", "LC_ALL": "C.UTF-8", "TZ": "America/Los_Angeles"},
    "gb18030": {
        "PYTHONHASHSEED": "random",
        "LC_ALL": "zh_CN.GB18030",
        "PYTHONUTF8": "0",
        "TZ": "Asia/Shanghai",
    },
    "narrow": {"PYTHONHASHSEED": "2", "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}
"""Environments beside the first: seed 0, UTF-8, UTC."""


def write_inbox(folder: Path, numbers: Iterator[int]) -> None:
    """The same files, made in an order of their own, as file systems then list them."""
    folder.mkdir(parents=True)
    for number in numbers:
        if number < len(SAMPLES):
            shutil.copy(SAMPLES[number], folder)
        elif number == FILES - 1:
            (folder / "broken.json").write_bytes(b"{")
        else:
            written(folder / f"f{number:02}.json", document(number))


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> str | None:
    """A folder with the locale zh_CN.GB18030, where it can be made."""
    folder = tmp_path_factory.mktemp("locales")
    command = ["localedef", "--no-archive", "-i", "zh_CN", "-f", "GB18030", str(folder / "zh_CN.GB18030")]
    made = shutil.which("localedef") and subprocess.run(command, capture_output=True).returncode == 0
    return str(folder) if made else None


def outputs(folder: Path, jobs: str, locales: str | None, **environment: str) -> dict[str, bytes]:
    """What a check writes, by the ending; `text` is standard output."""
    endings = [part for ending in ENDINGS for part in ("-o", f"report{ending}")]
    run = subprocess.run(
        [
            *(sys.executable, "-m", "soe_compliance", "check", "inbox", "--as-of", "2024-04-15"),
            *("--jobs", jobs, "--no-progress", "--interpret-all", "--show", "pass", *endings),
        ],
        cwd=folder,
        capture_output=True,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "SOURCE_DATE_EPOCH": "1713168000",
            "COLUMNS": "100",
            **({"LOCPATH": locales} if locales and "GB" in environment.get("LC_ALL", "") else {}),
            "PYTHONIOENCODING": "utf-8",
            **environment,
        },
    )
    assert (run.returncode, run.stderr) == (2, b"")
    return {"text": run.stdout, **{ending: (folder / f"report{ending}").read_bytes() for ending in ENDINGS}}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("first")
    write_inbox(folder / "inbox", iter(range(FILES)))
    return outputs(folder, "1", None, PYTHONHASHSEED="0", LC_ALL="C.UTF-8", TZ="UTC")


def test_there_is_something_to_compare(first: dict[str, bytes]) -> None:
    assert {"text", ".json", ".xlsx"} <= first.keys()
    assert first[".json"].count(b'"fingerprint"') > FILES
    assert len({len(content) for content in first.values()}) == len(first)


@pytest.mark.parametrize("name", SETTINGS)
def test_the_same_bytes(first: dict[str, bytes], tmp_path: Path, locales: str | None, name: str) -> None:
    number = list(SETTINGS).index(name)
    order = reversed(range(FILES)) if number % 2 else iter([*range(7, FILES), *range(7)])
    write_inbox(tmp_path / "inbox", order)
    found = outputs(tmp_path, JOBS[number % len(JOBS)], locales, **SETTINGS[name])
    assert found.keys() == first.keys()
    assert [ending for ending, content in found.items() if content != first[ending]] == []
