"""JSON filings: one object, a list of them, or one a line.

Nothing is lost on the way in: decimals stay exact, and what JSON leaves open (a key given twice, NaN, half of a
surrogate pair) is refused.
"""

import json
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from itertools import chain
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from soe_compliance.domain.meant import close_to
from soe_compliance.domain.text import Text
from soe_compliance.filings.bad_cells import shown
from soe_compliance.filings.filing import RawTable
from soe_compliance.filings.problems import Problem, problem
from soe_compliance.filings.quick_json import (
    FLOAT_DIGITS,
    NotCertainError,
    QuickFiling,
    QuickTable,
    begin_with_texts,
    is_blank_row,
)
from soe_compliance.filings.raw import RawFiling, ReadingError
from soe_compliance.filings.tables import HEADER, TABLES, TableOfForms

_OBJECT = Text("一个对象", "an object")
_ROWS = Text("由对象组成的列表", "a list of objects")
_WHOLE = Text("整个文件", "the file")
_NOT_MENTIONED = {"$schema"}
_ROW_TABLES = [key for key in TABLES if key != HEADER]
_QuickParser: TypeAlias = Callable[[bytes], object]
_LONGEST_INT = 100
_PARSER_SAYS: Mapping[str, str] = {
    "Expecting value": "缺少值",
    "Expecting property name": "缺少用双引号括起的键",
    "Expecting ':'": "缺少冒号",
    "Expecting ','": "缺少逗号或右括号",
    "Extra data": "起有多余的内容",
    "Unterminated string": "的字符串没有右引号",
    "Invalid control character": "的字符串中有换行等控制字符",
    "Invalid \\": "的反斜杠用法有误",
    "Illegal trailing comma": "多一个逗号",
}
"""What the careful parser says, in Chinese, by how it begins."""


class JsonDocument(Struct, frozen=True):
    """One filing of a file, not yet looked at.

    Attributes:
        value: what was parsed, or a `QuickFiling`.
        prefix: what stands before the pointers into it.
        refused: why it could not be parsed.
    """

    value: object
    prefix: str
    refused: "InvalidJsonError | None" = None

    @property
    def problem(self) -> Problem | None:
        return self.refused.problems[0] if self.refused else None


class JsonLocator(NamedTuple):
    """Names cells by JSON pointers, such as /guarantees/3/balance."""

    prefix: str
    table: str
    has_rows: bool = True

    def place(self, row: int, field: str | None) -> str:
        parts = [self.prefix, self.table, str(row) if self.has_rows else None, field]
        return "/".join(part for part in parts if part is not None)


class InvalidJsonError(ReadingError):
    """A text that is no JSON, or leaves open what it means; `why` says so without advice."""

    def __init__(self, why: Text, location: str = "") -> None:
        super().__init__(problem("json-invalid", location=location or None, why=why))
        self.why = why


class _RefusedError(ValueError):
    """JSON that leaves open what it means."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def documents_in(data: bytes, *, lines: bool, quick: _QuickParser | None = None) -> list[JsonDocument]:
    """The documents of a file.

    Args:
        data: the file's bytes, UTF-8.
        lines: whether each line may be a document of its own.
        quick: parses what it is certain of, and raises `NotCertainError` of what it isn't.

    Raises:
        InvalidJsonError: it is not JSON.
        ReadingError: it holds no document.
    """
    if quick and not lines:
        with suppress(NotCertainError):
            return split_documents(quick(data.removeprefix(BOM_UTF8)))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = error.start + 1
        why = Text(f"第{byte}字节起不是UTF-8编码", f"from byte {byte} on it is not UTF-8")
        raise InvalidJsonError(why) from None
    if lines and (by_line := _by_line(text, quick)):
        return by_line
    return split_documents(carefully_parsed(text, ""))


def split_documents(value: object) -> list[JsonDocument]:
    """The filings of a parsed document: itself, or the items of a list."""
    if not isinstance(value, list):
        return [JsonDocument(value, "")]
    if not value:
        raise ReadingError(problem("nothing-recognised"))
    return [JsonDocument(item, f"/{place}") for place, item in enumerate(value)]


def _by_line(text: str, quick: _QuickParser | None) -> list[JsonDocument]:
    """The documents of JSON lines; none where it is a single document spread over lines."""
    documents: list[JsonDocument] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            documents.append(JsonDocument(_parsed_line(line, number, quick), f"{number}:"))
        except InvalidJsonError as error:
            if not documents and _is_document(text):
                return []
            documents.append(JsonDocument(None, f"{number}:", error))
    return documents


def _parsed_line(line: str, number: int, quick: _QuickParser | None) -> object:
    if quick:
        with suppress(NotCertainError):
            return quick(line.encode())
    return carefully_parsed(line, f"{number}:")


def _is_document(text: str) -> bool:
    try:
        carefully_parsed(text, "")
    except InvalidJsonError:
        return False
    return True


def carefully_parsed(text: str, location: str) -> object:
    """The value of a document, nothing of it lost.

    Raises:
        InvalidJsonError: it is not JSON, or leaves open what it means.
    """
    try:
        value = _DECODER.decode(text)
        if "\\ud" in text or "\\uD" in text:
            _refuse_half_pairs(value)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} column {error.colno}"
        what = next((zh for en, zh in _PARSER_SAYS.items() if error.msg.startswith(en)), error.msg)
        why = Text(f"第{error.lineno}行第{error.colno}列{what}", f"{error.msg}, {place}")
        raise InvalidJsonError(why, location) from None
    except RecursionError:
        raise InvalidJsonError(Text("嵌套过深", "it is nested too deeply"), location) from None
    except _RefusedError as error:
        raise InvalidJsonError(error.why, location) from None
    return value


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        key = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _RefusedError(
            Text(
                f"键“{shown(key)}”在同一对象中出现不止一次",
                f"the key “{shown(key)}” appears twice in one object",
            )
        )
    return found


def _whole_number(digits: str) -> int | Decimal:
    # Python refuses to parse thousands of digits; as a decimal the cell is told apart like any other.
    return int(digits) if len(digits) <= _LONGEST_INT else Decimal(digits)


def _number(digits: str) -> float | Decimal | str:
    """A float where it keeps all digits, as in workbooks, else a decimal."""
    if len(digits.removeprefix("-")) <= FLOAT_DIGITS and "e" not in digits.lower():
        return float(digits)
    try:
        return Decimal(digits)
    except InvalidOperation:
        return digits


def _no_constant(name: str) -> object:
    raise _RefusedError(Text(f"“{name}”不是数", f"“{name}” is no number"))


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_number, parse_int=_whole_number, parse_constant=_no_constant
)


def _refuse_half_pairs(value: object) -> None:
    """Half of a surrogate pair is no character: no report that quotes it could be written."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            waiting.extend(part)
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)
        elif isinstance(part, str) and any("\ud800" <= character <= "\udfff" for character in part):
            raise _RefusedError(
                Text("含有不成对的代理字符（\\ud800至\\udfff）", "it holds half of a surrogate pair")
            )


def raw_filing(document: JsonDocument) -> RawFiling:
    """The tables of one filing.

    Raises:
        ReadingError: it is not shaped as a filing; what is shaped otherwise could not be told from what is not filed.
    """
    if document.problem:
        raise ReadingError(document.problem)
    filing = document.value
    if isinstance(filing, QuickFiling):
        return _of_quick(filing, document.prefix)
    if not isinstance(filing, Mapping):
        raise ReadingError(_misshapen(document.prefix, _OBJECT))
    problems = list(_unknown_keys(filing, document.prefix))
    tables = {}
    wrong: list[Problem] = []
    for key, form in TABLES.items():
        if key != HEADER and filing.get(key) is not None:
            try:
                tables[key], notices = _table(form, filing[key], document.prefix)
                problems += notices
            except ReadingError as error:
                wrong += error.problems
    header = filing.get(HEADER)
    if header is not None and not isinstance(header, Mapping):
        wrong.insert(0, _misshapen(f"{document.prefix}/{HEADER}", _OBJECT, HEADER))
    if wrong:
        raise ReadingError(*wrong)
    locator = JsonLocator(document.prefix, HEADER, has_rows=False)
    fields = [header or {}]
    found, notices = _raw_table(TABLES[HEADER], _by_key(fields), fields, [0], locator)
    return RawFiling(found, tables, (*problems, *notices))


def _of_quick(filing: QuickFiling, prefix: str) -> RawFiling:
    tables = {key: _quick_table(key, table, prefix) for key, table in filing.tables.items() if key != HEADER}
    own = filing.tables.get(HEADER)
    header = RawTable(HEADER, own.cells if own else {}, [0], JsonLocator(prefix, HEADER, has_rows=False))
    return RawFiling(header, tables)


def _quick_table(key: str, table: QuickTable, prefix: str) -> RawTable:
    return RawTable(key, table.cells, range(table.rows), JsonLocator(prefix, key))


def _unknown_keys(filing: Mapping[str, object], prefix: str) -> Iterator[Problem]:
    for key, value in filing.items():
        if key in TABLES or key in _NOT_MENTIONED:
            continue
        location = f"{prefix}/{shown(key)}"
        if isinstance(value, list) and any(isinstance(row, Mapping) for row in value):
            yield problem("table-unknown", location=location, key=shown(key), known=_meant(key))
        else:
            yield problem("key-unknown", location=location, key=shown(key))


def _meant(key: str) -> Text:
    """The key of the table that another key seems to stand for, else those of all."""
    from soe_compliance.filings.sheet_titles import form_titled

    titled = form_titled(key)
    close = [titled[0].key] if titled else close_to(key.lower(), _ROW_TABLES)
    known = close or _ROW_TABLES
    return Text("、".join(known), ", ".join(known))


def _misshapen(where: str, expected: Text, table: str | None = None) -> Problem:
    return problem(
        "filing-shape", table=table, location=where or None, where=where or _WHOLE, expected=expected
    )


def _table(form: TableOfForms, value: object, prefix: str) -> tuple[RawTable, list[Problem]]:
    where = f"{prefix}/{form.key}"
    if not isinstance(value, list):
        raise ReadingError(_misshapen(where, _ROWS, form.key))
    locator = JsonLocator(prefix, form.key)
    if set(map(type, value)) == {dict}:
        columns = _by_key(value)
        if begin_with_texts(columns):
            return _raw_table(form, columns, value, list(range(len(value))), locator)
    for place, row in enumerate(value):
        if row is not None and not isinstance(row, Mapping):
            raise ReadingError(_misshapen(f"{where}/{place}", _OBJECT, form.key))
    numbers = [place for place, row in enumerate(value) if row and not is_blank_row(row.values())]
    rows = [value[number] for number in numbers]
    return _raw_table(form, _by_key(rows), rows, numbers, locator)


def _by_key(rows: Sequence[Mapping[str, object]]) -> dict[str, Sequence[object]]:
    """The column of each key, blank where a row lacks it; mostly all rows have the same keys."""
    keys = list(rows[0]) if rows else []
    if len(keys) > 1 and set(map(len, rows)) == {len(keys)}:
        with suppress(KeyError):
            return dict(zip(keys, zip(*map(itemgetter(*keys), rows), strict=True), strict=True))
    return {key: [row.get(key) for row in rows] for key in dict.fromkeys(chain.from_iterable(rows))}


def _raw_table(
    form: TableOfForms,
    columns: Mapping[str, Sequence[object]],
    rows: Sequence[Mapping[str, object]],
    numbers: Sequence[int],
    locator: JsonLocator,
) -> tuple[RawTable, list[Problem]]:
    """The table of some rows with their columns and numbers, and what is to be said of keys that the form has not."""
    unknown = [key for key in columns if key not in form.fields]
    if unknown:
        columns = {key: column for key, column in columns.items() if key in form.fields}
    notices = []
    for key in unknown:
        first = next(number for number, row in zip(numbers, rows, strict=True) if key in row)
        notices.append(
            problem("key-unknown", table=form.key, location=locator.place(first, shown(key)), key=shown(key))
        )
    return RawTable(form.key, columns, numbers, locator), notices
