"""Problems of reading: what could not be read as it stands, where, and what to do about it."""

from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from soe_compliance.domain.errors import UserError
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


class Problem(Struct, frozen=True):
    """A problem with its place; `text` names what is wrong and the remedy."""

    level: Level
    code: str
    text: Text
    table: str | None = None
    field: str | None = None
    location: str | None = None

    def in_(self, language: Language) -> str:
        return self.text.in_(language)


PROGRAM_DEFECT = "program-defect"
"""The code of a problem that is none of the filing."""

OWN_REPORT = "own-report"
"""The code of a workbook that is a report of this program."""

CATALOGUE: dict[str, tuple[Level, Text]] = {
    # the program
    PROGRAM_DEFECT: (
        Level.ERROR,
        Text(
            "程序在读取或检查这份文件时出错，是程序的缺陷，不是填报的问题（{what}）；其他文件照常检查；请将本条连同该文件报告程序的开发者",
            "the program failed over this file, by a defect of its own and no fault of the filing ({what}); the other files "
            "are checked; report this to its developers, with the file",
        ),
    ),
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
    "file-not-regular": (
        Level.ERROR,
        Text(
            "不是普通文件（文件夹、管道、设备或套接字），未读；请给出文件本身，标准输入请用“-”",
            "it is no regular file (a folder, pipe, device or socket) and is not read; name the file itself, or - for "
            "standard input",
        ),
    ),
    "encoding-unknown": (
        Level.ERROR,
        Text(
            "编码无法确定（可读UTF-8、UTF-16、GB18030）；请另存为UTF-8编码的CSV后重新报送",
            "its encoding can't be told (UTF-8, UTF-16 and GB18030 can be read); save it as CSV in UTF-8 and file it again",
        ),
    ),
    "csv-invalid": (
        Level.ERROR,
        Text("不是有效的CSV：{why}；请更正后重新报送", "not valid CSV: {why}; correct it and file it again"),
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
    "sheet-of-faults": (
        Level.ERROR,
        Text(
            "工作表“{sheet}”中有错误值或无计算结果的单元格超过上限{limit}个；请删除多余的公式后重新报送",
            "sheet “{sheet}” has more cells with errors or without results than the limit of {limit}; delete the formulas "
            "that are not needed",
        ),
    ),
    "format-unknown": (
        Level.ERROR,
        Text(
            "不是可识别的填报文件（可读.xlsx .xlsm .xls .xlsb .ods .et .json .jsonl和CSV文件夹）",
            "not a format that can be read (.xlsx .xlsm .xls .xlsb .ods .et .json .jsonl, CSV folders)",
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
    "own-report-skipped": (
        Level.NOTICE,
        Text(
            "是本程序生成的报告，不是填报，已跳过",
            "a report of this program and no filing, skipped",
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
            "没有填报文件（可读.xlsx .xlsm .xls .xlsb .ods .et .json .jsonl和CSV文件夹）；请核对路径",
            "it holds no filing (.xlsx .xlsm .xls .xlsb .ods .et .json .jsonl, CSV folders); check the path",
        ),
    ),
    "ending-unknown": (
        Level.NOTICE,
        Text(
            "不是可读的格式，已跳过；如为填报数据，请另存为.xlsx",
            "not in a format that is read, skipped; if it is a filing, save it as .xlsx",
        ),
    ),
    "csv-outside": (
        Level.NOTICE,
        Text(
            "所在文件夹没有filing.csv或填报信息.csv，已跳过；如为填报数据，请补上该文件",
            "its folder has no filing.csv or 填报信息.csv, skipped; if it is part of a filing, add that file",
        ),
    ),
    "csv-unknown": (
        Level.WARNING,
        Text(
            "“{name}”不以填报表的键名或标题命名，未采用；如为填报数据，请改用表的键名或标题作文件名，否则请移出文件夹",
            "“{name}” is not named after a table of the forms and is not used; if it is part of the filing, name it by the "
            "key or the title of its table, else take it out of the folder",
        ),
    ),
    "csv-set-aside": (
        Level.WARNING,
        Text(
            "“{name}”的名称表明它是旧表、备份、作废表或样例，未采用；如为正式填报内容，请以“{title}”作文件名，否则请移出文件夹",
            "by its name “{name}” is old, a copy, void or an example, and is not used; if it is to be filed, name it “{title}”, "
            "else take it out of the folder",
        ),
    ),
    "csv-alone": (
        Level.ERROR,
        Text(
            "单个CSV文件不是一份填报；请给出它所在的文件夹，其中须有filing.csv或填报信息.csv",
            "one CSV file is no filing; name its folder, which must hold filing.csv or 填报信息.csv",
        ),
    ),
    "link-skipped": (
        Level.NOTICE,
        Text(
            "是符号链接，已跳过；需要时请直接给出所指的文件",
            "a symbolic link, skipped; name the file that it points to",
        ),
    ),
    "special-skipped": (
        Level.NOTICE,
        Text(
            "不是普通文件（管道、设备或套接字），已跳过",
            "no regular file (a pipe, device or socket), skipped",
        ),
    ),
    "folder-named-as-file": (
        Level.NOTICE,
        Text(
            "是空文件夹，不是文件，已跳过；如应有填报文件，请重新放入",
            "an empty folder and no file, skipped; if a filing was to be there, put it in again",
        ),
    ),
    "housekeeping-skipped": (
        Level.NOTICE,
        Text(
            "其中{count}个临时文件、隐藏文件或系统文件（~$、点文件、Thumbs.db）已跳过",
            "{count} temporary, hidden or system files in it (~$, dotfiles, Thumbs.db) skipped",
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
    OWN_REPORT: (
        Level.ERROR,
        Text(
            "是本程序生成的报告，不是填报；请给出填报文件",
            "this is a report of this program and no filing; name the filing",
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
    "column-missing": (
        Level.ERROR,
        Text(
            "第{row}行的表头缺少“{title}”必须有的列：{headers}，整张表未采用；请补上这些列（只填名称不能确定是哪一户企业、哪一个项目）",
            "the header in row {row} lacks columns that “{title}” can't do without: {headers}; the whole sheet is not used; "
            "add them (a name alone does not say which firm or project is meant)",
        ),
    ),
    "column-repeated": (
        Level.ERROR,
        Text(
            "表头“{header}”出现不止一次，后一列未采用；请删除重复列",
            "the header “{header}” appears more than once; the later column is not used; remove it",
        ),
    ),
    "column-ambiguous": (
        Level.ERROR,
        Text(
            "“{header}”和另一列都可能是“{meant}”，无法确定，均按未填处理；请只保留一列，或将其表头改为“{meant}”",
            "“{header}” and another column may both be “{meant}”; neither is used; keep one, or name it “{meant}”",
        ),
    ),
    "headers-disagree": (
        Level.ERROR,
        Text(
            "上下两行表头不一致（“{one}”和“{other}”），该列按未填处理；请只保留一行表头",
            "two rows of headers disagree (“{one}” and “{other}”); the column counts as blank; keep one of them",
        ),
    ),
    "headers-disagree-required": (
        Level.ERROR,
        Text(
            "上下两行表头不一致（“{one}”和“{other}”），该列按“{one}”读取；请核对，并只保留一行表头",
            "two rows of headers disagree (“{one}” and “{other}”); the column is read as “{one}”; check it and keep one",
        ),
    ),
    "amount-merged": (
        Level.ERROR,
        Text(
            "“{header}”为第{rows}行的合并单元格，无法确定各行的数，均按未填处理；请取消合并，逐行填写",
            "“{header}” is one merged cell for rows {rows}, so the number of each row can't be told; they count as "
            "blank; unmerge it and fill in each row",
        ),
    ),
    "cells-covered": (
        Level.ERROR,
        Text(
            "“{header}”有{count}格被合并单元格{by}盖住，看不到其中所存的内容（“{value}”等），按未填处理；请取消合并，逐格填写",
            "{count} cells of “{header}” lie under the merged cell {by}, where what they hold (“{value}” and so on) can't be seen; "
            "they count as blank; unmerge and fill in cell by cell",
        ),
    ),
    "template-tag": (
        Level.ERROR,
        Text(
            "单元格中留有模板标记“{text}”，表样尚未填写；请填写后重新报送",
            "the cell holds “{text}”, a tag of the template: the form was not filled in; fill it in",
        ),
    ),
    "form-unfilled": (
        Level.ERROR,
        Text(
            "表样尚未填写：各表都没有数据；请填写后重新报送",
            "the form was not filled in: no table has any data; fill it in and file it again",
        ),
    ),
    "no-data-rows": (
        Level.ERROR,
        Text(
            "未识别到数据：各表都没有数据行；请核对是否填写在表头下方",
            "no data was found: no table has a row of it; check that it stands below the headers",
        ),
    ),
    "rows-of-formulas": (
        Level.WARNING,
        Text(
            "第{rows}行只有向下多填的公式（结果为#N/A，或另有0），没有填写任何内容，不作为数据；如应有数据请更正公式，否则请删除这些行",
            "rows {rows} hold nothing but formulas filled down too far (their results are #N/A, and 0 beside) and are no data; where "
            "there should be data correct the formulas, else delete the rows",
        ),
    ),
    "row-of-day": (
        Level.NOTICE,
        Text(
            "第{row}行在数据下方，只有日期（或签字人和日期），按落款处理，不作为数据；如为数据请填全本行",
            "row {row}, below the data, holds nothing but a date, or who signs and a date, which is taken for the signing and is no "
            "data; if it is data fill the row in",
        ),
    ),
    "row-example": (
        Level.WARNING,
        Text(
            "第{row}行标为示例，未采用；其中的代码已填写，如为填报数据请去掉“示例”等字样，否则请删除本行",
            "row {row} is marked as an example and is not used; its codes are filled in: if it is data take out the word for an "
            "example, else delete the row",
        ),
    ),
    "rows-void": (
        Level.ERROR,
        Text(
            "第{rows}行注明“{text}”，不能确定是否仍有效，“{header}”按未填处理；确已作废的请删除整行，仍有效的请删除该字样，然后重新报送",
            "rows {rows} say “{text}”, so that it can't be told whether they hold; “{header}” counts as blank; delete rows that are "
            "void, remove these words where a row holds, and file again",
        ),
    ),
    "rows-struck": (
        Level.ERROR,
        Text(
            "第{rows}行整行带删除线，不能确定是否仍有效，“{header}”按未填处理；确已删除的请删除整行，仍有效的请取消删除线，然后重新报送",
            "rows {rows} are struck through, so that it can't be told whether they hold; “{header}” counts as blank; delete rows that "
            "are void, remove the strikethrough where a row holds, and file again",
        ),
    ),
    "cells-struck": (
        Level.ERROR,
        Text(
            "“{header}”有{count}格（第{rows}行）的内容全部或部分带删除线，按未填处理；请删除带删除线的内容，只保留有效的内容",
            "what {count} cells of “{header}” (rows {rows}) hold is struck through, all or some of it; they count as blank; delete what "
            "is struck and leave what holds",
        ),
    ),
    "rows-above-header": (
        Level.ERROR,
        Text(
            "第{rows}行在表头上方，未采用；如为本表数据请移到表头下方，否则请删除",
            "rows {rows} stand above the header and are not used; if they are data of this table move them below it, else delete them",
        ),
    ),
    "rows-beyond-gap": (
        Level.NOTICE,
        Text(
            "第{row}行在多个空行之后，仍按数据读取；如不属于本表请删除",
            "row {row} stands below many empty rows and is read as data; remove it if it is none of this table",
        ),
    ),
    "rows-beyond-notes": (
        Level.NOTICE,
        Text(
            "第{row}行在表注之后，仍按数据读取；如不属于本表请删除",
            "row {row} stands below the notes and is read as data; remove it if it is none of this table",
        ),
    ),
    "other-table-below": (
        Level.ERROR,
        Text(
            "第{row}行起是另一张表，未采用；请将另一张表移到单独的工作表",
            "another table begins in row {row} and is not used; put it on a sheet of its own",
        ),
    ),
    "other-table-beside": (
        Level.ERROR,
        Text(
            "空列右侧的{letters}列起是另一张表，未采用；请将另一张表移到单独的工作表，如属于本表请删除空列",
            "another table begins in column {letters}, behind an empty column, and is not used; put it on a sheet of its own, or "
            "delete the empty column if it belongs to this table",
        ),
    ),
    "total-differs": (
        Level.WARNING,
        Text(
            "“{header}”合计填{stated}，各行相加为{added}，相差{difference}；请核对",
            "the total of “{header}” is stated as {stated}; its rows add up to {added}, a difference of {difference}; "
            "check it",
        ),
    ),
    "table-repeated": (
        Level.ERROR,
        Text(
            "“{title}”出现在不止一个工作表中，工作表“{sheet}”未采用；请合并，或删除不属于本期的",
            "“{title}” is on more than one sheet; sheet “{sheet}” is not used; merge them, or delete what is of another period",
        ),
    ),
    "sheets-joined": (
        Level.NOTICE,
        Text(
            "“{title}”按年度或季度分在{count}个工作表中（{sheets}），已作为一张表读取",
            "“{title}” stands on {count} sheets, one a year or quarter ({sheets}); they were read as one table",
        ),
    ),
    "sheets-not-joined": (
        Level.ERROR,
        Text(
            "“{title}”按年度或季度分在几个工作表中，其中“{sheet}”不能采用，整张表未采用；请更正该工作表",
            "“{title}” stands on several sheets, one a year or quarter, of which “{sheet}” can't be used; so the whole "
            "table is not used; correct that sheet",
        ),
    ),
    "period-of-sheet": (
        Level.NOTICE,
        Text(
            "工作表“{sheet}”有{count}行没有填写“{header}”，按工作表名称取{value}",
            "{count} rows of sheet “{sheet}” state no “{header}”; by the sheet's name it is {value}",
        ),
    ),
    "period-disagrees": (
        Level.ERROR,
        Text(
            "“{header}”填写的{value}与工作表名称“{sheet}”不一致，按未填处理；请更正，或将本行移到相应的工作表",
            "“{header}” is {value}, which is not what the name of sheet “{sheet}” says; it counts as blank; correct it, or "
            "move the row to the sheet that it belongs on",
        ),
    ),
    "column-qualified": (
        Level.WARNING,
        Text(
            "列“{header}”未采用：括号内的文字可能使它不是“{meant}”，而本表没有其他“{meant}”列；如就是该列，请将表头改为“{meant}”，金额单位仍可写在括号内",
            "column “{header}” is not used: the words in brackets may make it another than “{meant}”, of which there is no "
            "other column; if it is that, name it “{meant}”; a unit of amounts may stay in brackets",
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
    "sheet-untold": (
        Level.ERROR,
        Text(
            "工作表“{sheet}”中有{titles}的表头，不能确定是其中哪一张表，或有几张表在一个工作表中，未采用；请每张表一个工作表，以表样名称命名",
            "sheet “{sheet}” has headers of {titles}: it can't be told which of them it is, or several tables stand on it; they are not "
            "used: put each table on a sheet of its own, named as in the forms",
        ),
    ),
    "sheet-set-aside": (
        Level.WARNING,
        Text(
            "工作表“{sheet}”的名称表明它是旧表、备份、作废表或样例，未采用；如为正式填报内容，请改用表样名称“{title}”，否则请删除",
            "by its name sheet “{sheet}” is old, a copy, void or an example, and is not used; if it is to be filed, name it "
            "“{title}” as the forms do, else delete it",
        ),
    ),
    "sheet-hidden": (
        Level.WARNING,
        Text(
            "工作表“{sheet}”是隐藏的，已照常读取和检查；请取消隐藏并核对，不属于填报内容的请删除",
            "sheet “{sheet}” is hidden; it was read and checked all the same; if it is not part of the filing, delete it",
        ),
    ),
    "sheet-hidden-unused": (
        Level.NOTICE,
        Text(
            "隐藏的工作表“{sheet}”不在填报表样内，未采用；如含填报内容，请取消隐藏并改用表样名称",
            "hidden sheet “{sheet}” is not part of the forms and is not used; if it holds data to be filed, show it and "
            "name it as the forms do",
        ),
    ),
    "sheet-not-a-table": (
        Level.ERROR,
        Text(
            "“{sheet}”是图表或宏表，不是工作表，未采用；请将数据放入同名的普通工作表",
            "“{sheet}” is a chart or macro sheet and is not used; put the data on a worksheet of that name",
        ),
    ),
    "sheet-macro": (
        Level.WARNING,
        Text(
            "“{sheet}”是Excel 4.0宏表，未读取，宏也不会运行；填报内容不在宏表中，请删除该表，另存后重新报送",
            "“{sheet}” is an Excel 4.0 macro sheet; it is not read and its macros are not run; nothing of the forms belongs "
            "on it: delete it, save the workbook and file it again",
        ),
    ),
    "formulas-not-told": (
        Level.NOTICE,
        Text(
            "这种格式看不出公式有没有计算结果、是否引用其他工作簿；如有公式请核对，或另存为.xlsx后报送",
            "in this format it can't be told whether formulas have stored results or refer to other workbooks; where there "
            "are formulas check them, or save it as .xlsx",
        ),
    ),
    "columns-hidden": (
        Level.NOTICE,
        Text(
            "工作表“{sheet}”的列{headers}被隐藏，已照常读取和检查",
            "columns {headers} of sheet “{sheet}” are hidden; they were read and checked all the same",
        ),
    ),
    "format-conditional": (
        Level.WARNING,
        Text(
            "{range}的条件格式以“{format}”显示，看到的可能不是所存的内容；已按所存的内容读取，请删除该条件格式并核对",
            "the conditional format of {range} shows “{format}”, so that something else may be seen than is stored; what is stored "
            "was read: delete that format and check the cells",
        ),
    ),
    "rows-hidden": (
        Level.NOTICE,
        Text(
            "工作表“{sheet}”有{count}行被隐藏或筛选掉，已照常读取和检查",
            "{count} rows of sheet “{sheet}” are hidden or filtered out; they were read and checked all the same",
        ),
    ),
    "table-unknown": (
        Level.WARNING,
        Text(
            "“{key}”不是表的键名，其下各行未采用；如为填报数据请改用键名（{known}），否则请删除",
            "“{key}” is not the key of a table, so its rows are not used; if they are part of the filing use the table's key "
            "({known}), else remove them",
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
    "unit-unknown-in-row": (
        Level.ERROR,
        Text(
            "本行金额单位“{text}”无法识别（可用：元、千元、万元、百万元、亿元），“{header}”按未填处理；请更正",
            "the row's unit “{text}” is not known (元, 千元, 万元, 百万元, 亿元); “{header}” counts as blank; correct it",
        ),
    ),
    "units-disagree": (
        Level.ERROR,
        Text(
            "本行金额单位为“{text}”，表头或单位行为“{other}”，两者不一致，“{header}”按未填处理；请统一",
            "the row's unit is “{text}”, the header or unit line says “{other}”; “{header}” counts as blank; agree on one",
        ),
    ),
    "unit-changes": (
        Level.ERROR,
        Text(
            "第{number}行的单位“{text}”与上方的单位不一致，其下各行的“{header}”按未填处理；请统一单位",
            "the unit “{text}” in row {number} is not the one above; “{header}” counts as blank in the rows below it; use one unit",
        ),
    ),
    "currency-foreign": (
        Level.ERROR,
        Text(
            "本行币种为“{text}”，“{header}”不是人民币金额，按未填处理；请折算成人民币填写，并在表头注明（人民币…元）",
            "the row's currency is “{text}”, so “{header}” is no amount in renminbi; it counts as blank; convert it, and say "
            "so in the header (人民币…元)",
        ),
    ),
    "format-unit-disagrees": (
        Level.ERROR,
        Text(
            "“{header}”有{count}格（第{rows}行）的数字格式为“{format}”，显示的单位为“{text}”，表头、单位行或本行的单位为“{other}”，"
            "两者金额不一致，按未填处理；请统一单位，或改用不带单位的数字格式",
            "the number format “{format}” of “{header}” (cells: {count}, rows: {rows}) shows “{text}”, where header, unit line or "
            "row say “{other}”; the amounts differ, so they count as blank; agree on one unit, or use a number format without one",
        ),
    ),
    "format-foreign": (
        Level.ERROR,
        Text(
            "“{header}”有{count}格（第{rows}行）的数字格式为“{format}”，是外币，不是人民币金额，按未填处理；请折算成人民币填写，并改用不带"
            "外币的数字格式",
            "the number format “{format}” of “{header}” (cells: {count}, rows: {rows}) is of another currency, so these are no "
            "amounts in renminbi; they count as blank; convert them, and use a number format without a currency",
        ),
    ),
    "format-untold": (
        Level.ERROR,
        Text(
            "“{header}”有{count}格（第{rows}行）的数字格式为“{format}”，看到的数与存储的数不同，无法确定所指的数，按未填处理；请改用"
            "常规数字格式，金额单位写在表头",
            "with the number format “{format}” of “{header}” (cells: {count}, rows: {rows}) another number is seen than is stored, "
            "and which is meant can't be told; they count as blank; use a common number format, and put the unit of amounts in "
            "the header",
        ),
    ),
    "format-other": (
        Level.ERROR,
        Text(
            "“{header}”有{count}格（第{rows}行）的数字格式为“{format}”，显示的是格式中的文字，与所存的内容不同，按未填处理；请改用常规、文本"
            "或日期格式，并核对内容",
            "the number format “{format}” of “{header}” (cells: {count}, rows: {rows}) shows words of its own in place of what is "
            "stored; they count as blank; use a common format, of texts or of dates, and check what the cells hold",
        ),
    ),
    "unit-below": (
        Level.WARNING,
        Text(
            "表下方的单位“{text}”未采用，金额按表头、表上方的单位行或“填报信息”的单位读取；请核对，并将单位写在表头上方",
            "the unit “{text}” below the table is not used: amounts are read in that of their header, of the unit line above "
            "the table or of 填报信息; check it, and put the unit above the header",
        ),
    ),
    "unit-afloat": (
        Level.WARNING,
        Text(
            "工作表“{sheet}”的文本框或页眉页脚中写有“{text}”，未采用，金额按单元格中的单位或“填报信息”的单位读取，两者不同；请核对，并将单位写在表头上方的单元格中",
            "a text box or the head or foot of the pages of sheet “{sheet}” says “{text}”, which is not used: amounts are read in the "
            "unit that cells or 填报信息 state, which is another; check it, and put the unit in a cell above the header",
        ),
    ),
    "row-unusable": (
        Level.ERROR,
        Text(
            "本行缺少“{header}”（{field}），整行未用于检查；请补填",
            "this row lacks “{header}” ({field}) and is not used; fill it in",
        ),
    ),
    "rows-unusable": (
        Level.ERROR,
        Text(
            "另有{count}行（{rows}）缺少“{header}”（{field}），均未用于检查；请补填",
            "{count} more rows ({rows}) lack “{header}” ({field}) and are not used; fill them in",
        ),
    ),
    "row-too-long": (
        Level.ERROR,
        Text(
            "本行有{size}格，表头只有{limit}格，各列可能错位；请给含逗号的内容加引号，或删除多余的格",
            "the row has {size} cells and the header {limit}, so columns may be shifted; quote what holds commas, or remove "
            "the surplus",
        ),
    ),
    "row-too-short": (
        Level.WARNING,
        Text(
            "本行只有{size}格，表头有{limit}格，其余按未填处理；请核对是否缺少逗号",
            "the row has {size} cells and the header {limit}; the others count as blank; check that no comma is missing",
        ),
    ),
    # cells
    "cell-error": (
        Level.ERROR,
        Text(
            "“{header}”为错误值{value}，按未填处理；请更正公式，或直接填写",
            "“{header}” shows the error {value}; it counts as blank; correct the formula, or type the value in",
        ),
    ),
    "cells-error": (
        Level.ERROR,
        Text(
            "“{header}”另有{count}格为错误值（{rows}），均按未填处理；请更正公式，或直接填写",
            "{count} more cells of “{header}” show errors ({rows}); they count as blank; correct the formulas, or type the "
            "values in",
        ),
    ),
    "formula-without-value": (
        Level.ERROR,
        Text(
            "“{header}”的公式（{value}）没有保存计算结果，按未填处理；请用表格软件打开，重新计算并保存",
            "the formula of “{header}” ({value}) has no stored result; it counts as blank; open the file in a spreadsheet "
            "program, recalculate and save it",
        ),
    ),
    "formulas-without-value": (
        Level.ERROR,
        Text(
            "“{header}”的公式另有{count}格没有保存计算结果（{rows}），均按未填处理；请用表格软件打开，重新计算并保存",
            "{count} more formulas of “{header}” have no stored result ({rows}); they count as blank; open the file in a "
            "spreadsheet program, recalculate and save it",
        ),
    ),
    "formula-external": (
        Level.WARNING,
        Text(
            "“{header}”自此格起有{count}格的公式引用其他工作簿，采用文件中保存的结果；请核对，并改填数值",
            "from here on {count} cells of “{header}” have formulas that refer to other workbooks; the stored results are "
            "used; check them, and type the values in",
        ),
    ),
    "cell-unreadable": (
        Level.ERROR,
        Text(
            "“{header}”填写的“{value}”不是有效的{expected}，按未填处理；请更正",
            "“{header}” holds “{value}”, which is not {expected}; it counts as blank; correct it",
        ),
    ),
    "cells-unreadable": (
        Level.ERROR,
        Text(
            "“{header}”另有{count}格（{rows}）填写的不是有效的{expected}，均按未填处理；请更正",
            "“{header}” holds what is not {expected} in {count} more of its cells ({rows}), which count as blank; correct them",
        ),
    ),
    "code-lost-digits": (
        Level.ERROR,
        Text(
            "“{header}”以数字存储（{value}），已丢失精度，按未填处理；请将单元格改为文本后重新填写",
            "“{header}” is stored as a number ({value}) and has lost digits; it counts as blank; store it as text",
        ),
    ),
    "codes-lost-digits": (
        Level.ERROR,
        Text(
            "“{header}”另有{count}格（{rows}）以数字存储，已丢失精度，均按未填处理；请将单元格改为文本后重新填写",
            "“{header}” is stored as a number and has lost digits in {count} more of its cells ({rows}), which count as blank; "
            "store them as text",
        ),
    ),
    # exceptions
    "exception-rule-unknown": (
        Level.WARNING,
        Text(
            "例外批准的规则编号“{rule}”不在规则集内，本行未采用；请按检查结果中的规则编号更正",
            "the exception is of a rule “{rule}”, which the ruleset does not have, and is not used; correct it",
        ),
    ),
    "exception-unmatched": (
        Level.WARNING,
        Text(
            "例外批准的对象“{subject}”不是违反{rule}的对象，本行未采用；请核对对象编号（检查结果“对象”一行的代码或编号），该对象已符合规定的不必更正",
            "the exception is for “{subject}”, which does not break {rule} as another subject does, and is not used; "
            "check it against the identifier in the finding; if the subject complies by now, nothing is to be done",
        ),
    ),
    # explanations
    "explanation-not-allowed": (
        Level.WARNING,
        Text(
            "问题{written}（{rule}）属{severity}类，不能以说明代替整改，本条说明未采用；请整改，填报有误的请更正",
            "finding {written} ({rule}) is of the kind {severity}, which an explanation can't answer; it is not shown: "
            "put it right, or correct what was filed where it is wrong",
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
"""Every problem by its code: its level and text."""

_OF_UNUSED_TABLES = frozenset(
    {"header-row-not-found", "column-missing", "sheet-not-a-table", "sheets-not-joined", "sheet-untold"}
)
_OF_UNUSED_ROWS = frozenset({"table-repeated", "rows-above-header"})


def problem(
    code: str,
    *,
    table: str | None = None,
    field: str | None = None,
    location: str | None = None,
    **values: object,
) -> Problem:
    """A problem of the catalogue, its text filled in."""
    level, text = CATALOGUE[code]
    return Problem(level, code, text.format(**values, field=field), table, field, location)


def defects_in(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those of a filing's problems that are the program's."""
    return tuple(problem for problem in problems if problem.code == PROGRAM_DEFECT)


def left_out(problems: Iterable[Problem], tables: Collection[str]) -> Iterator[str | None]:
    """The tables of which what may be rows is not used, None for any: some of them, or all where it was not read.

    Args:
        tables: the tables that were read.
    """
    for problem in problems:
        if problem.code in _OF_UNUSED_ROWS or (
            problem.code in _OF_UNUSED_TABLES and problem.table not in tables
        ):
            yield problem.table


def refusal(first: Problem, source: str) -> UserError | RuntimeError:
    """What to raise where the one filing that is asked for can't be read.

    Args:
        first: the first problem of the filing.
        source: its path.
    """
    if defects_in([first]):
        return RuntimeError(f"{source}: {first.text.zh} / {first.text.en}")
    place = source if first.location in (None, source) else f"{source} {first.location}"
    return UserError(first.text, place=place)
