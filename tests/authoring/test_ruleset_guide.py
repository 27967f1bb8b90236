"""docs/rulesets.md takes an author to a ruleset that loads, and docs/kinds.md names every kind."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from soe_compliance.authoring.examples_run import run_examples
from soe_compliance.authoring.kind_guide import IN_CHINESE, kind_guide, kinds, name_of_kind
from soe_compliance.authoring.lint import remarks
from soe_compliance.checks.excuses import load_waivers
from soe_compliance.domain.text import Language
from soe_compliance.filings.roster import read_roster
from soe_compliance.law.calendars import calendar_with
from soe_compliance.law.loading import load_ruleset
from soe_compliance.law.model import Rule, Ruleset, Terms

GUIDE = Path(__file__).resolve().parent.parent.parent / "docs" / "rulesets.md"
RULESETS = [
    load_ruleset(name) for name in ("xingan-2023", "central-guarantee-2021", "guangzhou-guarantee-2016")
]
NAMED = re.compile(r"`([A-Za-z0-9.]+\.yaml)`：\n\n```yaml\n(.*?)```", re.DOTALL)
BLOCKS = re.compile(r"```(?:yaml)?\n(.*?)```", re.DOTALL)


def text() -> str:
    return GUIDE.read_text(encoding="utf-8")


def block(start: str) -> str:
    [found] = [one for one in BLOCKS.findall(text()) if one.startswith(start)]
    return str(found)


def test_the_ruleset_that_it_shows_is_whole(tmp_path: Path) -> None:
    files = NAMED.findall(text())
    assert [name for name, _ in files] == ["ruleset.yaml", "GUA104.yaml", "GUA104.examples.yaml"]
    for name, content in files:
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert list(remarks(load_ruleset(str(tmp_path)), str(tmp_path))) == []
    found = run_examples(str(tmp_path))
    assert (found.rules, found.examples, found.wrong) == (1, 5, ())


def test_the_overlay_that_it_shows_loads(tmp_path: Path) -> None:
    (tmp_path / "ruleset.yaml").write_text(block("extends: xingan-2023"), encoding="utf-8")
    ruleset = load_ruleset(str(tmp_path))
    assert (len(ruleset.changes), "GUA109" in ruleset.rules, "FIN101" in ruleset.rules) == (6, False, False)
    assert [remark for remark in remarks(ruleset, str(tmp_path)) if "GUA104" in remark.en] == []


def test_its_other_files_are_read(tmp_path: Path) -> None:
    calendar, waivers, roster = (tmp_path / name for name in ("calendar.yaml", "waivers.yaml", "roster.csv"))
    for file, start in ((calendar, "- year: "), (waivers, "- rule: "), (roster, "group_code,")):
        file.write_text(block(start), encoding="utf-8")
    assert calendar_with([str(calendar)]).last_year == 2027
    assert [waiver.rule for waiver in load_waivers(str(waivers), load_ruleset())] == ["GUA105"]
    assert [group.year for group in read_roster(str(roster), None)] == [2024]


@pytest.mark.parametrize("shape", [Rule, Terms, Ruleset])
def test_every_key_is_named_in_both_languages(shape: type[BaseModel]) -> None:
    made = {"readings", "rules", "readings_of", "defined_in"}
    for page in text().split("\n# Writing a ruleset\n"):
        rows = "".join(line.split("|")[1] for line in page.splitlines() if line.startswith("| `"))
        assert [key for key in shape.model_fields.keys() - made if f"`{key}`" not in rows] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_has_its_line(language: Language) -> None:
    rows = [line for line in kind_guide(RULESETS, language).splitlines() if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == [name_of_kind(shape) for shape in kinds()]
    cap = next(row for row in rows if row.startswith("| `cap` "))
    assert "`factor`" in cap
    assert "[`audited`]" in cap
    assert "`{excess}`" in cap
    assert cap.endswith(f"| [GUA104](rules/xingan-2023/{language}/GUA104.md) |")


def test_every_kind_is_said_in_chinese() -> None:
    assert IN_CHINESE.keys() == {name_of_kind(shape) for shape in kinds()}
