"""What is said of JSON that is broken, or not shaped as a filing: each word, and where."""

from collections.abc import Iterator
from typing import TypeAlias

import pytest

from soe_compliance.filings import json_reader
from soe_compliance.filings.json_reader import carefully_parsed, documents_in, raw_filing
from soe_compliance.filings.problems import Problem
from soe_compliance.filings.quick_json import quickly_parsed
from soe_compliance.filings.raw import ReadingError

Said: TypeAlias = tuple[str, str | None, str | None, str, str]
"""Code, table, location, and the text in Chinese and English."""

NESTED = b"[" * 60_000


def problems_of(data: bytes, *, lines: bool) -> Iterator[Problem]:
    try:
        documents = documents_in(data, lines=lines, quick=quickly_parsed)
    except ReadingError as error:
        yield from error.problems
        return
    for document in documents:
        try:
            yield from raw_filing(document).problems
        except ReadingError as error:
            yield from error.problems


def said(data: bytes, *, lines: bool) -> list[Said]:
    return [(p.code, p.table, p.location, p.text.zh, p.text.en) for p in problems_of(data, lines=lines)]


def invalid(zh: str, en: str, location: str | None = None) -> Said:
    return (
        "json-invalid",
        None,
        location,
        f"不是有效的JSON：{zh}；请更正后重新报送",
        f"not valid JSON: {en}; correct it and file it again",
    )


def misshapen(where: str, expected: tuple[str, str], table: str | None) -> Said:
    zh, en = expected
    return (
        "filing-shape",
        table,
        where,
        f"{where}应为{zh}；请按填报格式更正",
        f"{where} must be {en}; follow the filing schema",
    )


def unknown(where: str, table: str | None) -> Said:
    return (
        "key-unknown",
        table,
        where,
        "“colour”不在填报表样内，未采用",
        "“colour” is not part of the forms and is not used",
    )


OBJECT, ROWS = ("一个对象", "an object"), ("由对象组成的列表", "a list of objects")
TOO_DEEP = ("嵌套过深", "it is nested too deeply")
HALF_PAIR = ("含有不成对的代理字符（\\ud800至\\udfff）", "it holds half of a surrogate pair")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{"id": "\xff"}', invalid("第9字节起不是UTF-8编码", "from byte 9 on it is not UTF-8")),
        (NESTED, invalid(*TOO_DEEP)),
        (b'{"debts": [{"id": "\\ud800"}]}', invalid(*HALF_PAIR)),
        (b'{"debts": [{"id": "\\uDFFF"}]}', invalid(*HALF_PAIR)),
        (b'{"debts": NaN}', invalid("“NaN”不是数", "“NaN” is no number")),
        (
            b'{"id": 1, "id": 2}',
            invalid("键“id”在同一对象中出现不止一次", "the key “id” appears twice in one object"),
        ),
        (b'{"id":', invalid("第1行第7列缺少值", "Expecting value, line 1 column 7")),
        (b'{"id" 1}', invalid("第1行第7列缺少冒号", "Expecting ':' delimiter, line 1 column 7")),
        (b'{"id": 1', invalid("第1行第9列缺少逗号或右括号", "Expecting ',' delimiter, line 1 column 9")),
        (b"{}\n{}", invalid("第2行第1列起有多余的内容", "Extra data, line 2 column 1")),
        (
            b'{"id": "x',
            invalid("第1行第8列的字符串没有右引号", "Unterminated string starting at, line 1 column 8"),
        ),
        (
            b'{"id": "x\n"}',
            invalid(
                "第1行第10列的字符串中有换行等控制字符", "Invalid control character at, line 1 column 10"
            ),
        ),
        (b'{"id": "\\x"}', invalid("第1行第9列的反斜杠用法有误", "Invalid \\escape, line 1 column 9")),
        (b'{"colour": 1}', unknown("/colour", None)),
        (b'{"filing": {"colour": 1}}', unknown("/filing/colour", "filing")),
        (b'{"debts": [{"id": "1"}, null, {"colour": 1}]}', unknown("/debts/2/colour", "debts")),
        (b'{"filing": 1}', misshapen("/filing", OBJECT, "filing")),
        (b'{"debts": 2}', misshapen("/debts", ROWS, "debts")),
        (b'{"debts": [{}, 3]}', misshapen("/debts/1", OBJECT, "debts")),
        (b"[{}, {}, 3]", misshapen("/2", OBJECT, None)),
        (
            b"3",
            (
                "filing-shape",
                None,
                None,
                "整个文件应为一个对象；请按填报格式更正",
                "the file must be an object; follow the filing schema",
            ),
        ),
    ],
)
def test_what_is_said_of_a_document(data: bytes, expected: Said) -> None:
    assert said(data, lines=False) == [expected]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (NESTED, invalid(*TOO_DEEP, location="3:")),
        (b'{"debts": [{"id": "\\ud800"}]}', invalid(*HALF_PAIR, location="3:")),
        (b'{"id":', invalid("第1行第7列缺少值", "Expecting value, line 1 column 7", "3:")),
        (b'{"colour": 1}', unknown("3:/colour", None)),
        (b'{"debts": [{"colour": 1}]}', unknown("3:/debts/0/colour", "debts")),
        (b'{"debts": 2}', misshapen("3:/debts", ROWS, "debts")),
    ],
)
def test_of_a_line_its_number_is_named(line: bytes, expected: Said) -> None:
    assert said(b"{}\n\n" + line + b"\n{}\n", lines=True) == [expected]


def test_a_broken_first_line_costs_itself_only() -> None:
    assert said(b'{"id":\n{}', lines=True) == [
        invalid("第1行第7列缺少值", "Expecting value, line 1 column 7", "1:")
    ]


def test_whole_pairs_among_other_characters_are_no_half_ones() -> None:
    assert carefully_parsed('"\\ud83d\\ude00 Az~\ud7ff\ue000"', "") == "\U0001f600 Az~\ud7ff\ue000"


def test_what_the_parser_says_in_words_of_a_later_release_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_reader, "_PARSER_SAYS", {})
    assert said(b"{", lines=False)[0][3].startswith(
        "不是有效的JSON：第1行第2列Expecting property name enclosed in double quotes；"
    )


def test_a_key_python_says_otherwise_from_release_to_release() -> None:
    """A comma too many: what is said of it has changed."""
    [(_, _, _, zh, _)] = said(b'{"id": 1,}', lines=False)
    assert zh in {
        "不是有效的JSON：第1行第10列缺少用双引号括起的键；请更正后重新报送",
        "不是有效的JSON：第1行第9列多一个逗号；请更正后重新报送",
    }
