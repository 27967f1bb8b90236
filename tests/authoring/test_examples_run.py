"""A ruleset's examples run: what is wrong is told with its place, and a rule without examples is no error of the others."""

from pathlib import Path
from shutil import copytree

import pytest

from soe_compliance.authoring.examples_run import run_examples
from soe_compliance.domain.errors import UserError
from tests.law.folders import SHIPPED, changed


def only(folder: Path, *codes: str) -> Path:
    """The ruleset with no rules but these."""
    for file in folder.glob("[A-Z]*.yaml"):
        if file.name.partition(".")[0] not in codes:
            file.unlink()
    (folder / "coverage.yaml").unlink()
    return folder


def test_a_rule_without_examples_is_told_and_the_others_are_run(tmp_path: Path) -> None:
    copytree(SHIPPED, tmp_path / "copy")
    folder = only(tmp_path / "copy", "DAT009", "GUA107")
    (folder / "DAT009.examples.yaml").unlink()
    found = run_examples(str(folder))
    assert [told.en for told in found.wrong] == [
        f"{folder / 'DAT009.examples.yaml'}: DAT009 has no file of examples"
    ]
    assert (found.rules, found.examples > 5) == (2, True)


def test_what_comes_out_otherwise_is_told_as_it_is_written(tmp_path: Path) -> None:
    file = "DAT009.examples.yaml"
    first = next(
        line for line in (SHIPPED / file).read_text(encoding="utf-8").splitlines() if "expect:" in line
    )
    assert first.strip() == "expect: {}"
    folder = only(
        changed(tmp_path, file, "examples:\n", "examples:\n  - {name: first, expect: {P: fail}}\n"), "DAT009"
    )
    [told] = run_examples(str(folder)).wrong
    assert told.zh.endswith("DAT009 first\n  应为 {P: fail}\n  实为 {}")


def test_a_placeholder_that_a_finding_does_not_give_is_shown_by_the_example(tmp_path: Path) -> None:
    folder = only(
        changed(tmp_path, "GUA107.yaml", 'texts:\n  fail:\n    zh: "', 'texts:\n  fail:\n    zh: "{exces}'),
        "GUA107",
    )
    with pytest.raises(UserError, match="exces") as caught:
        run_examples(str(folder))
    assert caught.value.place.startswith(f"{folder / 'GUA107.examples.yaml'}:")
