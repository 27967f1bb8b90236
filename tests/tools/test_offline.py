"""What is carried to a machine without internet installs there, and checks filings."""

import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tools.offline.folder import LOCK, ROOT, WINDOWS_LOCK, make_folder

SAMPLES = ROOT / "sample_filings"


def index_is_reached(folder: Path) -> bool:
    """Whether packages can be had here at all."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--dest",
        str(folder),
        "click",
    ]
    return subprocess.run(command, capture_output=True).returncode == 0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not index_is_reached(tmp_path_factory.mktemp("probe")):
        pytest.skip("no package index is reached from here")
    made = tmp_path_factory.mktemp("offline")
    make_folder(made)
    return made


def pinned(*locks: str) -> set[str]:
    """The names of the packages that the locks pin."""
    text = "".join((ROOT / lock).read_text(encoding="utf-8") for lock in locks)
    return {name.lower().replace("_", "-") for name in re.findall(r"^([\w.-]+)==", text, flags=re.MULTILINE)}


@pytest.mark.parametrize(
    ("platform", "locks", "tags"),
    [("linux", [LOCK], ("any", "x86_64")), ("windows", [LOCK, WINDOWS_LOCK], ("any", "win_amd64"))],
)
def test_each_pinned_package_is_there_for_each_platform(
    folder: Path, platform: str, locks: list[str], tags: tuple[str, ...]
) -> None:
    wheels = list((folder / f"wheels-{platform}").iterdir())
    assert {wheel.name.split("-")[0].lower().replace("_", "-") for wheel in wheels} == pinned(*locks)
    assert all(wheel.stem.endswith(tags) for wheel in wheels)


def test_the_digests_are_those_of_the_files(folder: Path) -> None:
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in lines)}
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert listed == {
        name: sha256(path.read_bytes()).hexdigest() for name, path in there.items() if name != "SHA256SUMS"
    }


@pytest.mark.skipif(sys.platform != "linux", reason="install.sh is for Linux")
def test_it_installs_into_an_empty_environment_without_an_index(folder: Path, tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "PIP_NO_INDEX": "1",
        "PIP_CONFIG_FILE": os.devnull,
        "PYTHON": sys.executable,
        "LANG": "C.UTF-8",
    }
    target = tmp_path / "with a blank" / "installed"
    script = ["sh", str(folder / "install.sh"), str(target)]
    subprocess.run(script, check=True, capture_output=True, cwd=tmp_path, env=environment)
    shutil.copy(next(SAMPLES.glob("01-*.xlsx")), tmp_path / "a.xlsx")
    checked = subprocess.run(
        [target / "bin" / "soe-compliance", "check", "a.xlsx", "--as-of", "2024-04-15", "--format", "json"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert checked.returncode == 1, checked.stderr
    assert '"status": "checked"' in checked.stdout


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("kept", encoding="utf-8")
    with pytest.raises(FileExistsError):
        make_folder(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
