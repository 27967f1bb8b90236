"""The text of a CSV file and its rows, strictly: what can't be told apart is refused with its place."""

import codecs
import csv
from collections.abc import Iterator, Sequence
from functools import cache
from io import StringIO

from msgspec import Struct

from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Text
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.problems import Problem, problem
from soe_compliance.filings.raw import ReadingError
from soe_compliance.filings.tables import TABLES

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_QUOTED_TEXT = pattern(r'="((?:[^"]|"")*)"\s*')
_CHINESE_IN_UTF_8 = pattern(rb"[\xe3-\xe9][\x80-\xbf]{2}")
_BEYOND_ASCII = bytes(range(0x80, 0x100))
_KEYS = "|".join(sorted({key for form in TABLES.values() for key in form.fields}))
_ONE_KEY = pattern(rf'(?<![^,"\s])(?:{_KEYS})(?![^,"\s])')
"""A field's key that fills a cell; within another text it says nothing of the encoding, for it is ASCII."""


class CsvRows(Struct, frozen=True):
    """The rows of a CSV file, made to be of one width.

    Attributes:
        lines: the line on which each row begins, from 1.
        widths: the cells of each up to its last that is filled.
        written: the cells of each as written.
    """

    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    widths: Sequence[int]
    written: Sequence[int]


def decoded(data: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or GB18030.

    Raises:
        ReadingError: it is in none of them, or its encoding can't be told.
    """
    unknown = ReadingError(problem("encoding-unknown", location=name))
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    try:
        return data.decode(marked or "utf-8")
    except UnicodeDecodeError:
        if marked:
            raise unknown from None
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        raise unknown from None
    if _is_damaged_utf_8(data) or not _says_something(text):
        raise unknown
    return text


def _is_damaged_utf_8(data: bytes) -> bool:
    """Whether most of what is not ASCII would be Chinese in UTF-8: one wrong byte must not turn all of it into other words."""
    chinese = sum(map(len, _CHINESE_IN_UTF_8.findall(data)))
    return 2 * chinese >= len(data) - len(data.translate(None, _BEYOND_ASCII)) > 0


def _says_something(text: str) -> bool:
    """Whether a text names a table or a field: a file of another encoding may pass for GB18030, but says nothing then."""
    plain = "".join(text.split())
    return any(word in plain for word in _titles_and_headers()) or bool(_ONE_KEY.search(text))


@cache
def _titles_and_headers() -> frozenset[str]:
    """Those of the forms, and what offices write for them."""
    words: set[str] = set()
    for form in TABLES.values():
        words.update((form.title, *form.also))
        for field in form.fields.values():
            words.update((field.header, *field.also))
    return frozenset("".join(word.split()) for word in words)


def csv_rows(text: str, name: str, limits: Limits) -> CsvRows:
    """The rows of a text.

    Raises:
        ReadingError: a quote is never closed, a field or a row is too long, or it holds NUL.
    """
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        raise ReadingError(invalid(Text("含有空字符（NUL）", "it holds NUL characters"), name, line))
    rows, lines, written, width = [], [], [], 0
    for line, row in _numbered(text, name, limits):
        written.append(len(row))
        rows.append(_without_blank_end([_as_shown(cell) for cell in row]))
        lines.append(line)
        width = max(width, len(row))
        if written[-1] > limits.csv_columns:
            why = Text(
                f"此行超过{limits.csv_columns:,}格", f"the row has more than {limits.csv_columns:,} cells"
            )
            raise ReadingError(invalid(why, name, line))
        if width * len(rows) > limits.sheet_cells:
            most = f"{limits.sheet_cells:,}"
            why = Text(f"到此行已超过{most}格", f"up to this row it has more than {most} cells")
            raise ReadingError(invalid(why, name, line))
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    return CsvRows(filled, lines, [len(row) for row in rows], written)


def _numbered(text: str, name: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Each row and the line that it begins on."""
    csv.field_size_limit(limits.csv_field)
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ReadingError(invalid(_reason(str(error), limits), name, line)) from None
        yield line, row


def _as_shown(cell: str) -> str:
    """What a spreadsheet shows of a text written as ="0012", which keeps its noughts there."""
    text = _QUOTED_TEXT.fullmatch(cell) if cell[:1] == "=" else None
    return text[1].replace('""', '"') if text else cell


def _without_blank_end(row: list[str]) -> list[str]:
    while row and not row[-1].strip():
        row.pop()
    return row


def _reason(message: str, limits: Limits) -> Text:
    if "limit" in message:
        most = f"{limits.csv_field:,}"
        return Text(
            f"自此行起有一格超过{most}个字符，或引号没有闭合",
            f"a field that begins here has more than {most} characters, or its quote is never closed",
        )
    if "end of data" in message:
        return Text("自此行起的引号没有闭合", "a quote that opens in this row is never closed")
    return Text(
        "引号之后应为逗号或行尾；内容中的引号请写成两个",
        "after a closing quote there must be a comma or the end of the line; write a quote within a field twice",
    )


def invalid(why: Text, name: str, line: int) -> Problem:
    """What is wrong with a line of a CSV file."""
    return problem("csv-invalid", location=f"{name}:{line}", why=why)
