"""Files are written whole; formats go by name and ending."""

import errno
import json
import os
import stat
import sys
from pathlib import Path

import pytest

from soe_compliance.domain.errors import UserError
from soe_compliance.report.files import write_whole
from soe_compliance.report.render import FORMATS, format_of, render, write
from tests.report import reports


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "报告.json"
    write_whole(target, b"old")
    write_whole(str(target), b"new")
    assert target.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["报告.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files")
def test_a_new_file_may_be_read_by_others_as_the_umask_says(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    before = os.umask(0o022)
    try:
        write_whole(target, b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE(target.stat().st_mode) == 0o644
    target.chmod(0o600)
    write_whole(target, b"y")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_what_can_not_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    locked = tmp_path / "locked"
    locked.write_bytes(b"old")
    locked.chmod(0o444)
    for path, why in ((tmp_path / "folder", "文件夹"), (tmp_path / "none" / "a", "不存在"), (locked, "只读")):
        with pytest.raises(UserError) as caught:
            write_whole(path, b"new")
        assert why in caught.value.in_("zh")
        assert str(path) in caught.value.in_("en")
    assert locked.read_bytes() == b"old"


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.json"
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError) as caught:
        write_whole(target, b"new")
    assert "磁盘空间不足" in caught.value.in_("zh")
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.json"]


@pytest.mark.parametrize("ending", [".json", ".jsonl", ".csv", ".xlsx", ".JSON"])
def test_the_ending_says_the_format(tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"报告{ending}"
    write(reports.report(), target)
    assert target.read_bytes() == render(reports.report(), ending[1:].lower())


@pytest.mark.parametrize("name", ["报告.pdf", "报告", ".json"])
def test_an_unknown_ending_lists_the_known_ones(name: str) -> None:
    with pytest.raises(UserError) as caught:
        format_of(name)
    assert ".xlsx .json .jsonl .csv" in caught.value.in_("zh")
    assert caught.value.place == name


def test_formats_by_name() -> None:
    assert json.loads(render(reports.report(), "json"))
    text = render(reports.report(), "text", "en", width=80, colour=True)
    assert b"\x1b[31m" in text
    with pytest.raises(UserError) as caught:
        render(reports.report(), "pdf")
    assert "text, json" in caught.value.in_("en")


@pytest.mark.parametrize("name", [*FORMATS, "text"])
def test_every_format_is_the_same_each_time(name: str) -> None:
    assert render(reports.harmful_report(), name) == render(reports.harmful_report(), name)
