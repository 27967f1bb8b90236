"""The wheel works by itself: the rulesets travel with it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from tools.offline.folder import build_wheel

ROOT = Path(__file__).resolve().parents[1]


def test_a_wheel_works_out_of_an_empty_folder(tmp_path: Path) -> None:
    unpacked, empty = tmp_path / "unpacked", tmp_path / "empty"
    empty.mkdir()
    with ZipFile(build_wheel(tmp_path)) as wheel:
        names = set(wheel.namelist())
        wheel.extractall(unpacked)
    shipped = {path.relative_to(ROOT / "rulesets").as_posix() for path in ROOT.glob("rulesets/*/*.yaml")}
    assert {f"soe_compliance/rulesets/{name}" for name in shipped} <= names
    assert "soe_compliance/py.typed" in names
    modules = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("soe_compliance/**/*.py")}
    assert modules <= names
    [entry_points] = unpacked.glob("*.dist-info/entry_points.txt")
    assert "soe-compliance = soe_compliance.cli.main:process" in entry_points.read_text(encoding="utf-8")

    def ran(*arguments: str) -> str:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=empty,
            env={**os.environ, "PYTHONPATH": str(unpacked)},
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
        ).stdout

    where = ran("-c", "import soe_compliance; print(soe_compliance.__file__)")
    assert Path(where.strip()).is_relative_to(unpacked)
    assert "2/5" in ran("-m", "soe_compliance", "rule", "show", "GUA104")
    ran("-m", "soe_compliance", "template", "example.xlsx", "--filled")
    assert (empty / "example.xlsx").is_file()
    assert json.loads(ran("-m", "soe_compliance", "selftest", "--format", "json"))["passed"] is True
