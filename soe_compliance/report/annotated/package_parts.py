"""The parts of a workbook under change, by their names in lower case: contents, relations, types."""

import posixpath
import zipfile
from io import BytesIO
from xml.sax.saxutils import quoteattr

from msgspec import Struct

from soe_compliance.filings.package import Package
from soe_compliance.report.annotated.refusals import cannot_edit
from soe_compliance.report.annotated.xml_edits import Edits, outline, with_child
from soe_compliance.report.annotated.zip_members import ZipMembers

TYPES = "[Content_Types].xml"
_NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


class Relation(Struct, frozen=True):
    """From one part to another: its id, the last word of its kind, and the other part's name in lower case."""

    id: str
    kind: str
    part: str


class Parts:
    """The parts of a workbook; what is put into them is written by `finished`."""

    def __init__(self, data: bytes, package: Package) -> None:
        self.data = data
        self.package = package
        self._put: dict[str, bytes] = {}
        self._new: dict[str, str] = {}
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
        self._names = {name.replace("\\", "/").lower(): name for name in names}

    def get(self, name: str) -> bytes | None:
        return self._put.get(name.lower(), self.package.members.get(name.lower()))

    def put(self, name: str, content: bytes) -> None:
        """Change a part, or add one of this name."""
        if name.lower() not in self._names:
            self._new.setdefault(name.lower(), name)
        self._put[name.lower()] = content

    def shown_name(self, name: str) -> str:
        """The name of a part as it stands in the file."""
        return self._names.get(name.lower(), self._new.get(name.lower(), name))

    def names(self) -> set[str]:
        return {*self._names, *self._new}

    def free_name(self, pattern: str) -> str:
        """A name such as xl/comments{n}.xml that no part has, {n} being a number."""
        taken = self.names()
        number = 1
        while pattern.format(n=number).lower() in taken:
            number += 1
        return pattern.format(n=number)

    def relations(self, part: str) -> list[Relation]:
        """The relations of a part to others in the file."""
        data = self.get(relations_of(part))
        if data is None:
            return []
        found = []
        for element in outline(data).children:
            target = element.attribute("Target") or ""
            if element.attribute("TargetMode") != "External":
                joined = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target))
                kind = (element.attribute("Type") or "").rpartition("/")[2]
                found.append(Relation(element.attribute("Id") or "", kind, joined.lstrip("/").lower()))
        return found

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation of a part to another; gives its id."""
        name = self._relations_name(part)
        data = self.get(name) or _NO_RELATIONS
        taken = {element.attribute("Id") for element in outline(data).children}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        way = posixpath.relpath("/" + target, "/" + posixpath.dirname(self.shown_name(part)))
        prefix = outline(data).prefix
        added = f'<{prefix}Relationship Id="rId{number}" Type="{kind}" Target={quoteattr(way)}/>'
        self.put(name, with_child(data, added.encode("ascii", "xmlcharrefreplace")))
        return f"rId{number}"

    def _relations_name(self, part: str) -> str:
        return relations_of(self.shown_name(part))

    def say_type(self, part: str, content_type: str) -> None:
        """Say what kind of content a new part is of."""
        data = self._types()
        added = f'<{outline(data).prefix}Override PartName="/{part}" ContentType="{content_type}"/>'
        self.put(TYPES, with_child(data, added.encode("ascii", "xmlcharrefreplace")))

    def say_default_type(self, part: str, content_type: str) -> None:
        """Say it of all parts with the ending of this one, if nothing else is said of them."""
        data = self._types()
        root = outline(data)
        ending = part.rpartition(".")[2]
        said = [e for e in root.all("Default") if (e.attribute("Extension") or "").lower() == ending]
        if any(element.attribute("ContentType") != content_type for element in said):
            self.say_type(part, content_type)
        elif not said:
            edits = Edits(data)
            added = f'<{root.prefix}Default Extension="{ending}" ContentType="{content_type}"/>'
            first = root.children[0].start if root.children else root.closing
            edits.insert(first, added.encode())
            self.put(TYPES, edits.applied())

    def _types(self) -> bytes:
        data = self.get(TYPES)
        if data is None:
            raise cannot_edit("缺少内容类型清单", "it lacks the list of its parts' types")
        return data

    def finished(self) -> bytes:
        """The bytes of the file."""
        members = ZipMembers(self.data)
        for name, content in self._put.items():
            if name in self._names:
                members.changed[self._names[name]] = content
            else:
                members.added[self._new[name]] = content
        return members.finished()


def relations_of(part: str) -> str:
    """The name of the part that holds the relations of another."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"
