"""What lint remarks on: what loads, and yet is never read, never said, or never comes true."""

from collections.abc import Iterable
from pathlib import Path
from shutil import copytree

import pytest

from soe_compliance.authoring.lint import remarks
from soe_compliance.domain.errors import UserError
from soe_compliance.law.loading import load_ruleset
from tests.law.folders import SHIPPED, changed

ITS_ID = "xingan-2023 is the id of a shipped ruleset"


def remarked(folder: Path) -> list[str]:
    found: Iterable[str] = (remark.en for remark in remarks(load_ruleset(str(folder)), str(folder)))
    return [remark for remark in found if remark != ITS_ID]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("GUA105.yaml", "factor: 1/2", "factor: 50", "GUA105: check.factor is 50 times the base"),
        (
            "ruleset.yaml",
            "factor: 3/10",
            "factor: 30",
            "terms.categories.large.large.factor is 30 times the base",
        ),
        ("GUA105.yaml", "texts:\n", "texts:\n  pending: {zh: 待, en: p}\n", "GUA105 is never pending"),
        (
            "ruleset.yaml",
            "two_decimals: 1/20000, exact: 0",
            "two_decimals: 1/20000, exact: none",
            "share_rounding=exact: ",
        ),
    ],
)
def test_a_value_that_never_comes_true_is_remarked_on(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    [remark] = remarked(changed(tmp_path, file, old, new))
    assert remark.startswith(said)


@pytest.mark.parametrize("clause", ["第13条第（一）项", "第十三条第(一)项", "第１３条"])
def test_a_clause_is_spelt_as_the_list_of_places_has_it(tmp_path: Path, clause: str) -> None:
    folder = changed(tmp_path, "GUA105.yaml", "clause: 第十三条第（一）项", f"clause: {clause}")
    (folder / "coverage.yaml").unlink()
    assert remarked(folder) == [f"GUA105: spell the clause {clause} like 第十三条第（一）项"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("notes.yaml", "notes.yaml is not read"),
        ("ruleset.yml", "ruleset.yml is not read"),
        ("GUA999.examples.yaml", "GUA999.examples.yaml is not run: there is no GUA999.yaml beside it"),
        ("more/GUA110.yaml", "the rules in the subfolder more are not read"),
    ],
)
def test_a_file_that_nothing_reads_is_remarked_on(tmp_path: Path, name: str, said: str) -> None:
    file = tmp_path / "copy" / name
    copytree(SHIPPED, tmp_path / "copy")
    file.parent.mkdir(exist_ok=True)
    file.write_text("a: 1\n", encoding="utf-8")
    assert remarked(tmp_path / "copy") == [said]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "kind: checked",
            "kind: person",
            "has the rules INV101, INV102, INV103, INV104, INV105, INV106: its kind is checked",
        ),
        ("kind: no_duty", "kind: checked", "is said to be checked, and no rule has this clause"),
    ],
)
def test_places_and_clauses_agree(tmp_path: Path, old: str, new: str, said: str) -> None:
    copytree(SHIPPED, tmp_path / "copy")
    file = tmp_path / "copy" / "coverage.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        remarked(tmp_path / "copy")
    assert caught.value.what.en.endswith(said)
    assert caught.value.place.startswith(f"{file}:")


def test_articles_beyond_a_hundred_are_found(tmp_path: Path) -> None:
    clause = "第一百零三条之一"
    folder = changed(tmp_path, "GUA105.yaml", "clause: 第十三条第（一）项", f"clause: {clause}")
    with pytest.raises(UserError, match=f"the clause {clause} of GUA105 is not listed"):
        remarked(folder)


def test_a_copy_has_the_id_of_what_it_was_copied_from(tmp_path: Path) -> None:
    copytree(SHIPPED, tmp_path / "copy")
    found = remarks(load_ruleset(str(tmp_path / "copy")), str(tmp_path / "copy"))
    assert [remark.en for remark in found] == [ITS_ID]


def test_what_an_overlay_does_not_state_is_named(tmp_path: Path) -> None:
    head = "extends: xingan-2023\nid: example\nissuer: 示例\nsources: []\n"
    (tmp_path / "ruleset.yaml").write_text(head, encoding="utf-8")
    assert remarked(tmp_path) == [
        "sources names no document",
        "title, document_no, published, force, jurisdictions: not stated, and so those of xingan-2023",
    ]
