"""From a folder of YAML files to a ruleset: found, read strictly, readings resolved, validated."""

import os
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.meant import among, close_to
from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Text
from soe_compliance.law import model
from soe_compliance.law.documents import Document, load, rulesets_folder
from soe_compliance.law.kinds import Attached, SplitProjects, Strict
from soe_compliance.law.model import Rule, Ruleset
from soe_compliance.law.named_fields import check_fields_of_rule, check_fields_of_terms
from soe_compliance.law.overlays import (
    Change,
    changed_head,
    changed_rules,
    kept,
    refuse_conflicts,
    refuse_unknown,
    without_unused_readings,
)
from soe_compliance.law.readings import (
    Readings,
    chosen_options,
    readings_of_terms,
    readings_used,
    resolved,
)
from soe_compliance.law.validation import validated
from soe_compliance.law.values import Name, OneName

DEFAULT_RULESET = "xingan-2023"
RULE_FILE = pattern(r"[A-Z]{3}[0-9]{3}\.yaml")
EXAMPLES = ".examples.yaml"
_OF_A_RULE = pattern(r"[A-Z]{3}[0-9]{3}(\.examples)?\.yaml")
_LIKE_A_RULE = pattern(r"(?i)[a-z]{3}[ _-]?[0-9]+\b.*\.ya?ml(\.txt)?$")


def ruleset_ids() -> list[str]:
    """The shipped rulesets."""
    return sorted(path.parent.name for path in rulesets_folder().glob("*/ruleset.yaml"))


def ruleset_path(ruleset: str) -> Path:
    """The folder of a ruleset, by its id or by a path to its folder or its `ruleset.yaml`.

    Raises:
        UserError: there is none.
    """
    shipped = rulesets_folder() / ruleset / "ruleset.yaml"
    if ruleset in ruleset_ids():
        return shipped.parent
    path = Path(ruleset)
    if path.name == "ruleset.yaml" and os.path.isfile(path):
        return path.parent
    if os.path.isfile(path / "ruleset.yaml"):
        return path
    known = ruleset_ids()
    close = close_to(ruleset, known) or known
    raise UserError(
        Text(f"没有规则集{ruleset[:80]}", f"there is no ruleset {ruleset[:80]}"),
        remedy=Text(
            f"可用{'、'.join(close)}，或给出含ruleset.yaml的文件夹",
            f"use {', '.join(close)}, or a folder with a ruleset.yaml",
        ),
    )


def load_ruleset(ruleset: str = DEFAULT_RULESET, readings: Mapping[str, str] | None = None) -> Ruleset:
    """A ruleset with its readings resolved.

    Args:
        ruleset: a shipped ruleset's id, or a path.
        readings: options other than the default, by the key of the interpretation.

    Raises:
        UserError: there is no such ruleset, key or option, or a file is not valid; with file and line.
    """
    return _loaded(ruleset_path(ruleset), tuple((readings or {}).items()))


@lru_cache(maxsize=16)
def _loaded(folder: Path, readings: tuple[tuple[str, str], ...]) -> Ruleset:
    files = _files(folder)
    head = files.head
    terms = validated(_Terms, head, _parts(head, _Terms)).terms
    interpretations = validated(_Interpretations, head, _parts(head, _Interpretations)).interpretations
    chosen = chosen_options(interpretations, dict(readings))
    read = Readings(interpretations, chosen)
    rules = {code: _load_rule(document, code, read) for code, document in files.rules.items()}
    by_terms = readings_of_terms(terms)
    data = {
        **head.data,
        "terms": resolved(terms, read, head, ("terms",)),
        "readings": chosen,
        "rules": rules,
        "readings_of": {
            code: readings_used(files.rules[code], rule, by_terms, chosen) for code, rule in rules.items()
        },
        "defined_in": files.defined_in,
    }
    loaded = validated(Ruleset, head, data)
    _check_names(loaded, files.rules)
    check_fields_of_terms(loaded.terms, head)
    return loaded


class Reach(Strict):
    """Whose filings a ruleset is for, and when."""

    jurisdictions: list[OneName]
    force: model.Force


def reach(ruleset: str) -> Reach:
    """The reach of a ruleset, from its head alone; an overlay has what it does not state from what it follows.

    Raises:
        UserError: there is no such ruleset, or its head is not valid.
    """
    folder = ruleset_path(ruleset)
    head = load(folder / "ruleset.yaml")
    stated = _parts(head, Reach)
    if len(stated) < len(Reach.model_fields) and "extends" in head.data:
        base = reach(str(_extended(folder, head)))
        stated = {"jurisdictions": base.jurisdictions, "force": base.force, **stated}
    return validated(Reach, head, stated)


class _Files(Struct, frozen=True):
    """The files of a ruleset: its head, its rules by code, and the ruleset that each was written for."""

    head: Document
    rules: dict[str, Document]
    defined_in: dict[str, str]


@lru_cache(maxsize=16)
def _files(folder: Path, inside: tuple[Path, ...] = ()) -> _Files:
    """The files of a folder; of an overlay with those of the ruleset that it follows."""
    head = load(folder / "ruleset.yaml")
    if not isinstance(head.data, dict):
        raise UserError(Text("应为键值对", "must be a mapping"), place=head.path)
    refuse_unknown(head)
    own = {name.removesuffix(".yaml"): load(folder / name) for name in _rule_files(folder)}
    named = {code: str(head.data.get("id")) for code in own}
    if "extends" not in head.data:
        return _Files(head, own, named)
    if folder in inside:
        raise UserError(Text("规则集互相extends", "rulesets extend each other"), place=head.path)
    base = _files(_extended(folder, head), (*inside, folder))
    stated = validated(_Overlay, head, _parts(head, _Overlay))
    changes = stated.changes
    refuse_conflicts(changes, head)
    _refuse_the_same_id(head, base.head)
    rules = changed_rules(kept(base.rules, stated.keep, head), own, head, changes)
    defined_in = {code: {**base.defined_in, **named}[code] for code in sorted(rules)}
    changed = changed_head(head, base.head, changes)
    if stated.keep is not None:
        changed = without_unused_readings(changed, rules)
    return _Files(changed, dict(sorted(rules.items())), defined_in)


def _rule_files(folder: Path) -> list[str]:
    """The names of a folder's rule files, in order.

    Raises:
        UserError: a file is named almost like a rule's: it would never be read.
    """
    names = sorted(os.listdir(folder))
    for name in names:
        if _LIKE_A_RULE.match(unicodedata.normalize("NFKC", name)) and not _OF_A_RULE.fullmatch(name):
            raise UserError(
                Text("文件名不合要求，不会被读取", "a file of this name is not read"),
                place=str(folder / name),
                remedy=Text(
                    "规则写在GUA104.yaml，示例写在GUA104.examples.yaml（三个大写字母、三位数字）；备份请移出文件夹",
                    "name a rule's file GUA104.yaml and its examples GUA104.examples.yaml, of three capitals and three "
                    "digits, and keep copies elsewhere",
                ),
            )
    return [name for name in names if RULE_FILE.fullmatch(name)]


def rule_folder(ruleset: str, code: str) -> Path:
    """The folder where a rule stands: the ruleset's own, or that of the one that it has the rule from.

    Raises:
        UserError: there is no such ruleset, or a file is not valid.
    """
    folder = ruleset_path(ruleset)
    document = _files(folder).rules.get(code)
    return folder if document is None else Path(document.path).parent


def _refuse_the_same_id(head: Document, base: Document) -> None:
    """An overlay has an id of its own, by which reports tell it from what it follows."""
    if head.data.get("id", base.data.get("id")) == base.data.get("id"):
        raise UserError(
            Text(
                "须有自己的id，不同于所依据的规则集",
                "must have an id of its own, not that of the ruleset it follows",
            ),
            place=head.place(("id",)),
        )


def _extended(folder: Path, head: Document) -> Path:
    """The folder of the ruleset that an overlay follows: beside it, by path from it, or shipped."""
    ruleset = head.data["extends"]
    if not isinstance(ruleset, str):
        why = Text("extends应为规则集的编号或路径", "extends must be the id or the path of a ruleset")
        raise UserError(why, place=head.place(("extends",)))
    for near in (folder / ruleset, folder.parent / ruleset):
        if os.path.isfile(near / "ruleset.yaml"):
            return near.resolve()
    try:
        return ruleset_path(ruleset)
    except UserError as error:
        raise UserError(error.what, place=head.place(("extends",)), remedy=error.remedy) from None


def _parts(head: Document, shape: type[Strict]) -> dict[str, Any]:
    """What a head says of the keys of a shape."""
    return {key: head.data[key] for key in shape.model_fields if key in head.data}


class _Overlay(Strict):
    keep: list[Name] | None = None
    changes: list[Change] = []


class _Terms(Strict):
    terms: dict[str, Any]


class _Interpretations(Strict):
    interpretations: dict[str, model.Interpretation]


def _load_rule(document: Document, code: str, read: Readings) -> Rule:
    if not isinstance(document.data, dict):
        raise UserError(Text("应为键值对", "must be a mapping"), place=document.path)
    data = {
        key: resolved(value, read, document, (key,)) if key == "check" else value
        for key, value in document.data.items()
    }
    rule = validated(Rule, document, data)
    if code != rule.id:
        raise UserError(
            Text(f"文件名应为{rule.id}.yaml", f"the file must be named {rule.id}.yaml"),
            place=document.place(("id",)),
        )
    return rule


def _check_names(ruleset: Ruleset, documents: Mapping[str, Document]) -> None:
    """Each name of a term that a rule uses is defined."""
    for rule in ruleset.rules.values():
        document, check = documents[rule.id], rule.check
        due = getattr(check, "due", None)
        due_names = (*ruleset.terms.due_dates, *((model.QUARTERLY,) if isinstance(check, Attached) else ()))
        if due is not None and due not in due_names:
            _unknown_name(due, due_names, document, "due")
        check_fields_of_rule(check, document)
        for name in check.category_names():
            if name not in ruleset.terms.categories:
                _unknown_name(name, ruleset.terms.categories, document, "category")
        if isinstance(check, SplitProjects) and ruleset.terms.categories[check.category].large is None:
            raise UserError(
                Text(
                    f"类别{check.category}没有限额（large），无从判断拆分",
                    f"the category {check.category} has no threshold (large) that a split could stay below",
                ),
                place=document.place(("check", "category")),
            )


def _unknown_name(name: str, known: Iterable[str], document: Document, key: str) -> None:
    raise UserError(
        Text(f"terms中没有{name}", f"terms has no {name}"),
        place=document.place(("check", key)),
        remedy=among(name, known),
    )
