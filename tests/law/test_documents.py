"""What the files of rulesets say: the shipped ones as they were parsed before, others as they stand."""

from pathlib import Path

import pytest

from soe_compliance.domain.errors import UserError
from soe_compliance.law import documents, loading
from soe_compliance.law.documents import Document, load, rulesets_folder
from soe_compliance.law.loading import RULE_FILE, load_ruleset, ruleset_ids
from soe_compliance.law.strict_yaml import parse

SHIPPED = sorted(
    path
    for path in rulesets_folder().glob("*/*.yaml")
    if path.name == "ruleset.yaml" or RULE_FILE.fullmatch(path.name)
)


def parsed(path: Path) -> Document:
    return parse(path.read_text(encoding="utf-8"), str(path))


@pytest.fixture
def no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(text: str, path: str) -> Document:
        raise AssertionError(f"{path} is parsed")

    monkeypatch.setattr(documents, "_parsed", refuse)


@pytest.mark.usefixtures("no_parser")
def test_no_shipped_file_needs_a_parser() -> None:
    for path in SHIPPED:
        assert repr(load(path).data) == repr(parsed(path).data), path


def test_places_in_shipped_files_are_those_of_the_text() -> None:
    for path in SHIPPED:
        assert dict(load(path).lines) == dict(parsed(path).lines), path
        assert len(load(path).lines) == len(parsed(path).lines)


@pytest.mark.usefixtures("no_parser")
def test_the_shipped_rulesets_are_loaded_without_one() -> None:
    loading._files.cache_clear()
    loading._loaded.cache_clear()
    for name in ruleset_ids():
        load_ruleset(name)


def test_a_changed_file_is_read_as_it_stands(tmp_path: Path) -> None:
    changed = tmp_path / "GUA104.yaml"
    content = (rulesets_folder() / "xingan-2023" / "GUA104.yaml").read_bytes()
    changed.write_bytes(content)
    assert (
        load(changed).data["severity"]
        == load(rulesets_folder() / "xingan-2023" / "GUA104.yaml").data["severity"]
    )
    changed.write_bytes(content.replace(b"severity:", b"severity: advisory #", 1))
    assert load(changed).data["severity"] == "advisory"
    changed.write_bytes(content + b"more: &anchor 1\n")
    with pytest.raises(UserError):
        load(changed)
