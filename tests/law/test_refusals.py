"""What is wrong with a YAML file is said in both languages, at the place where it is mended, with the keys of that place."""

from pathlib import Path

import pytest

from soe_compliance.checks.excuses import load_waivers
from soe_compliance.domain.errors import UserError
from soe_compliance.law.calendars import calendar_with
from soe_compliance.law.loading import load_ruleset
from tests.law.folders import changed, hint, refused

WAIVER = "rule: GUA105, subject: A, filing: B, reason: c, approver: d, expires_on: 2024-12-31"
OVERLAY = """\
extends: xingan-2023
id: example
changes:
  - {rule: GUA104, at: check/factor, to: 3/10, source: 第五条}
  - {reading: share_basis, to: economic, source: 第六条}
  - {term: control/votes_above, to: 2/3, source: 第七条}
"""


def of_waiver(folder: Path, entry: str) -> UserError:
    file = folder / "waivers.yaml"
    file.write_text(f"- {{{entry}}}\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_waivers(str(file), load_ruleset())
    assert caught.value.place == f"{file}:1"
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "zh", "en"),
    [
        (", expires_on: 2024-12-31", "", "expires_on：缺少这一项", "expires_on: is missing"),
        (
            "2024-12-31",
            "2024-02-30",
            "expires_on：应为日期，如2024-04-15",
            "expires_on: must be a day, such as 2024-04-15",
        ),
        (
            "reason: c",
            "reason: ",
            "reason：应为文本，不能空着；数字请加引号",
            "reason: must be a text, not empty; put a number in quotes",
        ),
        ("reason: c", "reason: ''", "reason：不能为空", "reason: must not be empty"),
    ],
)
def test_a_value_is_refused_in_both_languages(tmp_path: Path, old: str, new: str, zh: str, en: str) -> None:
    error = of_waiver(tmp_path, WAIVER.replace(old, new))
    assert (error.what.zh, error.what.en) == (zh, en)


def test_an_unknown_key_is_answered_with_those_of_its_place(tmp_path: Path) -> None:
    keys = "approver, expires_on, filing, reason, rule, subject"
    assert hint(of_waiver(tmp_path, WAIVER + ", because: x")) == f"use one of {keys}"
    calendar = tmp_path / "calendar.yaml"
    calendar.write_text("- {year: 2027, sources: s, days_off: [], worked: []}\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        calendar_with([str(calendar)])
    assert hint(caught.value) == "did you mean source?"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("ruleset.yaml", "trial_until:", "to:", "use one of from, trial_until, until"),
        ("GUA105.yaml", "  factor: 1/2", "  fraction: 1/2", "did you mean factor?"),
        (
            "GUA105.yaml",
            "  factor: 1/2",
            "  months: 1/2",
            "use one of audited, by, factor, kind, of, select, waiver_up_to",
        ),
        (
            "GUA105.yaml",
            "    leave_out_licensed:",
            "    first:",
            "use one of any_guarantor, leave_out_home_buyers, leave_out_licensed, signed_in_year",
        ),
    ],
)
def test_so_it_is_in_a_ruleset(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    error = refused(tmp_path, file, old, new, line_of=new.strip())
    assert error.what.zh.endswith("没有这一项")
    assert hint(error) == said


def test_a_list_of_values_reads_well_in_chinese(tmp_path: Path) -> None:
    error = refused(tmp_path, "ruleset.yaml", "{reading: deadline_roll}", "later", line_of="roll: later")
    assert error.what.zh == "terms.deadlines.roll：应为'next_working_day'、'none'之一"
    assert error.what.en == "terms.deadlines.roll: must be one of 'next_working_day' or 'none'"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("3/10", "3/0", 4),
        ("at: check/factor, to: 3/10", "at: severity, to: grave", 4),
        ("economic", "economical", 5),
        ("2/3", "most", 6),
    ],
)
def test_a_change_that_can_not_be_is_shown_where_it_was_written(
    tmp_path: Path, old: str, new: str, line: int
) -> None:
    assert OVERLAY.count(old) == 1
    head = tmp_path / "ruleset.yaml"
    head.write_text(OVERLAY.replace(old, new), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_ruleset(str(tmp_path))
    assert caught.value.place == f"{head}:{line}"


def test_what_the_overlay_did_not_change_is_shown_in_its_own_file(tmp_path: Path) -> None:
    base = changed(tmp_path, "GUA105.yaml", "factor: 1/2", "factor: half")
    overlay = tmp_path / "overlay"
    overlay.mkdir()
    (overlay / "ruleset.yaml").write_text(OVERLAY.replace("xingan-2023", "copy"), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_ruleset(str(overlay))
    assert caught.value.place == f"{base / 'GUA105.yaml'}:12"
