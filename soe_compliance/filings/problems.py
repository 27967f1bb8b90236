"""Problems of reading: what could not be read as it stands, where, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum

from soe_compliance.domain.text import Language, Text


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def label(self) -> Text:
        return {
            Level.ERROR: Text("错误", "error"),
            Level.WARNING: Text("警告", "warning"),
            Level.NOTICE: Text("提示", "notice"),
        }[self]


@dataclass(frozen=True)
class Problem:
    """A problem with its place; `text` names what is wrong and the remedy."""

    level: Level
    code: str
    text: Text
    table: str | None = None
    field: str | None = None
    location: str | None = None

    def in_(self, language: Language) -> str:
        return self.text.in_(language)


_CATALOGUE: dict[str, tuple[Level, Text]] = {
    # files
    "file-not-found": (
        Level.ERROR,
        Text("找不到该文件；请核对路径", "there is no such file; check the path"),
    ),
    "file-unreadable": (
        Level.ERROR,
        Text(
            "无法读取：{why}；请用表格软件打开，另存为.xlsx后重新报送",
            "can't be read: {why}; open it in a spreadsheet program, save it as .xlsx and file it again",
        ),
    ),
    "file-inaccessible": (
        Level.ERROR,
        Text(
            "无法打开：{why}；请核对路径和读取权限",
            "can't be opened: {why}; check the path and the right to read it",
        ),
    ),
    "reader-died": (
        Level.ERROR,
        Text(
            "读取时程序异常中止，文件可能已损坏，或所需内存超过上限{limit}字节；请用表格软件打开，另存为.xlsx后重新报送，"
            "确属大文件的用--limit memory_bytes=…放宽",
            "reading it ended the process: it may be damaged, or need more memory than the limit of {limit} bytes; open it "
            "in a spreadsheet program, save it as .xlsx and file it again; for an honest large file, raise "
            "--limit memory_bytes=…",
        ),
    ),
    "reader-too-slow": (
        Level.ERROR,
        Text(
            "读取和检查用时超过上限{limit}秒，已中止；请删除多余内容或拆分后重新报送，确属大文件的用--limit seconds=…放宽",
            "reading and checking it took longer than the limit of {limit} s and was stopped; remove what is not needed, or "
            "split it; for an honest large file, raise --limit seconds=…",
        ),
    ),
    "reader-out-of-memory": (
        Level.ERROR,
        Text(
            "读取和检查所需内存超过上限{limit}字节，已中止；请删除多余内容或拆分后重新报送，确属大文件的用--limit memory_bytes=…放宽",
            "reading and checking it needs more memory than the limit of {limit} bytes and was stopped; remove what is not "
            "needed, or split it; for an honest large file, raise --limit memory_bytes=…",
        ),
    ),
    "file-encrypted": (
        Level.ERROR,
        Text(
            "文件已加密，无法读取；请取消密码后重新报送",
            "the file is encrypted; remove the password and file it again",
        ),
    ),
    "file-too-large": (
        Level.ERROR,
        Text(
            "文件大小{size}字节，超过上限{limit}字节；请拆分后报送",
            "the file has {size} bytes, above the limit of {limit}; split it",
        ),
    ),
    "workbook-too-large": (
        Level.ERROR,
        Text(
            "{what}为{size}，超过上限{limit}；请删除多余内容，或拆分后报送",
            "{what}: {size}, above the limit of {limit}; remove what is not needed, or split it",
        ),
    ),
    "sheet-too-large": (
        Level.ERROR,
        Text(
            "“{sheet}”用到{cell}（{rows}行×{columns}列），超过上限{limit}个单元格；请删除多余行列后重新报送",
            "“{sheet}” reaches to {cell} ({rows} rows x {columns} columns), above the limit of {limit} cells; "
            "delete the rows and columns that are not needed",
        ),
    ),
    "format-unknown": (
        Level.ERROR,
        Text(
            "不是可识别的填报文件（可读.xlsx .xlsm .xls .xlsb .ods .json .jsonl）",
            "not a format that can be read (.xlsx .xlsm .xls .xlsb .ods .json .jsonl)",
        ),
    ),
    "json-invalid": (
        Level.ERROR,
        Text(
            "不是有效的JSON：{why}；请更正后重新报送", "not valid JSON: {why}; correct it and file it again"
        ),
    ),
    "filing-shape": (
        Level.ERROR,
        Text(
            "{where}应为{expected}；请按填报格式更正", "{where} must be {expected}; follow the filing schema"
        ),
    ),
    "not-a-filing": (
        Level.NOTICE,
        Text(
            "不是填报文件（没有“filing”），已跳过",
            "no filing (it has no “filing”), skipped",
        ),
    ),
    "folder-without-filings": (
        Level.ERROR,
        Text(
            "没有填报文件（可读.xlsx .xlsm .xls .xlsb .ods .json .jsonl）；请核对路径",
            "it holds no filing (.xlsx .xlsm .xls .xlsb .ods .json .jsonl); check the path",
        ),
    ),
    "form-unfilled": (
        Level.ERROR,
        Text(
            "是未填写的空白表样：“{title}”和各表都没有数据；请填写后报送",
            "the forms are blank: neither “{title}” nor any table holds data; fill them in and file them",
        ),
    ),
    "header-missing": (
        Level.ERROR,
        Text(
            "缺少“{title}”中的“{header}”（{field}），整份填报无法检查；请补填",
            "“{header}” ({field}) of “{title}” is missing, so the filing can't be checked; fill it in",
        ),
    ),
    "group-name-missing": (
        Level.ERROR,
        Text(
            "缺少“{title}”中的“{header}”（{field}），暂以集团代码代替；请补填",
            "“{header}” ({field}) of “{title}” is missing; the group's code stands for it; fill it in",
        ),
    ),
    "filing-unit-unknown": (
        Level.ERROR,
        Text(
            "金额单位“{text}”无法识别（可用：元、千元、万元、百万元、亿元），整份填报无法检查；请更正",
            "the unit “{text}” is not known (元, 千元, 万元, 百万元, 亿元), so the filing can't be checked; correct it",
        ),
    ),
    "nothing-recognised": (
        Level.ERROR,
        Text(
            "未识别到任何填报表；请使用填报表样，保留工作表名称和表头",
            "no table of the forms was found; use the blank forms and keep their sheet names and headers",
        ),
    ),
    # tables
    "header-row-not-found": (
        Level.ERROR,
        Text(
            "工作表“{sheet}”中找不到“{title}”的表头（需有：{headers}）；请恢复表头",
            "sheet “{sheet}” has no header row of “{title}” (needed: {headers}); restore the header row",
        ),
    ),
    "column-repeated": (
        Level.ERROR,
        Text(
            "表头“{header}”出现不止一次，后一列未采用；请删除重复列",
            "the header “{header}” appears more than once; the later column is not used; remove it",
        ),
    ),
    "table-repeated": (
        Level.ERROR,
        Text(
            "“{title}”出现在不止一个工作表中，工作表“{sheet}”未采用；请合并",
            "“{title}” is on more than one sheet; sheet “{sheet}” is not used; merge them",
        ),
    ),
    "column-unknown": (
        Level.NOTICE,
        Text(
            "列“{header}”不在填报表样内，未采用", "column “{header}” is not part of the forms and is not used"
        ),
    ),
    "sheet-unknown": (
        Level.NOTICE,
        Text(
            "工作表“{sheet}”不在填报表样内，未采用",
            "sheet “{sheet}” is not part of the forms and is not used",
        ),
    ),
    "key-unknown": (
        Level.NOTICE,
        Text("“{key}”不在填报表样内，未采用", "“{key}” is not part of the forms and is not used"),
    ),
    "unit-unknown": (
        Level.ERROR,
        Text(
            "金额单位“{text}”无法识别（可用：元、千元、万元、百万元、亿元），该列金额按未填处理；请更正",
            "the unit “{text}” is not known (元, 千元, 万元, 百万元, 亿元); the column counts as blank; correct it",
        ),
    ),
    "row-unusable": (
        Level.ERROR,
        Text(
            "本行缺少“{header}”（{field}），整行未用于检查；请补填",
            "this row lacks “{header}” ({field}) and is not used; fill it in",
        ),
    ),
    # cells
    "cell-unreadable": (
        Level.ERROR,
        Text(
            "“{header}”填写的“{value}”不是有效的{expected}，按未填处理；请更正",
            "“{header}” holds “{value}”, which is not {expected}; it counts as blank; correct it",
        ),
    ),
    "code-lost-digits": (
        Level.ERROR,
        Text(
            "“{header}”以数字存储（{value}），已丢失精度，按未填处理；请将单元格改为文本后重新填写",
            "“{header}” is stored as a number ({value}) and has lost digits; it counts as blank; store it as text",
        ),
    ),
    # explanations
    "explanation-not-allowed": (
        Level.WARNING,
        Text(
            "问题{written}（{rule}）属{severity}类，不能以说明代替整改，本条说明未采用；请整改，或依规报批例外",
            "finding {written} ({rule}) is of the kind {severity}, which an explanation can't answer; it is not shown: "
            "put it right, or apply for an exception",
        ),
    ),
    "explanation-lapsed": (
        Level.WARNING,
        Text(
            "说明针对的数值“{written}”已不是{rule}现在比较的数值（{now}），本条说明已失效；请核对后重新说明",
            "the explanation speaks of “{written}”, but {rule} now compares {now}; it has lapsed: check and explain anew",
        ),
    ),
    "explanation-unmatched": (
        Level.NOTICE,
        Text(
            "问题{written}在本次检查中没有出现，本条说明未采用；如已整改可删除",
            "finding {written} did not come up in this check, so the explanation is not used; if it is cured, remove it",
        ),
    ),
    "ratio-ambiguous": (
        Level.ERROR,
        Text(
            "“{header}”一列同时有大于1和不大于1的数，{value}是小数（如0.25）还是百分数（如25）无法确定，按未填处理；请统一格式，或在表头注明（%）",
            "column “{header}” holds numbers above 1 and up to 1, so {value} may be a share or a percentage; "
            "it counts as blank; use one of the two, or write (%) in the header",
        ),
    ),
}


def problem(
    code: str,
    *,
    table: str | None = None,
    field: str | None = None,
    location: str | None = None,
    **values: object,
) -> Problem:
    """A problem of the catalogue, its text filled in."""
    level, text = _CATALOGUE[code]
    return Problem(level, code, text.format(**values, field=field), table, field, location)
