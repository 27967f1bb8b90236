"""Overlays: a ruleset that follows another with changes of its own, each with its source.

    extends: xingan-2023
    changes:
      - {rule: GUA104, at: check/factor, to: 3/10, source: 实施细则第五条}
      - {rule: GUA104, at: severity, to: mandatory, source: 实施细则第五条}
      - {term: categories/large/large/factor, to: 1/5, source: 实施细则第三条}
      - {reading: share_basis, to: economic, source: 实施细则第六条}
      - {off: NET003, source: 实施细则第九条}

An overlay that follows only a part names it, by code or family: `keep: [DAT, NET001]`; readings that nothing kept
uses then go too.

Rules that the overlay adds stand in files of its own. What these need, it states as a ruleset of its own does: an entry
of `interpretations` or `terms` stands beside those of the base, or in place of the base's of that name.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from msgspec.structs import replace
from pydantic import Field, model_validator

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.meant import among
from soe_compliance.domain.text import Text
from soe_compliance.law.documents import Document, PathInFile
from soe_compliance.law.kinds import Strict
from soe_compliance.law.refusals import WrongValue
from soe_compliance.law.values import Name

IDENTITY = ("id", "title", "issuer", "document_no", "published", "force", "jurisdictions", "sources")
"""What an overlay states anew."""

ADDED = ("interpretations", "terms")
"""What an overlay inherits and may add to, entry by entry."""

_KEYS = (*IDENTITY, *ADDED, "extends")
_OF_OVERLAYS = ("keep", "changes")
_SAY_EXTENDS = Text("请用extends写明所依据的规则集", "say with `extends` which one it follows")

_NO_TO = Text("须用to写明改为什么", "say `to` what it is changed")
_OFF_TAKES_NONE = Text("off不带to", "off takes no `to`")


class Change(Strict):
    """One change: of a rule at a place, of a term, of a default reading, or a rule switched off."""

    rule: str | None = None
    at: str | None = Field(default=None, description="the place in the rule, such as check/factor")
    term: str | None = Field(default=None, description="the place in terms")
    reading: str | None = None
    off: str | None = None
    to: Any = None
    source: Name

    @model_validator(mode="after")
    def _one_thing(self) -> "Change":
        stated = [key for key in ("rule", "term", "reading", "off") if getattr(self, key) is not None]
        if len(stated) != 1:
            raise WrongValue(
                Text("rule、term、reading、off须有且只有一项", "state one of rule, term, reading and off")
            )
        if (self.rule is not None) != (self.at is not None):
            raise WrongValue(Text("改规则的须用at写明位置", "a change of a rule says `at` which place"))
        if (self.off is None) == (self.to is None):
            raise WrongValue(_NO_TO if self.off is None else _OFF_TAKES_NONE)
        return self

    @property
    def target(self) -> tuple[str, ...]:
        """What is changed, as a path from the ruleset."""
        if self.term is not None:
            return ("terms", *self.term.split("/"))
        if self.reading is not None:
            return ("interpretations", self.reading)
        return (self.off or self.rule or "", *(self.at or "").split("/"))[: 1 if self.off else None]


def refuse_conflicts(changes: Sequence[Change], head: Document) -> None:
    """No place is changed twice: which change would hold?

    Raises:
        UserError: one changes what another changes, or a part of it.
    """
    for number, change in enumerate(changes):
        for other in changes[:number]:
            shorter = min(len(change.target), len(other.target))
            if change.target[:shorter] == other.target[:shorter]:
                place = "/".join(change.target)
                raise UserError(
                    Text(
                        f"{place}改了两次，请只留一项", f"{place} is changed twice: keep one of the changes"
                    ),
                    place=head.place(("changes", number)),
                )


def kept(
    rules: Mapping[str, Document], families: Sequence[str] | None, head: Document
) -> dict[str, Document]:
    """The rules of a base that an overlay keeps; all where it names none.

    Raises:
        UserError: a code or family names no rule.
    """
    if families is None:
        return dict(rules)
    for family in families:
        if not any(code.startswith(family) for code in rules):
            raise UserError(
                Text(f"没有规则{family}可保留", f"there is no rule {family} to keep"),
                place=head.place(("keep",)),
            )
    return {code: document for code, document in rules.items() if code.startswith(tuple(families))}


def readings_in(node: Any) -> Iterator[str]:
    """The readings that a part of a ruleset names."""
    if isinstance(node, dict):
        if "reading" in node:
            yield str(node["reading"])
        for child in node.values():
            yield from readings_in(child)
    elif isinstance(node, list):
        for child in node:
            yield from readings_in(child)


def without_unused_readings(head: Document, rules: Mapping[str, Document]) -> Document:
    """The head without the interpretations that neither terms nor rules name."""
    used = {key for document in rules.values() for key in readings_in(document.data)}
    used |= set(readings_in(head.data["terms"]))
    interpretations = {key: value for key, value in head.data["interpretations"].items() if key in used}
    return replace(head, data={**head.data, "interpretations": interpretations})


def changed_head(head: Document, base: Document, changes: Sequence[Change]) -> Document:
    """The overlay's identity on the base's readings and terms, with what it adds and its changes.

    Raises:
        UserError: the overlay adds what is no mapping, or changes what is not there.
    """
    data = deepcopy(base.data)
    data.update({key: head.data[key] for key in IDENTITY if key in head.data})
    for key in ADDED:
        data[key] = {**data[key], **_entries(head, key)}
    data.update(extends=head.data["extends"], changes=head.data.get("changes", []))
    changed: dict[PathInFile, str] = {}
    for number, change in enumerate(changes):
        at = ("changes", number)
        if change.term is not None:
            _put(data["terms"], change.term, change.to, head, at)
            changed["terms", *change.term.split("/")] = head.place(at)
        if change.reading is not None:
            _put(data["interpretations"], f"{change.reading}/default", change.to, head, at)
            changed["interpretations", change.reading] = head.place(at)
    return replace(head, data=data, changed=changed)


def refuse_unknown(head: Document) -> None:
    """Nothing that a head says is without effect.

    Raises:
        UserError: it has a key that no ruleset has, or one that only an overlay has.
    """
    extends = "extends" in head.data
    known = (*_KEYS, *_OF_OVERLAYS) if extends else _KEYS
    for key in head.data:
        if key in known:
            continue
        if key in _OF_OVERLAYS:
            what = Text(f"{key}只用于带extends的规则集", f"only a ruleset that extends another has {key}")
            raise UserError(what, place=head.place((key,)), remedy=_SAY_EXTENDS)
        what = Text(f"{repr(key)[1:-1]}：没有这一项", f"{repr(key)[1:-1]}: is not known here")
        raise UserError(what, place=head.place((key,)), remedy=among(key, known))


def _entries(head: Document, key: str) -> dict[str, Any]:
    added = head.data.get(key, {})
    if not isinstance(added, dict):
        raise UserError(Text(f"{key}应为键值对", f"{key} must be a mapping"), place=head.place((key,)))
    return added


def changed_rules(
    rules: Mapping[str, Document], own: Mapping[str, Document], head: Document, changes: Sequence[Change]
) -> dict[str, Document]:
    """The base's rules by code with the changes, and the overlay's own; its own replace those of the same code."""
    result = {**rules, **own}
    for number, change in enumerate(changes):
        at = ("changes", number)
        code = change.off or change.rule
        if code is None:
            continue
        if code not in result:
            raise UserError(
                Text(f"没有规则{code}可改", f"there is no rule {code} to change"), place=head.place(at)
            )
        if change.off is not None:
            del result[code]
        elif change.at is not None:
            before = result[code]
            data = deepcopy(before.data)
            _put(data, change.at, change.to, head, at)
            changed = {**before.changed, tuple(change.at.split("/")): head.place(at)}
            result[code] = replace(before, data=data, changed=changed)
    return result


def _put(data: Any, path: str, value: Any, head: Document, at: PathInFile) -> None:
    *parents, last = path.split("/")
    node = data
    for part in parents:
        node = _part(node, part, path, head, at)
    _part(node, last, path, head, at)
    node[last] = value


def _part(node: Any, part: str, path: str, head: Document, at: PathInFile) -> Any:
    """A part of a mapping on the way to a place."""
    if isinstance(node, dict) and part in node:
        return node[part]
    raise UserError(
        Text(f"没有可改的位置{path}", f"there is no place {path} to change"),
        place=head.place(at),
        remedy=among(part, node)
        if isinstance(node, dict) and node
        else Text("位置写作check/factor这样的路径", "write it like check/factor"),
    )
