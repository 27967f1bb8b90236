"""Remarks on a ruleset's folder and head: files that nothing reads, and what an overlay leaves to another's head."""

import os
from collections.abc import Iterator
from pathlib import Path

from soe_compliance.authoring.coverage import COVERAGE_FILE
from soe_compliance.domain.errors import UserError
from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Text
from soe_compliance.law.documents import load
from soe_compliance.law.loading import EXAMPLES, RULE_FILE, load_ruleset, ruleset_ids, ruleset_path
from soe_compliance.law.model import Ruleset
from soe_compliance.law.overlays import IDENTITY

_YAML = pattern(r"(?i).*\.ya?ml")


def remarks_on_folder(ruleset: Ruleset, folder: str) -> Iterator[Text]:
    """Remarks on the files of a ruleset's folder and on what its head states."""
    path = ruleset_path(folder)
    yield from _unread(path)
    yield from _identity(ruleset, path)
    yield from _other_readings(ruleset, folder)


def _unread(folder: Path) -> Iterator[Text]:
    """Files that look like parts of the ruleset, and are read by nothing."""
    for name in sorted(os.listdir(folder)):
        of_a_rule = (
            RULE_FILE.fullmatch(name.removesuffix(EXAMPLES) + ".yaml") if name.endswith(EXAMPLES) else None
        )
        if of_a_rule and not (folder / of_a_rule.group()).is_file():
            yield Text(
                f"{name}不会运行：同一文件夹中没有{of_a_rule.group()}",
                f"{name} is not run: there is no {of_a_rule.group()} beside it",
            )
        elif _YAML.fullmatch(name) and not (
            of_a_rule or RULE_FILE.fullmatch(name) or name in ("ruleset.yaml", COVERAGE_FILE)
        ):
            yield Text(f"{name}不会被读取", f"{name} is not read")
        elif os.path.isdir(folder / name) and any(
            RULE_FILE.fullmatch(inner) for inner in os.listdir(folder / name)
        ):
            yield Text(f"子文件夹{name}中的规则不会被读取", f"the rules in the subfolder {name} are not read")


def _identity(ruleset: Ruleset, folder: Path) -> Iterator[Text]:
    if ruleset.id in ruleset_ids() and ruleset_path(ruleset.id).resolve() != folder.resolve():
        yield Text(f"{ruleset.id}是随附规则集的编号", f"{ruleset.id} is the id of a shipped ruleset")
    if not ruleset.sources:
        yield Text("sources未列任何出处", "sources names no document")
    head = load(folder / "ruleset.yaml").data
    inherited = [key for key in IDENTITY if key not in head]
    if inherited:
        yield Text(
            f"{'、'.join(inherited)}未写，承自{ruleset.extends}",
            f"{', '.join(inherited)}: not stated, and so those of {ruleset.extends}",
        )


def _other_readings(ruleset: Ruleset, folder: str) -> Iterator[Text]:
    """Options beside the default under which the ruleset can't be loaded."""
    for key, interpretation in ruleset.interpretations.items():
        for option in interpretation.others(ruleset.readings[key]):
            try:
                load_ruleset(folder, {key: option})
            except UserError as error:
                yield Text(f"{key}={option}：{error.in_('zh')}", f"{key}={option}: {error.in_('en')}")
