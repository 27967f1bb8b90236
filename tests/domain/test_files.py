"""Files from outside are read as far as asked for, whatever size they are said to have."""

import errno
import os
import sys
from pathlib import Path

import pytest

from soe_compliance.domain.files import NotRegularError, open_regular, read_regular


@pytest.mark.parametrize("most", [0, 1, 4, 5, 6, 10**9])
def test_no_more_is_read_than_asked_for(tmp_path: Path, most: int) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"12345")
    assert read_regular(str(path), most) == b"12345"[:most]


def test_a_file_may_be_longer_than_it_was_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, content = tmp_path / "f", os.urandom(3 * 1024**2)
    path.write_bytes(content)
    stated = list(os.stat(path))
    stated[6] = 7
    monkeypatch.setattr(os, "fstat", lambda descriptor: os.stat_result(stated))
    assert read_regular(str(path), 10**9) == content
    assert read_regular(str(path), 2_500_000) == content[:2_500_000]


@pytest.mark.skipif(sys.platform != "linux", reason="such files are a matter of Linux")
def test_files_that_are_made_as_they_are_read() -> None:
    assert read_regular("/proc/self/limits", 10**6).startswith(b"Limit")


def test_a_file_is_opened_to_be_read(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"12345")
    with open_regular(str(path)) as file:
        assert file.read() == b"12345"


def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    for read in (lambda path: read_regular(path, 1), open_regular):
        with pytest.raises(NotRegularError) as refused:
            read(str(tmp_path))
        assert refused.value.args == (errno.EINVAL, "not a regular file")
        assert refused.value.filename == str(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files here")
def test_a_pipe_put_in_the_place_of_a_file_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, pipe = tmp_path / "f", str(tmp_path / "pipe")
    file.touch()
    os.mkfifo(pipe)
    before = os.stat(file)
    monkeypatch.setattr(os, "stat", lambda path: before)
    with pytest.raises(NotRegularError):
        read_regular(pipe, 1)
