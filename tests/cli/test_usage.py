"""A wrong command line is told in the user's language: what is wrong, and what to write instead."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.filings import CLEAN, written

WRONG = {
    "bogus": ("没有命令bogus；可用：check、", "there is no command bogus; use one of check, "),
    "chek a.json": ("没有命令chek；是否指check？", "there is no command chek; did you mean check?"),
    "rule lst": ("没有命令lst；是否指list？", "there is no command lst; did you mean list?"),
    "check": ("缺少PATH...；用法见", "PATH... is missing; see soe-compliance check --help"),
    "annotate a.json": ("缺少-o；用法见", "-o is missing; see soe-compliance annotate --help"),
    "check a.json --roser x": (
        "没有选项--roser；是否指--roster？",
        "there is no option --roser; did you mean --roster?",
    ),
    "check a.json -x": ("没有选项-x；用法见", "there is no option -x; see soe-compliance check --help"),
    "check a.json --quiet=1": ("--quiet不带值；请只写--quiet", "--quiet takes no value; write --quiet alone"),
    "rule list x": ("多出x；用法见", "x is too much; see soe-compliance rule list --help"),
    "check a.json --as-of 2024-13-01": (
        "--as-of: 不能是“2024-13-01”；请写日期，如2024-04-15",
        "--as-of: can't be “2024-13-01”; write a day such as 2024-04-15",
    ),
    "check a.json --jobs 0": (
        "--jobs: 不能是“0”；请写1至1000的整数",
        "--jobs: can't be “0”; write a whole number from 1 to 1000",
    ),
    "check a.json --jobs many": ("--jobs: 不能是“many”", "--jobs: can't be “many”"),
    "check a.json --year 24": ("请写1900至2199的整数", "write a whole number from 1900 to 2199"),
    "check a.json --fail-on mandatry": ("是否指mandatory？", "did you mean mandatory?"),
    "check a.json --format xlsx": (
        "--format: 不能是“xlsx”；可用：text、json、",
        "--format: can't be “xlsx”; use one of text, json, ",
    ),
    "check a.json --show passed": ("--show: 没有“passed”；是否指pass？", "“passed”; did you mean pass?"),
    "check a.json --no-config --config a": ("不能同用", "exclude each other"),
    "check a.json --year 2024": ("--year只用于--roster", "--year is for --roster only"),
    "check a.json --roster none.csv": (
        "无法读取名单：路径不存在；请核对",
        "there is no such path; check the path",
    ),
    "check a.json --waivers none.yaml": (
        "无法读取：路径不存在；请核对",
        "there is no such path; check the path",
    ),
    "check a.json --calendar none.yaml": (
        "无法读取：路径不存在；请核对",
        "there is no such path; check the path",
    ),
    "check a.json --config none.toml": (
        "无法打开：路径不存在；请核对",
        "there is no such path; check the path",
    ),
    "explain none.json 1234": ("无法打开：路径不存在；请核对", "there is no such path; check the path"),
    "calendar count 2024-01-01 0": ("N: 不能是“0”", "N: can't be “0”"),
    "calendar count 2024-01-01 99999999999999999999": ("请写1至100000的整数", "from 1 to 100000"),
    "calendar show x": ("YEAR: 不能是“x”", "YEAR: can't be “x”"),
}


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_command_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "a.json", CLEAN)
    for said, label, language in zip(WRONG[line], ("错误：", "Error: "), ((), ("--lang", "en")), strict=True):
        ran = run(*line.split(), *language)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith(label)
        assert said in ran.err
        assert ran.err.count("\n") == 1


def test_an_option_at_the_end_lacks_its_value(run: Run) -> None:
    assert run("check", "a.json", "--select").err == "错误：--select之后缺少值；请写作--select 值\n"
    ran = run("check", "a.json", "--lang", "en", "--select")
    assert ran.err == "Error: --select lacks its value; write --select VALUE\n"


def test_a_schema_is_one_of_a_few(run: Run) -> None:
    assert "缺少filing|report|ruleset；可用：filing、report、ruleset" in run("schema").err
    assert "不能是“reprt”；是否指report？" in run("schema", "reprt").err


def test_commands_without_a_command_show_their_help(run: Run) -> None:
    for arguments in ((), ("rule",)):
        ran = run(*arguments)
        assert (ran.status, ran.out) == (2, "")
        assert "--help" in ran.err
