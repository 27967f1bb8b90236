"""Which ruleset a filing is under, and what becomes of a batch that is under several."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from soe_compliance.api import Settings, check_paths
from soe_compliance.domain.errors import UserError
from soe_compliance.law.jurisdictions import ruleset_for
from soe_compliance.law.loading import Reach, load_ruleset, reach, ruleset_ids
from soe_compliance.report import summary
from soe_compliance.report.by_group import groups

HEADER: dict[str, Any] = {
    "group_code": "P",
    "group_name": "示例集团",
    "year": 2024,
    "reference_date": "2024-03-31",
}


@pytest.mark.parametrize(
    ("supervisor", "day", "ruleset"),
    [
        ("", date(2024, 3, 31), "xingan-2023"),
        ("兴安盟国资委", date(2024, 3, 31), "xingan-2023"),
        ("国务院国资委", date(2024, 3, 31), "central-guarantee-2021"),
        (" 国务院 国资委 ", date(2021, 11, 19), "central-guarantee-2021"),
        ("国务院国资委", date(2021, 11, 18), "xingan-2023"),
        ("某市国资委", date(2024, 3, 31), "xingan-2023"),
    ],
)
def test_the_supervisor_and_the_date_say_which_ruleset(supervisor: str, day: date, ruleset: str) -> None:
    assert ruleset_for(supervisor, day) == ruleset


@pytest.mark.parametrize("ruleset", ruleset_ids())
def test_the_reach_of_a_ruleset_is_known_from_its_head(ruleset: str) -> None:
    loaded = load_ruleset(ruleset)
    assert reach(ruleset) == Reach(jurisdictions=loaded.jurisdictions, force=loaded.force)


def test_an_overlay_reaches_as_far_as_what_it_follows_where_it_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "ruleset.yaml").write_text(
        "extends: xingan-2023\nid: own\nforce: {from: 2025-01-01}\n", encoding="utf-8"
    )
    assert reach(str(tmp_path)).jurisdictions == reach("xingan-2023").jurisdictions
    assert reach(str(tmp_path)).force.from_ == date(2025, 1, 1)


def filing(folder: Path, name: str, supervisor: str, day: str = "2024-03-31", group_code: str = "P") -> None:
    own = {"id": name, "jurisdiction": supervisor, "reference_date": day, "group_code": group_code}
    document = {"filing": {**HEADER, **own}, "guarantees": []}
    (folder / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")


def test_a_batch_is_checked_against_the_ruleset_that_its_filings_name(tmp_path: Path) -> None:
    filing(tmp_path, "a", "国务院国资委")
    filing(tmp_path, "b", "国务院国有资产监督管理委员会")
    as_of = date(2024, 4, 15)
    assert check_paths([str(tmp_path)], Settings(as_of=as_of)).ruleset.id == "central-guarantee-2021"
    named = Settings(as_of=as_of, ruleset="xingan-2023")
    assert check_paths([str(tmp_path)], named).ruleset.id == "xingan-2023"


def test_a_batch_under_two_rulesets_is_refused_with_the_file(tmp_path: Path) -> None:
    filing(tmp_path, "a", "国务院国资委")
    filing(tmp_path, "b", "兴安盟国资委")
    with pytest.raises(UserError) as error:
        check_paths([str(tmp_path)], Settings(as_of=date(2024, 4, 15)))
    assert error.value.place.endswith("b.json")
    check_paths([str(tmp_path)], Settings(as_of=date(2024, 4, 15), ruleset="xingan-2023"))


def notices(folder: Path, **settings: Any) -> list[str]:
    report = check_paths([str(folder)], Settings(as_of=date(2024, 4, 15), **settings))
    assert report.ruleset.id == settings.get("ruleset", "xingan-2023")
    return [text for notice in summary.notices(report) for text in (notice.zh, notice.en)]


@pytest.mark.parametrize(
    ("supervisor", "day", "said"),
    [
        (
            "某市国资委",
            "2024-03-31",
            ("没有适用于监管机构某市国资委的规则集", "no ruleset is for the supervisor"),
        ),
        (
            "国务院国资委",
            "2021-11-18",
            ("（2021-11-18）不在施行期内", "not in force at the reference date (2021-11-18)"),
        ),
        (
            "盟国资委",
            "2023-03-31",
            ("（2023-03-31）不在施行期内", "not in force at the reference date (2023-03-31)"),
        ),
    ],
)
def test_a_filing_that_chooses_no_ruleset_is_said_to_be_judged_by_the_default(
    tmp_path: Path, supervisor: str, day: str, said: tuple[str, str]
) -> None:
    filing(tmp_path, "a", supervisor, day)
    filing(tmp_path, "b", "", group_code="Q")
    zh, en = notices(tmp_path)
    assert [text in zh for text in (said[0], supervisor, "1份填报", "xingan-2023")] == [True] * 4
    assert [text in en for text in (said[1], supervisor, "instead: 1;", "xingan-2023")] == [True] * 4
    assert notices(tmp_path, ruleset="xingan-2023") == []


def test_a_filing_that_chooses_its_ruleset_or_names_no_supervisor_gets_no_notice(tmp_path: Path) -> None:
    filing(tmp_path, "a", "兴安盟国资委")
    filing(tmp_path, "b", "", group_code="Q")
    filing(tmp_path, "c", "", "2021-03-31")
    assert notices(tmp_path) == []


def test_the_part_of_a_group_says_of_its_own_filings_that_the_default_judged_them(tmp_path: Path) -> None:
    filing(tmp_path, "a", "某市国资委")
    filing(tmp_path, "b", "另一市国资委", group_code="Q")
    report = check_paths([str(tmp_path)], Settings(as_of=date(2024, 4, 15)))
    parts = {part.code: summary.notices(part.report) for part in groups(report)}
    assert {code: ["另一市" in said.zh for said in found] for code, found in parts.items()} == {
        "P": [False],
        "Q": [True],
    }
