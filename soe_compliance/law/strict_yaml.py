"""A small, strict part of YAML for rulesets: no anchors, no tags, no repeated keys, no surprising scalars.

Plain scalars are texts, whole numbers, decimals (as `Decimal`), true, false or null; everything else is a text.
Words that YAML 1.1 would turn into something else (yes, no, on, off, 010, 12:30:00) are refused with what to write.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NoReturn

import yaml

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Text
from soe_compliance.law.documents import Document, PathInFile

MOST_DEPTH = 30
_MOST_SHOWN = 40

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = pattern(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL = pattern(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_AMBIGUOUS = pattern(r"(?i:y|n)")
_UNPRINTABLE = pattern(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp"}
_PROBLEMS = {
    "could not find expected ':'": "此行或上一行不是“键: 值”",
    "mapping values are not allowed in this context": "此处不能有键值对，多为缩进或引号不对",
    "did not find expected key": "缩进与同级的键不一致",
    "did not find expected ',' or '}'": "花括号没有合上，或值中有未加引号的特殊字符",
    "did not find expected ',' or ']'": "方括号没有合上，或值中有未加引号的特殊字符",
    "did not find expected '-' indicator": "缩进与同级的“-”不一致",
    "found a tab character that violates indentation": "缩进用了制表符",
    "found character that cannot start any token": "用了不能开头的字符，如制表符、@或反引号",
    "found unexpected end of stream": "引号没有合上",
    "but found another document": "一个文件中有两份文档（---）",
}
"""What the parser says, in Chinese; it speaks English only."""

_HOW = Text(
    "键和值之间用半角冒号加一个空格，缩进用空格，同级对齐，含冒号、花括号或#的文本加引号",
    "write a plain colon and a space between key and value, indent with spaces, the same for keys of one level, and "
    "put a text with a colon, a brace or # in quotes",
)
_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}


def parse(text: str, path: str) -> Document:
    """Read a text; `path` names it in errors."""
    _refuse_unprintable(text, path)
    try:
        _refuse_references(text, path)
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problem = str(error.problem)
        _fail(
            path,
            line,
            f"不是有效的YAML：{_PROBLEMS.get(problem, problem)}",
            f"not valid YAML: {problem}",
            _HOW,
        )
    lines: dict[PathInFile, int] = {}
    return Document(path, None if root is None else _value(root, (), lines, path), lines)


def _fail(path: str, line: int, zh: str, en: str, remedy: Text | None = None) -> NoReturn:
    raise UserError(Text(zh, en), place=f"{path}:{line}", remedy=remedy)


def _refuse_unprintable(text: str, path: str) -> None:
    found = _UNPRINTABLE.search(text)
    if found:
        line, code = text.count("\n", 0, found.start()) + 1, f"U+{ord(found.group()):04X}"
        _fail(
            path, line, f"含有控制字符{code}，请删除", f"the control character {code} stands here: remove it"
        )


def _refuse_references(text: str, path: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            _fail(
                path,
                line,
                "不允许使用锚点和别名（& *），请写出内容",
                "anchors and aliases (& *) are refused: write it out",
            )
        if getattr(event, "tag", None) and getattr(event, "tag", "") != "!":
            _fail(path, line, "不允许使用标签（!），请写普通值", "tags (!) are refused: write a plain value")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MOST_DEPTH:
                _fail(path, line, f"嵌套超过{MOST_DEPTH}层", f"nested more than {MOST_DEPTH} deep")
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _value(node: Any, at: PathInFile, lines: dict[PathInFile, int], path: str) -> Any:
    lines[at] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(node, at, lines, path))
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*at, place), lines, path) for place, child in enumerate(node.value)]
    return _scalar(node, path)


def _pairs(node: Any, at: PathInFile, lines: dict[PathInFile, int], path: str) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
        if key is None or key == "<<":
            _fail(path, line, "键必须是普通文本", "a key must be a plain text")
        if key in seen:
            _fail(path, line, f"键{key}重复，请删除其一", f"the key {key} is repeated: remove one")
        seen.add(key)
        yield key, _value(value_node, (*at, key), lines, path)
        lines[(*at, key)] = line


def _scalar(node: Any, path: str) -> Any:
    text: str = node.value
    if node.style in {"'", '"', "|", ">"}:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    if node.tag not in _TEXT_TAGS or _AMBIGUOUS.fullmatch(text):
        short = text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
        _fail(
            path,
            node.start_mark.line + 1,
            f"{short}的含义不明确；真假请写true或false，数写不超过18位的数字，文本请加引号",
            f"{short} is ambiguous: write true or false, a number in at most 18 digits, or a text in quotes",
        )
    return text
