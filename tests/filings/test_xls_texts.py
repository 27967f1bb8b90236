"""How long the shared texts of an .xls are, however they go on from one record to the next."""

import struct
from pathlib import Path

import pytest

from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.reading import read_file
from soe_compliance.filings.xls_texts import shared_sizes
from tests.filings.compound import record, shared_text, shared_texts, text, xls_of
from tests.filings.filed import HEADER_ROWS, codes


def heading(length: int, flags: int) -> bytes:
    return struct.pack("<HB", length, flags)


RICH = heading(2, 0x8) + struct.pack("<H", 3) + b"ab" + bytes(12)
EXTENDED = heading(1, 0x4 | 0x1) + struct.pack("<I", 40) + "长".encode("utf-16-le") + bytes(40)
COUNT_4 = struct.pack("<II", 9, 4)

RECORDS: dict[str, tuple[list[bytes], list[int]]] = {
    "in one record": ([COUNT_4 + heading(3, 0) + b"abc" + RICH + EXTENDED + heading(0, 0)], [3, 2, 3, 0]),
    "a text a record": ([COUNT_4 + heading(3, 0) + b"abc", RICH, EXTENDED + heading(0, 0)], [3, 2, 3, 0]),
    "wide, then narrow": ([COUNT_4 + heading(3, 1) + b"\x7f\x95", b"\0bc" + heading(0, 0)], [5, 0]),
    "narrow, then wide": ([COUNT_4 + heading(3, 0) + b"a", b"\1\x7f\x95b\0", RICH], [7, 2]),
    "runs go on": ([COUNT_4 + RICH[:-5], RICH[-5:] + heading(1, 0) + b"x"], [2, 1]),
    "extension goes on": ([COUNT_4 + EXTENDED[:-30], EXTENDED[-30:-10], EXTENDED[-10:] + RICH], [3, 2]),
    "breaks off": ([COUNT_4 + heading(3, 0) + b"abc" + heading(9, 0) + b"x"], [3]),
    "breaks off in a heading": ([COUNT_4 + heading(3, 0) + b"abc" + b"\1"], [3]),
    "nothing": ([], []),
    "cut short": ([b"\0\0\0"], []),
}


@pytest.mark.parametrize("name", RECORDS)
def test_each_text_has_its_size(name: str) -> None:
    records, sizes = RECORDS[name]
    assert shared_sizes(records) == sizes


def test_made_texts_have_their_sizes() -> None:
    texts = ["x", "长" * 9_000, "", "甲" * 65_535]
    assert shared_sizes(_records(shared_texts(*texts))) == [3 * len(one) for one in texts]


def _records(stream: bytes) -> list[bytes]:
    found, place = [], 0
    while place < len(stream):
        size = int.from_bytes(stream[place + 2 : place + 4], "little")
        found.append(stream[place + 4 : place + 4 + size])
        place += 4 + size
    return found


@pytest.mark.parametrize(("most", "refused"), [(9 * 3 * 9_000, False), (9 * 3 * 9_000 - 1, True)])
def test_the_limit_holds_to_the_byte(tmp_path: Path, most: int, refused: bool) -> None:
    rows = [*HEADER_ROWS[:3], ["数据截止日", "2024-03-31"]]
    cells = [
        text(number, place, str(cell)) for number, row in enumerate(rows) for place, cell in enumerate(row)
    ]
    used = [shared_text(row, 5, 0) for row in range(9)]
    drawing = record(0x00EB, bytes(8)) + record(0x003C, bytes(8)) * 2
    book = xls_of([("填报信息", b"".join(cells + used))], shared_texts("长" * 9_000) + drawing)
    path = tmp_path / "f.xls"
    path.write_bytes(book)
    [filing] = read_file(FoundFile(str(path)), Limits(text_bytes=most))
    assert ("workbook-too-large" in codes(filing)) is refused
    if refused:
        assert "工作表“填报信息”" in filing.problems[0].text.zh


def test_a_number_of_no_text_counts_as_the_longest(tmp_path: Path) -> None:
    path = tmp_path / "f.xls"
    cells = b"".join(shared_text(row, 0, 7) for row in range(20))
    path.write_bytes(xls_of([("填报信息", cells)], shared_texts("长" * 30_000)))
    [filing] = read_file(FoundFile(str(path)), Limits(text_bytes=20 * 3 * 30_000))
    assert codes(filing) == ["workbook-too-large"]
