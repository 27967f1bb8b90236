"""A folder to carry to a machine without internet: the program, all that it needs, and how to install it.

offline/
  soe_compliance-….whl         the program
  wheels-linux/ wheels-windows/   what it needs, as pinned
  requirements.lock requirements-windows.lock
  install.sh install.bat       into a virtual environment beside them, asking no index
  SHA256SUMS
"""

import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = Path(__file__).resolve().parent / "scripts"
LOCK, WINDOWS_LOCK = "requirements.lock", "requirements-windows.lock"
PYTHON = "3.11"
PLATFORMS = {
    "linux": ("manylinux2014_x86_64", "manylinux_2_27_x86_64", "manylinux_2_28_x86_64"),
    "windows": ("win_amd64",),
}
"""The platforms by the tags of the wheels that run there."""


def make_folder(folder: Path) -> None:
    """Fill an empty folder.

    Raises:
        FileExistsError: there is something in it.
        subprocess.CalledProcessError: the wheel can't be built, or the index can't be reached.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    build_wheel(folder)
    for platform in PLATFORMS:
        _download(folder / f"wheels-{platform}", platform)
    for name in (LOCK, WINDOWS_LOCK):
        shutil.copy(ROOT / name, folder / name)
    for script in sorted(SCRIPTS.iterdir()):
        shutil.copy(script, folder / script.name)
    _write_digests(folder)


def build_wheel(folder: Path) -> Path:
    """The program's own wheel, built from a copy, so that nothing is left in the checkout."""
    source = folder / "source"
    for part in ("soe_compliance", "rulesets"):
        shutil.copytree(ROOT / part, source / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / part, source / part)
    _run("build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source))
    shutil.rmtree(source)
    [wheel] = folder.glob("*.whl")
    return wheel


def _download(folder: Path, platform: str) -> None:
    tags = [argument for tag in PLATFORMS[platform] for argument in ("--platform", tag)]
    locks = [LOCK, WINDOWS_LOCK] if platform == "windows" else [LOCK]
    requirements = [argument for lock in locks for argument in ("--requirement", str(ROOT / lock))]
    _run(
        *("pip", "download", "--quiet", "--disable-pip-version-check"),
        *("--no-deps", "--require-hashes", "--only-binary", ":all:", "--python-version", PYTHON),
        *tags,
        *("--dest", str(folder)),
        *requirements,
    )


def _run(*module_and_arguments: str) -> None:
    subprocess.run([sys.executable, "-m", *module_and_arguments], check=True, capture_output=True)


def _write_digests(folder: Path) -> None:
    """SHA-256 of every file, as sha256sum --check reads it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = (
        f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in files
    )
    text = "".join(lines)
    (folder / "SHA256SUMS").write_text(text, encoding="utf-8", newline="\n")
