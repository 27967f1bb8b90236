"""A ruleset that follows another: what it changes, what it adds, and what it is refused."""

from fractions import Fraction
from pathlib import Path

import pytest

from soe_compliance.authoring.examples import examples_path
from soe_compliance.domain.errors import UserError
from soe_compliance.law.kinds import Cap
from soe_compliance.law.loading import load_ruleset, rule_folder
from soe_compliance.law.model import Ruleset
from tests.law.folders import SHIPPED, hint

HEAD = """extends: xingan-2023
id: follower
title: {zh: 细则, en: Details}
issuer: 示例旗国资局
document_no: 示例〔2024〕1号
published: 2024-01-01
force: {from: 2024-02-01}
jurisdictions: [示例旗国资局]
sources: [{title: 细则, checked: text}]
"""
READING = """interpretations:
  how_much:
    title: {zh: 限额, en: The cap}
    default: less
    options:
      less: {zh: 三成, en: three tenths}
      more: {zh: 四成, en: four tenths}
"""
OWN_RULE = """id: GUA104
severity: mandatory
clause: 第五条
title: {zh: 三成, en: Three tenths}
meaning: {zh: 三成。, en: Three tenths.}
check:
  kind: cap
  by: group
  factor: {reading: how_much, options: {less: 3/10, more: 2/5}}
  of: consolidated_net_assets
  select: {}
texts:
  fail: {zh: 超过, en: above}
remedy: {zh: 压降, en: Reduce}
"""


def _folder(where: Path, more: str = "", **rules: str) -> Path:
    folder = where / "follower"
    folder.mkdir()
    (folder / "ruleset.yaml").write_text(HEAD + more, encoding="utf-8")
    for code, text in rules.items():
        (folder / f"{code}.yaml").write_text(text, encoding="utf-8")
    return folder


def _loaded(where: Path, more: str = "", **rules: str) -> Ruleset:
    return load_ruleset(str(_folder(where, more, **rules)))


def _refused(where: Path, more: str, line_of: str) -> UserError:
    folder = _folder(where, more)
    with pytest.raises(UserError) as caught:
        load_ruleset(str(folder))
    lines = (folder / "ruleset.yaml").read_text(encoding="utf-8").splitlines()
    [line] = [number for number, text in enumerate(lines, start=1) if line_of in text]
    assert caught.value.place == f"{folder / 'ruleset.yaml'}:{line}"
    return caught.value


def _cap(ruleset: Ruleset, code: str = "GUA104") -> Cap:
    check = ruleset.rules[code].check
    assert isinstance(check, Cap)
    return check


def test_it_states_its_identity_and_inherits_the_rest(tmp_path: Path) -> None:
    base, follower = load_ruleset(), _loaded(tmp_path)
    assert (follower.id, follower.document_no, follower.extends) == ("follower", "示例〔2024〕1号", base.id)
    assert (str(follower.force.from_), follower.force.trial_until) == ("2024-02-01", None)
    assert (follower.rules, follower.terms) == (base.rules, base.terms)
    assert follower.interpretations == base.interpretations
    assert set(follower.defined_in.values()) == {base.id}


def test_it_changes_rules_terms_and_readings_and_switches_rules_off(tmp_path: Path) -> None:
    changes = """changes:
  - {rule: GUA104, at: check/factor, to: 3/10, source: 第五条}
  - {rule: GUA104, at: severity, to: mandatory, source: 第五条}
  - {term: categories/large/large/factor, to: 1/5, source: 第三条}
  - {reading: share_basis, to: economic, source: 第六条}
  - {off: NET003, source: 第九条}
"""
    base, follower = load_ruleset(), _loaded(tmp_path, changes)
    assert (_cap(follower).factor, follower.rules["GUA104"].severity.value) == (Fraction(3, 10), "mandatory")
    large = follower.terms.categories["large"].large
    assert large is not None
    assert large.factor == Fraction(1, 5)
    assert follower.readings["share_basis"] == follower.terms.share.basis == "economic"
    assert base.rules.keys() - follower.rules.keys() == {"NET003"}


def test_it_adds_a_reading_that_its_own_rule_uses(tmp_path: Path) -> None:
    folder = _folder(tmp_path, READING, GUA104=OWN_RULE)
    less, more = load_ruleset(str(folder)), load_ruleset(str(folder), {"how_much": "more"})
    assert (_cap(less).factor, _cap(more).factor) == (Fraction(3, 10), Fraction(2, 5))
    assert list(less.interpretations) == [*load_ruleset().interpretations, "how_much"]
    assert less.readings_of["GUA104"] == ("how_much",)
    assert (less.defined_in["GUA104"], less.defined_in["GUA105"]) == ("follower", "xingan-2023")


def test_a_reading_of_the_same_name_stands_in_place_of_the_base_s(tmp_path: Path) -> None:
    options = "options: {controlled: {zh: 全额, en: in full}, economic: {zh: 相乘, en: multiplied}}"
    more = f"interpretations:\n  share_basis:\n    title: {{zh: 口径, en: How}}\n    default: economic\n    {options}\n"
    follower = _loaded(tmp_path, more)
    assert follower.interpretations["share_basis"].title.zh == "口径"
    assert follower.terms.share.basis == "economic"
    assert list(follower.interpretations) == list(load_ruleset().interpretations)


def test_a_term_of_its_own_stands_in_place_of_the_base_s_and_may_name_its_readings(tmp_path: Path) -> None:
    term = "terms:\n  control: {votes_above: {reading: how_much, options: {less: 1/2, more: 2/3}}}\n"
    folder = _folder(tmp_path, READING + term)
    less, more = load_ruleset(str(folder)), load_ruleset(str(folder), {"how_much": "more"})
    assert (less.terms.control.votes_above, more.terms.control.votes_above) == (
        Fraction(1, 2),
        Fraction(2, 3),
    )
    assert less.terms == load_ruleset().terms
    assert "how_much" in less.readings_of["GUA101"]


def test_a_change_is_made_of_what_it_adds(tmp_path: Path) -> None:
    changes = "changes:\n  - {reading: how_much, to: more, source: 第五条}\n"
    assert _cap(_loaded(tmp_path, READING + changes, GUA104=OWN_RULE)).factor == Fraction(2, 5)


@pytest.mark.parametrize(
    ("more", "line", "meant"),
    [
        ("interpretation:\n  how_much: {}\n", "interpretation:", "interpretations"),
        ("term: {}\n", "term:", "terms"),
        ("change: []\n", "change:", "changes"),
        ("rules: {}\n", "rules:", "use one of"),
        ("interpretations: []\n", "interpretations:", None),
        ("terms: economic\n", "terms:", None),
        ("changes:\n  - {rule: GUA999, at: severity, to: data, source: 第五条}\n", "GUA999", None),
        (
            "changes:\n  - {rule: GUA104, at: check/facter, to: 1/2, source: 第五条}\n",
            "facter",
            "did you mean factor?",
        ),
        ("changes:\n  - {term: share/bases, to: economic, source: 第五条}\n", "bases", "did you mean basis?"),
    ],
)
def test_what_is_not_there_is_refused_with_its_line(
    tmp_path: Path, more: str, line: str, meant: str | None
) -> None:
    error = _refused(tmp_path, more, line)
    assert meant is None or meant in hint(error)


def test_a_rule_stands_where_it_was_written(tmp_path: Path) -> None:
    folder = _folder(tmp_path, READING, GUA104=OWN_RULE)
    assert rule_folder(str(folder), "GUA104") == folder
    assert rule_folder(str(folder), "GUA105") == SHIPPED
    assert examples_path(str(folder), "GUA105") == SHIPPED / "GUA105.examples.yaml"


def test_rulesets_that_follow_each_other_are_refused(tmp_path: Path) -> None:
    for name, other in (("first", "second"), ("second", "first")):
        (tmp_path / name).mkdir()
        text = HEAD.replace("extends: xingan-2023", f"extends: {other}").replace(
            "id: follower", f"id: {name}"
        )
        (tmp_path / name / "ruleset.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="extend each other"):
        load_ruleset(str(tmp_path / "first"))


@pytest.mark.parametrize("other", ["[xingan-2023]", "{id: xingan-2023}", "2023", "x" * 5000, '"a\\0b"'])
def test_what_is_followed_is_named(tmp_path: Path, other: str) -> None:
    folder = tmp_path / "follower"
    folder.mkdir()
    text = HEAD.replace("extends: xingan-2023", f"extends: {other}")
    (folder / "ruleset.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as error:
        load_ruleset(str(folder))
    assert len(error.value.what.en) < 200


def test_an_overlay_may_keep_a_part_of_the_rules(tmp_path: Path) -> None:
    """What nothing kept uses goes too: a reading of the base that only its other rules and terms name."""
    loaded = _loaded(tmp_path, "keep: [FIN104, NET]\n")
    assert list(loaded.rules) == ["FIN104", "NET001", "NET002", "NET003"]
    assert set(loaded.defined_in.values()) == {"xingan-2023"}
    assert "group_net_assets" not in loaded.interpretations
    assert "large_project_base" in loaded.interpretations


def test_what_is_kept_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        _loaded(tmp_path, "keep: [DAT, TAX]\n")
    assert error.value.place.endswith("ruleset.yaml:10")
