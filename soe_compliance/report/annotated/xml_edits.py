"""Changes to XML at exact places: whatever is not named stays byte for byte as its writer left it."""

import re
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from msgspec import Struct, field

from soe_compliance.domain.patterns import pattern

_TAG_NAME = pattern(rb"<[^\s/>]+")
_ATTRIBUTE = pattern(rb"""\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")
_TAG = pattern(rb"""<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")


class Edits(Struct):
    """Insertions and replacements in one text; those at one place stand in the order in which they were made."""

    data: bytes
    _made: list[tuple[int, int, bytes]] = field(default_factory=list)

    def insert(self, at: int, content: bytes) -> None:
        self._made.append((at, at, content))

    def replace(self, start: int, end: int, content: bytes) -> None:
        self._made.append((start, end, content))

    def set_attribute(self, start: int, name: str, value: str) -> None:
        """Give the tag that begins here this attribute, instead of its own of that name."""
        end = end_of_tag(self.data, start)
        key, written = name.encode(), value.encode("ascii", "xmlcharrefreplace")
        for found in _attributes(self.data, start, end):
            if found[1] == key:
                self.replace(found.start(2) + 1, found.end(2) - 1, written)
                return
        last = end - 2 if is_empty_tag(self.data, end) else end - 1
        self.insert(last, b" " + key + b'="' + written + b'"')

    def append(self, start: int, closing: int, content: bytes) -> None:
        """Put content at the end of the element that begins at `start`; `closing` is where its end tag begins."""
        end = end_of_tag(self.data, start)
        if not is_empty_tag(self.data, end):
            self.insert(closing, content)
            return
        named = _TAG_NAME.match(self.data, start)
        assert named is not None
        self.replace(end - 2, end, b">" + content + b"</" + named[0][1:] + b">")

    def applied(self) -> bytes:
        parts, place = [], 0
        for start, end, content in sorted(self._made, key=lambda edit: edit[:2]):
            parts += [self.data[place:start], content]
            place = end
        return b"".join([*parts, self.data[place:]])


def _attributes(data: bytes, start: int, end: int) -> Iterator[re.Match[bytes]]:
    named = _TAG_NAME.match(data, start)
    assert named is not None
    return _ATTRIBUTE.finditer(data, named.end(), end)


def end_of_tag(data: bytes, start: int) -> int:
    """Where the tag ends that begins here; > may stand in its attributes."""
    tag = _TAG.match(data, start)
    assert tag is not None, "a place in well-formed XML at which no tag begins"
    return tag.end()


def is_empty_tag(data: bytes, end: int) -> bool:
    """Whether the tag that ends here is an element by itself, as in <a/>."""
    return data[end - 2 : end - 1] == b"/"


class Element(Struct, eq=False):
    """An element with its place: `start` of its tag, `closing` of its end tag (of an empty one: its end)."""

    name: str
    attributes: Mapping[str, str]
    start: int
    closing: int = 0
    children: list["Element"] = field(default_factory=list)

    @property
    def local(self) -> str:
        return self.name.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The prefix with its colon, nothing where there is none."""
        return self.name[: -len(self.local)]

    def attribute(self, local: str) -> str | None:
        """The value of an attribute by its name without a prefix."""
        return next((v for k, v in self.attributes.items() if k.rpartition(":")[2] == local), None)

    def child(self, local: str) -> "Element | None":
        return next((child for child in self.children if child.local == local), None)

    def all(self, local: str) -> list["Element"]:
        return [child for child in self.children if child.local == local]

    def end(self, data: bytes) -> int:
        opened = end_of_tag(data, self.start)
        return opened if is_empty_tag(data, opened) else data.index(b">", self.closing) + 1


def outline(data: bytes) -> Element:
    """The elements of a document with their places.

    Raises:
        expat.ExpatError: it is not well-formed.
    """
    parser = expat.ParserCreate()
    top = Element("", {}, 0)
    path = [top]

    def opened(name: str, attributes: dict[str, str]) -> None:
        element = Element(name, attributes, parser.CurrentByteIndex)
        path[-1].children.append(element)
        path.append(element)

    def closed(_: str) -> None:
        element = path.pop()
        element.closing = parser.CurrentByteIndex

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.Parse(data, True)
    return top.children[0]


def declared(prefix: str, namespace: str, attributes: Mapping[str, str]) -> str:
    """The declaration of a prefix, with a blank before it; nothing where the root, with these attributes, has it."""
    name = f"xmlns:{prefix}"
    return "" if attributes.get(name) == namespace else f' {name}="{namespace}"'


def with_child(data: bytes, content: bytes) -> bytes:
    """The document with content put at the end of its root."""
    root = outline(data)
    edits = Edits(data)
    edits.append(root.start, root.closing, content)
    return edits.applied()
