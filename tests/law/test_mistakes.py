"""Mistakes of authors: each is refused where it stands, in both languages; none is taken for something else."""

from pathlib import Path
from shutil import copytree

import pytest

from soe_compliance.domain.errors import UserError
from soe_compliance.law.loading import load_ruleset
from soe_compliance.law.strict_yaml import parse
from tests.law.folders import SHIPPED, hint, refused

FORCE = "  trial_until: 2025-04-30"
NO_FRACTION = "is no fraction"
OF_OTHERS = "{table: approvals, unless: {authority: [government]}}"
DAYS_OF_FILING = "pairs:\n    - {table: filing, later: reference_date, earlier: reference_date}\n"
NAME_TO_CODES = "fields:\n    - {table: guarantees, field: guarantor_name, to: entities}\n"
CODE_TO_FILING = "fields:\n    - {table: guarantees, field: guarantor_code, to: filing}\n"
OVERLAY = "extends: xingan-2023\nid: example\nchanges:\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("GUA105.yaml", "factor: 1/2", "factor: 50%", NO_FRACTION),
        ("GUA105.yaml", "factor: 1/2", "factor: -1/2", NO_FRACTION),
        ("GUA105.yaml", "factor: 1/2", "factor: １/２", NO_FRACTION),
        ("GUA105.yaml", "factor: 1/2", 'factor: "1e999999999"', NO_FRACTION),
        ("GUA105.yaml", "factor: 1/2", "factor: true", NO_FRACTION),
        ("GUA105.yaml", "factor: 1/2", "factor: [1, 2]", NO_FRACTION),
        ("ruleset.yaml", "votes_above: 1/2", "votes_above: 50", "50 is more than 1"),
        ("ruleset.yaml", "votes_above: 1/2", "votes_above: 1", "no votes are above 1"),
        ("ruleset.yaml", "two_decimals: 1/20000", "two_decimals: 3/2", "3/2 is more than 1"),
        ("ruleset.yaml", "month: 7, day: 31", "month: 2, day: 29", "month 2 has no day 29 in every year"),
        ("ruleset.yaml", "month: 7, day: 31", "month: 6, day: 31", "month 6 has no day 31 in every year"),
        ("ruleset.yaml", "month: 7, day: 31", 'month: 7, day: "31"', "a whole number from 1 to 31, or last"),
        ("ruleset.yaml", "month: 7, day: 31", "month: 7, day: true", "a whole number from 1 to 31, or last"),
        ("ruleset.yaml", "month: 7, day: 31", 'month: "7", day: 31', "must be a whole number"),
        ("ruleset.yaml", "due: {reading: quarterly_due}", "due: 1000", "from 0 to 999, or next_quarter_end"),
        ("ruleset.yaml", "uncovered_days: 15", "uncovered_days: 1000", "must be no more than 999"),
        ("ruleset.yaml", FORCE, "  trial_until: 2023-04-30", "it would never be in force"),
        ("ruleset.yaml", FORCE, "  until: 2023-04-30", "it would never be in force"),
        ("ruleset.yaml", FORCE, '  until: "2025-04-30T00:00:00"', "must be a day, such as 2024-04-15"),
        ("ruleset.yaml", FORCE, "  until: 0", "must be a day, such as 2024-04-15"),
        ("ruleset.yaml", "where: {overseas: true}", 'where: {overseas: "no"}', "must be true or false"),
        ("ruleset.yaml", "where: {overseas: true}", "where: {overseas: 1}", "must be true or false"),
        (
            "ruleset.yaml",
            "where: {overseas: true}",
            "where: {overseas: true}\n      unless: {overseas: true}",
            "no project is both",
        ),
        (
            "ruleset.yaml",
            "[兴安盟国有资产监督管理委员会, 兴安盟国资委",
            "[兴安盟国有资产监督管理委员会，兴安盟国资委",
            "put a plain comma between two",
        ),
        ("ruleset.yaml", "issuer: 兴安盟行政公署办公室", 'issuer: " "', "must not be empty"),
        ("ruleset.yaml", "id: xingan-2023", "id: 兴安", "small letters, digits and hyphens"),
        ("ruleset.yaml", "id: xingan-2023", "id: xingan-2023\nrules: {}", "rules: is not known here"),
        ("ruleset.yaml", "id: xingan-2023", "id: xingan-2023\nreadings: {}", "readings: is not known here"),
        ("ruleset.yaml", "id: xingan-2023", "id: xingan-2023\nchanges: []", "only a ruleset that extends"),
        ("ruleset.yaml", "issuer: ", "issuer\u200b: ", "issuer\\u200b: is not known here"),
        (
            "ruleset.yaml",
            "{two_decimals: 1/20000, exact: 0}",
            "[exact]",
            "is badly written",
        ),
        ("ruleset.yaml", "{two_decimals: 1/20000, exact: 0}", "", "is badly written"),
        ("ruleset.yaml", "exact: 0}", "exact: 0, exakt: 0}", "has no option exakt"),
        ("ruleset.yaml", "exact: 0}", "}", "options lacks exact"),
        ("GUA105.yaml", "kind: cap", "kind: 限额", "there is no kind “限额”"),
        ("INV101.yaml", "due: annual_plan", "due: quarterly", "terms has no quarterly"),
        ("INV101.yaml", "kind: [annual]", "kind: []", "must name one at least"),
        ("INV101.yaml", "of_year: year", "of_year: kind", "no field kind that holds a year"),
        (
            "INV101.yaml",
            "kind: [annual]}",
            "kind: [annual]}, unless: {kind: [annual]}",
            "leaves out all that",
        ),
        ("INV101.yaml", "subject: plan", "subject: ''", "must not be empty"),
        ("FIN101.yaml", "per: group", "per: project", "has no field project_code"),
        ("INV204.yaml", OF_OTHERS, "{table: plans}", "documents is for approvals, not plans"),
        ("INV205.yaml", OF_OTHERS, "{table: plans}", "working_days is for approvals, not plans"),
        (
            "INV106.yaml",
            "{table: projects, of_year: plan_year}",
            "{table: debts}",
            "project_flag is for projects",
        ),
        ("NET001.yaml", "  select: {any_guarantor: true}\n", "", "state `select` of guarantees"),
        ("NET002.yaml", "  of: holdings\n", "  of: holdings\n  select: {}\n", "state `select` of guarantees"),
        (
            "GUA107.yaml",
            "{table: guarantees}",
            "{table: approvals}",
            "select is for guarantees, not approvals",
        ),
        ("INV103.yaml", "rows: {table: plans", "rows: {table: filing", "there is no table filing of rows"),
        ("NET003.yaml", "category: large", "category: overseas", "has no threshold (large)"),
        ("INV102.yaml", "due: annual_plan", "due: quarterly", "plans has no field quarter"),
        ("DAT007.yaml", "pairs:\n", DAYS_OF_FILING, "there is no table filing"),
        ("DAT002.yaml", "tables: [", "tables: [filing, ", "there is no table filing"),
        ("DAT003.yaml", "fields:\n", CODE_TO_FILING, "there is no table filing"),
        ("DAT003.yaml", "fields:\n", NAME_TO_CODES, "has no field guarantor_name that holds a firm's code"),
        ("GUA101.yaml", "forbidden: [unrelated]", "forbidden: []", "must name one at least"),
    ],
)
def test_a_mistake_is_refused_at_its_line(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    error = refused(tmp_path, file, old, new)
    assert said in error.what.en
    assert error.what.zh.isascii() is False
    assert error.place.startswith(f"{tmp_path / 'copy' / file}:")


def test_terms_are_a_mapping(tmp_path: Path) -> None:
    copytree(SHIPPED, tmp_path / "copy")
    head = tmp_path / "copy" / "ruleset.yaml"
    before = head.read_text(encoding="utf-8").split("terms:")[0]
    for terms in ("[1]", "abc", ""):
        head.write_text(f"{before}terms: {terms}\n", encoding="utf-8")
        with pytest.raises(UserError, match="terms: must be a mapping"):
            load_ruleset(str(head))


def test_all_keys_that_a_part_lacks_are_named_at_once(tmp_path: Path) -> None:
    error = refused(tmp_path, "GUA105.yaml", "  by: guarantor\n  factor: 1/2\n", "", line_of="check:")
    assert (error.what.zh, error.what.en) == ("check：缺少by、factor", "check: lacks by, factor")


def test_a_number_of_days_is_refused_where_each_option_stands_for_a_value(tmp_path: Path) -> None:
    copytree(SHIPPED, tmp_path / "copy")
    head = tmp_path / "copy" / "ruleset.yaml"
    text = head.read_text(encoding="utf-8")
    due = "due: {reading: quarterly_due, options: {next_quarter_end: 15}}"
    head.write_text(text.replace("due: {reading: quarterly_due}", due), encoding="utf-8")
    assert load_ruleset(str(head)).terms.quarterly.due == 15
    with pytest.raises(UserError, match="quarterly_due takes no number of days here"):
        load_ruleset(str(head), {"quarterly_due": "20"})


@pytest.mark.parametrize(
    "name",
    [
        "gua110.yaml",
        "GUA110.yml",
        "GUA110.YAML",
        "GUA11.yaml",
        "GUA110 .yaml",
        "GUA110 - 副本.yaml",
        "GUA110.yaml.txt",
        "ＧＵＡ110.yaml",
        "GUA110.example.yaml",
    ],
)
def test_a_file_named_almost_like_a_rule_is_refused(tmp_path: Path, name: str) -> None:
    copytree(SHIPPED, tmp_path / "copy")
    (tmp_path / "copy" / name).write_text("id: GUA110\n", encoding="utf-8")
    with pytest.raises(UserError, match="a file of this name is not read") as caught:
        load_ruleset(str(tmp_path / "copy"))
    assert caught.value.place == str(tmp_path / "copy" / name)


@pytest.mark.parametrize("name", ["notes.yaml", "GUA105.yaml~", ".GUA105.yaml.swp", "GUA110.md"])
def test_other_files_may_lie_beside_the_rules(tmp_path: Path, name: str) -> None:
    copytree(SHIPPED, tmp_path / "copy")
    (tmp_path / "copy" / name).write_text("id: GUA110\n", encoding="utf-8")
    assert load_ruleset(str(tmp_path / "copy")).rules.keys() == load_ruleset().rules.keys()


@pytest.mark.parametrize(
    ("changes", "line", "said"),
    [
        (["{rule: GUA104, at: check/factor, to: 3/10, source: a}"] * 2, 5, "check/factor is changed twice"),
        (["{term: share/basis, to: economic, source: a}"] * 2, 5, "terms/share/basis is changed twice"),
        (["{reading: siblings, to: ban, source: a}"] * 2, 5, "interpretations/siblings is changed twice"),
        (
            ["{rule: GUA104, at: severity, to: data, source: a}", "{off: GUA104, source: a}"],
            5,
            "GUA104 is changed",
        ),
        (
            [
                "{rule: GUA104, at: check/factor, to: 1, source: a}",
                "{rule: GUA104, at: check, to: {}, source: a}",
            ],
            5,
            "GUA104/check is changed twice",
        ),
        (["{rule: GUA104, at: severity, to: data, source: ' '}"], 4, "source: must not be empty"),
        (["{rule: GUA104, at: id, to: GUA199, source: a}"], 4, "the file must be named GUA199.yaml"),
        (["{term: due_dates/annual_plan/day, to: 31, source: a}"], 4, "month 2 has no day 31"),
    ],
)
def test_a_change_that_can_not_hold_is_refused_where_it_was_written(
    tmp_path: Path, changes: list[str], line: int, said: str
) -> None:
    head = tmp_path / "ruleset.yaml"
    head.write_text(OVERLAY + "".join(f"  - {change}\n" for change in changes), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_ruleset(str(head))
    assert said in caught.value.what.en
    assert caught.value.place == f"{head}:{line}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("extends: xingan-2022\nid: example\n", "there is no ruleset xingan-2022"),
        ("extends: xingan-2023\nid: xingan-2023\n", "must have an id of its own"),
        ("extends: xingan-2023\n", "must have an id of its own"),
        ("extends: xingan-2023\nid: example\nkeep: ['']\n", "must not be empty"),
    ],
)
def test_an_overlay_is_of_its_own(tmp_path: Path, text: str, said: str) -> None:
    head = tmp_path / "ruleset.yaml"
    head.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_ruleset(str(head))
    assert said in caught.value.what.en
    assert caught.value.place.startswith(f"{head}:")


def test_names_in_chinese_lead_to_the_keys(tmp_path: Path) -> None:
    error = refused(tmp_path, "GUA105.yaml", "{own: net_assets,", "{own: 净资产,")
    assert hint(error) == "use one of net_assets"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb：2\nc: 3\n", 3, "不是“键: 值”"),
        ("a:\n\tb: 1\n", 2, "制表符"),
        ("a: 1\n b: 2\n", 2, "缩进"),
        ("a: {b: 1\n", 2, "花括号"),
        ("a: 兴安\nb: \x00\n", 2, "控制字符U+0000"),
        ("a: " + "9" * 60 + "\n", 1, "9" * 40 + "…的含义不明确"),
    ],
)
def test_what_the_parser_says_is_said_in_chinese(text: str, line: int, said: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(text, "file")
    assert said in caught.value.in_("zh")
    assert caught.value.place == f"file:{line}"
