"""--limit: what a file may ask of the machine, as the command line says it."""

from pathlib import Path

import pytest
from msgspec.structs import asdict

from benchmarks.generator import write_json, write_workbooks
from soe_compliance.cli.limits import limits_of
from soe_compliance.domain.errors import UserError
from soe_compliance.filings.limits import Limits
from tests.cli.conftest import Run
from tests.cli.filings import AS_OF, CLEAN, written

KEYS = list(asdict(Limits()))


@pytest.mark.parametrize("key", KEYS)
def test_every_limit_can_be_set(key: str) -> None:
    others = {name: getattr(Limits(), name) for name in KEYS if name != key}
    found = limits_of([f"{key}=7"])
    assert getattr(found, key) == 7
    assert {name: getattr(found, name) for name in others} == others


@pytest.mark.parametrize(
    ("text", "number"), [("512", 512), ("1kb", 1024), ("3MB", 3 * 1024**2), ("2GB", 2 * 1024**3)]
)
def test_bytes_have_units(text: str, number: int) -> None:
    assert limits_of([f"file_bytes={text}"]).file_bytes == number


def test_the_last_of_two_holds() -> None:
    assert limits_of(["seconds=5", "seconds=9"]).seconds == 9


@pytest.mark.parametrize(
    "pair",
    [
        "files=3",
        "seconds",
        "seconds=",
        "seconds=0",
        "seconds=-1",
        "seconds=1.5",
        "seconds=5MB",
        "=5",
        "seconds=٣",
        "file_bytes=1 MB",
        "file_bytes=1TB",
        "file_bytes=MB",
        f"file_bytes={10**18}GB",
    ],
)
def test_what_is_no_limit_is_refused(run: Run, tmp_path: Path, pair: str) -> None:
    written(tmp_path / "a.json", CLEAN)
    with pytest.raises(UserError):
        limits_of([pair])
    ran = run("check", tmp_path, "--limit", pair)
    assert (ran.status, ran.out) == (2, "")
    assert pair in ran.err


def test_a_key_that_is_none_is_answered_with_those_that_are(run: Run, tmp_path: Path) -> None:
    err = run("check", tmp_path, "--limit", "size=3").err
    assert all(key in err for key in KEYS)


def test_the_help_names_every_key(run: Run) -> None:
    assert all(key in run("check", "--help").out for key in KEYS)


def test_a_limit_holds(run: Run, tmp_path: Path) -> None:
    written(tmp_path / "a.json", CLEAN)
    common = ("check", tmp_path, "--as-of", AS_OF, "--quiet")
    assert run(*common).status == 0
    assert run(*common, "--limit", "file_bytes=100").status == 2


@pytest.mark.parametrize("written_as", ["json", "workbook"])
def test_the_tightest_limit_on_memory_leaves_a_reader_what_it_needs_itself(
    run: Run, tmp_path: Path, written_as: str
) -> None:
    [path] = (write_workbooks if written_as == "workbook" else write_json)(tmp_path, 1)
    ran = run("check", path, "--as-of", AS_OF, "--fail-on", "never", "--limit", "memory_bytes=1")
    assert ran.status == 0, ran.err


@pytest.mark.parametrize("key", KEYS)
def test_the_largest_of_every_limit_is_as_good_as_none(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1713168000")
    write_workbooks(tmp_path, 1)
    before = run("check", tmp_path, "--as-of", AS_OF, "--format", "json")
    assert (
        run("check", tmp_path, "--as-of", AS_OF, "--format", "json", "--limit", f"{key}={10**18}") == before
    )
