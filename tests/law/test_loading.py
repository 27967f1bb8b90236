"""Rulesets are loaded whole or refused with file and line."""

from fractions import Fraction
from pathlib import Path

import pytest

from soe_compliance.domain.errors import UserError
from soe_compliance.law.kinds import Cap
from soe_compliance.law.loading import DEFAULT_RULESET, load_ruleset, ruleset_ids
from tests.law.folders import SHIPPED, changed, hint, loaded, refused

USED_BY = {
    "deadline_roll": "INV101 INV102 INV104 INV301 FIN101 FIN102",
    "large_project_boundary": "INV202 INV206 NET003",
    "large_project_base": "INV202 INV206 NET003",
    "approval_clock": "INV205",
    "quarterly_due": "INV301 FIN101 FIN102",
    "share_basis": "GUA103",
    "share_rounding": "GUA103 DAT004",
    "relation_scope": "GUA101 GUA102 GUA103 GUA109",
    "siblings": "GUA101 GUA102 GUA103 GUA109",
    "earlier_guarantees": "GUA101 GUA102 GUA103 GUA109",
    "group_net_assets": "GUA104",
    "entity_net_assets": "GUA105",
    "licensed_in_caps": "GUA104 GUA105",
    "buyers_in_caps": "GUA104 GUA105",
}
SEVERITIES = {
    "prohibition": "GUA101 GUA103 FIN104 FIN105",
    "principle": "GUA104 GUA106",
    "data": "DAT002 DAT003 DAT004 DAT005 DAT008 DAT009",
    "advisory": "INV106 INV302 GUA109 NET001 NET002 NET003 DAT001 DAT006 DAT007 DAT010 DAT011 DAT012 DAT013",
    "mandatory": "INV101 INV102 INV103 INV104 INV105 INV201 INV202 INV203 INV204 INV205 INV206 INV207 INV301 "
    "GUA102 GUA105 GUA107 GUA108 FIN101 FIN102 FIN103",
}


def test_each_interpretation_is_used_by_the_rules_that_hang_on_it() -> None:
    ruleset = load_ruleset()
    assert list(ruleset.interpretations) == list(USED_BY)
    for key, rules in USED_BY.items():
        assert {code for code, keys in ruleset.readings_of.items() if key in keys} == set(rules.split()), key


def test_each_rule_is_as_severe_as_its_clause() -> None:
    rules = load_ruleset().rules
    assert {code: rule.severity.value for code, rule in rules.items()} == {
        code: severity for severity, codes in SEVERITIES.items() for code in codes.split()
    }
    assert {code for code, rule in rules.items() if rule.responsible == "regulator"} == {"INV205", "INV302"}


def test_readings_change_what_is_checked() -> None:
    plain, other = load_ruleset(), load_ruleset(readings={"deadline_roll": "none", "quarterly_due": "15"})
    assert (plain.readings["quarterly_due"], other.readings["quarterly_due"]) == ("next_quarter_end", "15")
    assert (plain.terms.deadlines.roll, other.terms.deadlines.roll) == ("next_working_day", "none")
    assert plain.digest != other.digest
    assert load_ruleset(readings=plain.readings).digest == plain.digest


@pytest.mark.parametrize("days", ["0", "15", "999"])
def test_a_number_of_days_is_a_reading_where_it_may_be(days: str) -> None:
    assert load_ruleset(readings={"quarterly_due": days}).readings["quarterly_due"] == days


@pytest.mark.parametrize(
    ("key", "option", "meant"),
    [
        ("share_bases", "economic", "share_basis"),
        ("share_basis", "economics", "economic"),
        ("deadline_roll", "nothing at all", "next_working_day"),
        ("deadline_roll", "15", "next_working_day"),
        ("quarterly_due", "-1", "next_quarter_end"),
        ("quarterly_due", "1000", "next_quarter_end"),
        ("quarterly_due", "１５", "next_quarter_end"),
        ("quarterly_due", "", "next_quarter_end"),
    ],
)
def test_an_unknown_key_or_option_is_an_error(key: str, option: str, meant: str) -> None:
    with pytest.raises(UserError) as caught:
        load_ruleset(readings={key: option})
    assert meant in hint(caught.value)


def test_a_ruleset_is_found_by_id_folder_or_file() -> None:
    assert DEFAULT_RULESET in ruleset_ids()
    by_id = load_ruleset(DEFAULT_RULESET)
    assert load_ruleset(str(SHIPPED)) == load_ruleset(str(SHIPPED / "ruleset.yaml")) == by_id


@pytest.mark.parametrize("name", ["xingan-2032", "nowhere", "", "GUA104.yaml"])
def test_an_unknown_ruleset_is_an_error(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError) as caught:
        load_ruleset(name)
    assert DEFAULT_RULESET in hint(caught.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "meant"),
    [
        ("GUA104.yaml", "severity:", "severty:", "severity"),
        ("GUA104.yaml", "  factor:", "  facter:", "factor"),
        ("GUA104.yaml", "leave_out_licensed:", "leave_out_licenced:", "leave_out_licensed"),
        ("ruleset.yaml", "tiered: {", "teired: {", "tiered"),
        ("ruleset.yaml", "  uncovered_days:", "  uncovered_day:", "uncovered_days"),
    ],
)
def test_an_unknown_key_is_refused_with_its_line_and_what_was_meant(
    tmp_path: Path, file: str, old: str, new: str, meant: str
) -> None:
    assert meant in hint(refused(tmp_path, file, old, new, line_of=new))


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        ("GUA104.yaml", "severity: principle", "severity: principal", "severity: principal"),
        ("GUA104.yaml", "kind: cap", "kind: cup", "check:"),
        ("GUA104.yaml", "by: group", "by: grope", "by: grope"),
        ("GUA104.yaml", "factor: 2/5", "factor: much", "factor: much"),
        ("GUA104.yaml", "factor: 2/5", "factor: 2/0", "factor: 2/0"),
        ("GUA104.yaml", "{reading: group_net_assets,", "{reading: group_assets,", "reading: group_assets"),
        ("INV101.yaml", "due: annual_plan", "due: anual_plan", "due: anual_plan"),
        ("INV101.yaml", "table: plans", "table: plan", "rows:"),
        ("INV101.yaml", "kind: [annual]", "kind: [yearly]", "rows:"),
        ("INV101.yaml", "of_year: year", "of_year: yeer", "rows:"),
        ("INV202.yaml", "category: large", "category: larger", "category: larger"),
        ("ruleset.yaml", "month: 7, day: 31", "month: 13, day: 31", "plan_adjustment:"),
        ("ruleset.yaml", "default: next_working_day", "default: tomorrow", "deadline_roll:"),
    ],
)
def test_what_is_not_valid_is_refused_with_its_line(
    tmp_path: Path, file: str, old: str, new: str, line: str
) -> None:
    refused(tmp_path, file, old, new, line_of=line)


@pytest.mark.parametrize(
    "placeholder",
    ["{subject.__class__}", "{subject[0]}", "{0}", "{}", "{value!r}", "{value:>9}", "{value", "value}"],
)
def test_a_placeholder_is_a_plain_name(tmp_path: Path, placeholder: str) -> None:
    refused(tmp_path, "INV105.yaml", "调整{subject}于", f"调整{placeholder}于")


def test_a_due_date_that_does_not_exist_names_the_one_that_was_meant(tmp_path: Path) -> None:
    assert "annual_plan" in hint(refused(tmp_path, "INV101.yaml", "due: annual_plan", "due: anual_plan"))


def test_a_rule_stands_in_the_file_of_its_name(tmp_path: Path) -> None:
    refused(tmp_path, "GUA104.yaml", "id: GUA104", "id: GUA114", line_of="id: GUA114")


@pytest.mark.parametrize("file", ["GUA104.yaml", "ruleset.yaml"])
@pytest.mark.parametrize("content", ["", "- a\n", "text\n"])
def test_a_file_is_a_mapping(tmp_path: Path, file: str, content: str) -> None:
    copy = changed(tmp_path, "GUA104.yaml", "id: GUA104", "id: GUA104")
    (copy / file).write_text(content, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_ruleset(str(copy))
    assert caught.value.place == str(copy / file)


def test_a_reading_without_a_value_for_its_option_is_refused(tmp_path: Path) -> None:
    only, rest = "licensed_in_caps, options: {exclude: true", ", include: false}}"
    copy = changed(tmp_path, "GUA104.yaml", only + rest, only + "}}")
    with pytest.raises(UserError) as caught:
        load_ruleset(str(copy))
    assert caught.value.place.startswith(f"{copy / 'GUA104.yaml'}:")


def test_a_factor_is_exact(tmp_path: Path) -> None:
    check = loaded(tmp_path, "GUA104.yaml", "factor: 2/5", "factor: 0.4").rules["GUA104"].check
    assert isinstance(check, Cap)
    assert (type(check.factor), check.factor) == (Fraction, Fraction(2, 5))


@pytest.mark.parametrize(
    ("file", "old", "new", "is_law"),
    [
        ("GUA104.yaml", "factor: 2/5", "factor: 3/5", True),
        ("GUA104.yaml", "factor: 2/5", "factor: 4/10", False),
        ("GUA104.yaml", "severity: principle", "severity: mandatory", True),
        ("ruleset.yaml", "month: 7, day: 31", "month: 7, day: 30", True),
        ("ruleset.yaml", "default: inclusive", "default: exclusive", True),
        ("GUA104.yaml", "超出{excess}", "多出{excess}", False),
        ("GUA104.yaml", "en: The group's guarantees within", "en: The guarantees of the group within", False),
        ("INV101.yaml", "verb: 应于", "verb: 须于", False),
        ("GUA104.yaml", "id: GUA104", "# a remark\nid: GUA104", False),
    ],
)
def test_the_digest_is_that_of_the_law_not_of_its_texts(
    tmp_path: Path, file: str, old: str, new: str, is_law: bool
) -> None:
    assert (loaded(tmp_path, file, old, new).digest != load_ruleset().digest) == is_law
