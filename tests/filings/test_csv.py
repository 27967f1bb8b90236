"""CSV folders: one filing, a file a table, whatever the encoding; its places name file, line and field."""

import hashlib
from pathlib import Path

import pytest

from soe_compliance.filings.batch import batch_of
from soe_compliance.filings.discover import FoundFile, discover
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.problems import Level
from soe_compliance.filings.reading import read_file
from tests.filings.filed import codes, column, places

HEADER = (
    "集团统一社会信用代码,91150000MA0N000000\n集团名称,样例集团\n填报年度,2024\n数据截止日,2024年3月31日\n"
)
GUARANTEES = '担保编号,担保人代码,被担保人代码,担保余额（亿元）\n1,A,B,"1,234.5"\n"2",A,C,3\n'


def write(folder: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / f"{name}.csv").write_bytes(data)
    return folder


def read(folder: Path) -> Filing:
    [filing] = read_file(FoundFile(str(folder)))
    assert isinstance(filing, Filing), [(found.code, found.location) for found in filing.problems]
    return filing


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("names", [("filing", "guarantees"), ("填报信息", "担保台账")])
def test_every_encoding_says_the_same(tmp_path: Path, encoding: str, names: tuple[str, str]) -> None:
    files = dict(zip(names, (HEADER.encode(encoding), GUARANTEES.encode(encoding)), strict=True))
    filing = read(write(tmp_path, **files))
    assert codes(filing) == []
    assert (filing.group_code, filing.group_name, filing.year) == ("91150000MA0N000000", "样例集团", 2024)
    batch = batch_of([filing])
    assert batch.tables["guarantees"].values("balance").tolist() == [12345 * 10**9, 3 * 10**10]
    assert filing.tables["guarantees"].place(1, "balance") == f"{names[1]}.csv:3:balance"
    assert filing.header.place(0, "year") == f"{names[0]}.csv:3:year"


@pytest.mark.parametrize(
    "names",
    [("FILING.CSV", "GUARANTEES.CSV"), ("填报信息.CSV", "担保台账.CSV"), ("Filing.Csv", "担保台账.csv")],
)
def test_names_may_be_in_capitals(tmp_path: Path, names: tuple[str, str]) -> None:
    for name, content in zip(names, (HEADER, GUARANTEES), strict=True):
        (tmp_path / name).write_text(content, encoding="utf-8")
    assert [file.path for file in discover([str(tmp_path)])] == [str(tmp_path)]
    filing = read(tmp_path)
    assert codes(filing) == []
    assert filing.tables["guarantees"].place(1, "balance") == f"{names[1]}:3:balance"


@pytest.mark.parametrize(
    "header",
    [
        "group_code,P\ngroup_name,甲\nyear,2024\nreference_date,2024-03-31\n",
        "group_code,group_name,year,reference_date\nP,甲,2024,2024-03-31\n",
        "集团统一社会信用代码,集团名称,填报年度,数据截止日\nP,甲,2024,2024-03-31\n",
        "key,value\ngroup_code,P\ngroup_name,甲\nyear,2024\nreference_date,2024-03-31\n",
    ],
)
def test_the_filings_own_fields_either_way(tmp_path: Path, header: str) -> None:
    filing = read(write(tmp_path, filing=header, entities="code,name\nA,甲公司\n"))
    assert (filing.group_code, filing.year) == ("P", 2024)
    assert column(filing, "entities", "name") == ["甲公司"]


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    rows = 'id,guarantor_code,beneficiary_code,balance,creditor\n\n1,A,B,2,"甲\n乙"\n2,A,B,abc,丙\n'
    filing = read(write(tmp_path, filing=HEADER, guarantees=rows))
    [found] = batch_of([filing]).problems[0]
    assert (found.code, found.location) == ("cell-unreadable", "guarantees.csv:5:balance")


def test_other_columns_and_files_are_mentioned(tmp_path: Path) -> None:
    rows = "id,guarantor_code,beneficiary_code,balance,其他\n1,A,B,2,x\n"
    filing = read(write(tmp_path, filing=HEADER, guarantees=rows, 担保台账=GUARANTEES, other="a\n"))
    assert places(filing, "column-unknown") == ["guarantees.csv:1:E"]
    assert places(filing, "csv-unknown") == ["other.csv"]
    assert places(filing, "table-repeated") == ["担保台账.csv"]


def test_rows_that_are_cut_short_are_mentioned_and_blank_ends_are_not(tmp_path: Path) -> None:
    rows = "id,guarantor_code,beneficiary_code,balance\n1,A,B\n2,A,B,3,,\n3,A,B,4\n"
    assert places(read(write(tmp_path, filing=HEADER, guarantees=rows)), "row-too-short") == [
        "guarantees.csv:2"
    ]


def test_the_digest_is_over_the_sorted_names_and_digests(tmp_path: Path) -> None:
    filing = read(write(tmp_path, guarantees=GUARANTEES, filing=HEADER))
    lines = "".join(
        f"{hashlib.sha256(text.encode()).hexdigest()}  {name}.csv\n"
        for name, text in (("filing", HEADER), ("guarantees", GUARANTEES))
    )
    assert filing.digest == f"sha256:{hashlib.sha256(lines.encode()).hexdigest()}"


def test_a_search_finds_csv_folders_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    write(tmp_path / "a", filing=HEADER, guarantees=GUARANTEES)
    write(tmp_path / "b", guarantees=GUARANTEES)
    (tmp_path / "a" / "note.docx").touch()
    (tmp_path / ".hidden").touch()
    found = discover([str(tmp_path)])
    assert [(Path(file.path).name, file.skipped and file.skipped.code) for file in found] == [
        ("a", None),
        ("note.docx", "ending-unknown"),
        ("guarantees.csv", "csv-outside"),
        (tmp_path.name, "housekeeping-skipped"),
    ]
    assert discover([str(tmp_path / "a")])[0] == FoundFile(str(tmp_path / "a"))


def test_gb18030_with_no_header_of_the_forms_own(tmp_path: Path) -> None:
    """Headers that offices write instead say as well that the encoding is the right one, be they written with blanks."""
    debts = "贷款合同编号,融资主体代码,贷款人,借款 余额,融资到期日,是否为政府融资,偿债来源\n1,A,甲银行,1,2025-01-01,否,营业收入\n"
    filing = read(write(tmp_path, filing=HEADER.encode("gb18030"), debts=debts.encode("gb18030")))
    assert codes(filing) == []
    assert column(filing, "debts", "lender") == ["甲银行"]


@pytest.mark.parametrize(
    "name", ["担保台账", "对外担保情况", "附件3 担保台账", "担保台账2024", "2024年担保情况表"]
)
def test_a_file_is_named_as_a_sheet_may_be(tmp_path: Path, name: str) -> None:
    filing = read(write(tmp_path, filing=HEADER, **{name: GUARANTEES}))
    assert codes(filing) == []
    assert filing.tables["guarantees"].place(1, "balance") == f"{name}.csv:3:balance"


def test_the_file_named_by_key_or_title_goes_before_others(tmp_path: Path) -> None:
    filing = read(write(tmp_path, filing=HEADER, guarantees=GUARANTEES, **{"2024担保台账": GUARANTEES}))
    assert places(filing, "table-repeated") == ["2024担保台账.csv"]
    other = tmp_path / "other"
    other.mkdir()
    filing = read(write(other, filing=HEADER, 担保情况2023=GUARANTEES, 担保情况2024=GUARANTEES))
    assert places(filing, "table-repeated") == ["担保情况2023.csv"]


def test_what_is_not_taken_is_more_than_a_notice(tmp_path: Path) -> None:
    files = {"guarantee": GUARANTEES, "担保台账（备份）": GUARANTEES, "担保台账（样例）": GUARANTEES}
    filing = read(write(tmp_path, filing=HEADER, entities="code,name\nA,甲\n", **files))
    assert "guarantees" not in filing.tables
    assert [(found.level, found.code, found.location) for found in filing.problems] == [
        (Level.WARNING, "csv-unknown", "guarantee.csv"),
        (Level.WARNING, "csv-set-aside", "担保台账（备份）.csv"),
        (Level.WARNING, "csv-set-aside", "担保台账（样例）.csv"),
    ]


def test_a_text_that_a_spreadsheet_kept_from_being_a_number(tmp_path: Path) -> None:
    rows = 'code,name\n="0012",甲\n"=""0013""",乙\n="a""b",丙\n=0014,丁\n'
    filing = read(write(tmp_path, filing=HEADER, entities=rows))
    assert column(filing, "entities", "code") == ["0012", "0013", 'a"b', "=0014"]


@pytest.mark.parametrize(("mark", "zh"), [(";", "分号"), ("\t", "制表符"), ("|", "竖线")])
@pytest.mark.parametrize("before", ["", "担保台账\n", "sep=x\n"])
def test_columns_that_are_separated_otherwise_are_told_from_a_lack_of_headers(
    tmp_path: Path, mark: str, zh: str, before: str
) -> None:
    text = before + "担保编号,担保人代码,被担保人代码\n1,A,B\n".replace(",", mark)
    [unreadable] = read_file(FoundFile(str(write(tmp_path, filing=HEADER, 担保台账=text))))
    [found] = unreadable.problems
    assert (found.code, found.location) == ("csv-invalid", f"担保台账.csv:{2 if before else 1}")
    assert f"各列以{zh}分隔" in found.text.zh


def test_a_text_with_such_a_mark_is_no_other_separator(tmp_path: Path) -> None:
    rows = "单位：万元；截至一季度\n担保编号;说明\ncode,name\nA,甲；乙\n"
    assert codes(read(write(tmp_path, filing=HEADER, entities=rows))) == []


def test_a_file_alone_is_answered_with_its_folder(tmp_path: Path) -> None:
    write(tmp_path, filing=HEADER)
    [unreadable] = read_file(FoundFile(str(tmp_path / "filing.csv")))
    assert [found.code for found in unreadable.problems] == ["csv-alone"]
