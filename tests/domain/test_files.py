"""Bytes of regular files, as many as asked for, whatever size the file is said to have."""

import os
from pathlib import Path

import pytest

from soe_compliance.domain.files import read_regular


@pytest.mark.parametrize("most", [0, 1, 4, 5, 6, 1_000])
def test_no_more_bytes_are_read_than_asked_for(tmp_path: Path, most: int) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"12345")
    assert read_regular(str(path), most) == b"12345"[:most]


def test_a_file_that_has_grown_is_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"12345")
    told = os.stat(path)
    path.write_bytes(b"1234567890")
    monkeypatch.setattr(os, "fstat", lambda descriptor: told)
    assert read_regular(str(path), 1_000) == b"1234567890"
    assert read_regular(str(path), 8) == b"12345678"
