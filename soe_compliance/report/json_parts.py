"""JSON written as it is made: a list that is an iterator is never held whole."""

from collections.abc import Iterable, Iterator
from json import dumps

_INDENT = 2


def json_parts(node: object, depth: int = 0) -> Iterator[str]:
    """The same text as `json.dumps` with an indent of two, in parts.

    Args:
        node: what `json.dumps` takes; in dicts and lists of it there may be iterators of such, which are written as lists,
            an item a part; in an item that is a dict, so may its values be.
        depth: how deep the node stands in what is written.
    """
    match node:
        case dict():
            yield from _between("{}", (_member(key, value, depth + 1) for key, value in node.items()), depth)
        case list():
            yield from _between("[]", (json_parts(item, depth + 1) for item in node), depth)
        case Iterator():
            yield from _between("[]", (_item(item, depth + 1) for item in node), depth)
        case _:
            yield _text(node, depth)


def _item(item: object, depth: int) -> Iterable[str]:
    if isinstance(item, dict) and any(isinstance(value, Iterator) for value in item.values()):
        return json_parts(item, depth)
    return [_text(item, depth)]


def _member(key: str, value: object, depth: int) -> Iterator[str]:
    yield f"{_text(key, 0)}: "
    yield from json_parts(value, depth)


def _between(brackets: str, members: Iterable[Iterable[str]], depth: int) -> Iterator[str]:
    before = brackets[0]
    for member in members:
        yield before + _line(depth + 1)
        yield from member
        before = ","
    yield brackets if before == brackets[0] else _line(depth) + brackets[1]


def _text(value: object, depth: int) -> str:
    return dumps(value, ensure_ascii=False, indent=_INDENT).replace("\n", _line(depth))


def _line(depth: int) -> str:
    return "\n" + " " * _INDENT * depth
