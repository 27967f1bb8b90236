"""`make fuzz`: it runs for as long as it is told, says what it ran, and keeps what it found."""

import random
from pathlib import Path

import pytest

from tools.fuzz import __main__ as command
from tools.fuzz.held import Broken
from tools.fuzz.inputs import Input, one_file
from tools.fuzz.targets import BY_NAME, Drawn, Target


def test_a_short_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["fuzz", "0.2", "--seed", "s", "--into", str(tmp_path), "cell-text"])
    assert command.main() == 0
    said = capsys.readouterr().out
    assert "seed s" in said
    assert "cell-text" in said
    assert "nothing found" in said


def test_a_find_is_kept_as_it_is_and_smaller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(given: Input) -> None:
        if b"x" in given.data:
            raise Broken("an x")

    def draw(rng: random.Random) -> Drawn:
        return Drawn(one_file("cell.txt", b"0123x456"))

    target = Target("cell-text", draw, check=breaks)
    monkeypatch.setitem(BY_NAME, "cell-text", target)
    tallies = command.fuzz(0.01, "s", tmp_path, [target])
    assert len(tallies["cell-text"].finds) == tallies["cell-text"].runs > 0
    kept = tmp_path / "0001-cell-text"
    assert (kept / "cell.txt").read_bytes() == b"0123x456"
    assert (kept / "small" / "cell.txt").read_bytes() == b"x"
    assert "an x" in (kept / "broke.txt").read_text(encoding="utf-8")
