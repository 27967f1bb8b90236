"""How filings are read, in Markdown: what is understood, what is left out, every problem, every limit.

What can be listed is taken from where it is declared; the words between the lists stand here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import asdict

from soe_compliance.domain.text import Language, Text
from soe_compliance.filings.cell_text import BLANK_MARKS
from soe_compliance.filings.discover import LINES, WORKBOOKS
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.layout import LeftOut
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.problems import CATALOGUE
from soe_compliance.filings.spellings import How
from soe_compliance.filings.tables import TABLES

Table = tuple[Sequence[Text], Sequence[Sequence[Text]]]

_TITLE = Text("填报文件怎样读取", "How filings are read")
_INTRODUCTION = Text(
    "由`python docs/generate.py`生成，请勿手工修改。对一份具体文件，`soe-compliance read 文件`列出识别到的工作表、表头、"
    "单位、取用和未取的行，以及每一处按含义读取的单元格。",
    "Made by `python docs/generate.py`; not edited by hand. For a filing at hand, `soe-compliance read FILING` lists its "
    "sheets, headers and units, the rows taken and left out, and every cell that was read by its meaning.",
)
_YES, _NO = Text("能", "yes"), Text("不能", "no")


def _same(text: str) -> Text:
    return Text(text, text)


_PROSE: Mapping[str, tuple[Text, Sequence[Text]]] = {
    "formats": (
        Text("格式", "Formats"),
        (
            Text(
                f"工作簿：{' '.join(WORKBOOKS)}；JSON：.json（一份或若干份）、{LINES}（每行一份），UTF-8编码；CSV：一个文件夹为一份，"
                "内有`filing.csv`或`填报信息.csv`，每表一个文件，以表的键名或标题命名（其他名称同工作表），各列以逗号分隔，UTF-8、UTF-16（有标记）或GB18030编码。格式按内容判断，不按扩展名。"
                "加密文件不能读取，须先取消密码。",
                f"Workbooks: {' '.join(WORKBOOKS)}. JSON: .json (one filing or a list), {LINES} (one a line), in UTF-8. CSV: a "
                "folder is one filing; it holds `filing.csv` or `填报信息.csv` and a file a table, named by its key or title (or "
                "as a sheet may be), with commas between columns, in UTF-8, UTF-16 (with its mark) or GB18030. The content decides, not the ending. Encrypted files can't be read.",
            ),
        ),
    ),
    "sheets": (
        Text("工作表", "Sheets"),
        (
            Text(
                "每表一个工作表。先按名称认定（前后可有附件号、序号、年度、“表”“统计”等字样），再按表头认定（至少四个字段，且明显多于"
                "其他表）；有表头而不能确定是哪一张表的，或几张表在一个未按表样命名的工作表中的，不采用，列为问题。同一表有几个工作表的，取名称与表样完全一致的，其次取年度最晚的；其余列为问题。名称注明旧表、备份、作废的不采用；"
                "名称注明样例、样表的，只在没有其他工作表时采用。隐藏的工作表照常读取并提示。Excel 4.0宏表不读取，宏也不会运行，其余工作表照常"
                "读取。本程序自己加入的“填报说明”“审核结果”不算填报内容。",
                "A sheet a table: told by its name (numbers, years and the like may stand round it), else by its headers (four "
                "fields at least, and clearly more than of any other table); one that has headers, but of which it can't be told which table it is, or whether there are several, is not used, which is a problem. Of several for one table the one named exactly as "
                "in the forms is read, else that of the latest year; the others are problems. A sheet named as old, a copy or void "
                "is not used; one named as an example only where there is no other. Hidden sheets are read and mentioned. Excel 4.0 "
                "macro sheets are not read, nor their macros run; the other sheets are read. The sheets that this program "
                "itself adds (填报说明, 审核结果) hold no data.",
            ),
            Text(
                "“填报信息”可以是标签和内容并排的各行、表头下一行，也可以标签和内容同在一格（“填报年度：2024年　　单位：万元”）。同一内容有"
                "两处而不一致的，列为问题，采用表样名称的一处，否则采用前一处。",
                "填报信息 may state its fields in pairs of label and value, in a row below headers, or with label and value in one "
                "cell (填报年度：2024年　　单位：万元). Two statements of a field that differ are a problem; the one with the label "
                "of the forms is used, else the first.",
            ),
            Text(
                "财务数据、投资计划报送、投资完成季报、融资季报按年度或季度各有一个工作表、名称只差年度或季度的（如“2023年财务数据”和“2024年财务"
                "数据”），合并为一张表；各值仍按其所在工作表的单元格和单位。没有填写年度或季度的行，按工作表名称取；填写的与名称不一致的，按未填"
                "处理并列为问题。其中有一个工作表不能采用的，整张表不用。",
                "Where 财务数据, 投资计划报送, 投资完成季报 or 融资季报 has a sheet for each year or quarter, whose names differ in "
                "nothing else (2023年财务数据 and 2024年财务数据), they are read as one table; each value keeps the cell and the unit "
                "of its own sheet. A row that states no year or quarter has that of the sheet's name; one that states another "
                "counts as blank there, which is a problem. Where one of the sheets can't be used, none is.",
            ),
        ),
    ),
    "headers": (
        Text("表头", "Headers"),
        (
            Text(
                "在前20行中找字段最多的一行，一样多的取前一行；表头上方像是本表数据的行不采用，列为问题。表头可占一至三行，可以合并、换行、带必填标记或全角字符。列序不限。各字段的其他写法见"
                "[forms.md](forms.md)；只有含义唯一的写法才采用，如“担保额度”不作“担保余额”。上下两行表头不一致、两列同为一个字段的，列为问题。"
                "必填列（如代码列）缺失的，整张表不用，问题中写明缺哪一列。",
                "The row with the most fields among the first 20, of several the first. Rows above it that look like rows of the table are not used, which is a problem. A header may take one to three rows, be merged, have line breaks, "
                "marks of what is required, full-width characters. Columns may stand in any order. The other spellings of each "
                "field are listed in [forms.md](forms.md); only those with one meaning count (担保额度 is no 担保余额). Two rows "
                "of headers that disagree, or two columns for one field, are problems. Where a required column (such as one of "
                "codes) is missing, the sheet is not used, and the problem says which.",
            ),
        ),
    ),
    "rows": (
        Text("不作为数据的行", "Rows that are no data"),
        (
            Text(
                "下列各行不作为数据；可能是数据的行一律按数据读取。合计、小计重新相加核对，不符的列为问题。空行之后、表注之后的数据照常读取并提示。"
                "有“合计”“其中”“示例”“审核人”等字样、但另填有两项以上日期、编号（其中一项可为是否或选项）的行仍是数据；表头下方的示例行填有18位代码的，列为警告。"
                "合并单元格向下填充；合并的金额、比例无法确定各行的数，按未填处理并列为问题；被合并单元格盖住的内容看不到，同样处理。表的末尾只有#N/A、旁边至多是0、空白和序号的行，是向下多填的"
                "公式，不作为数据，列为警告；下方还有数据的、行内另有内容或其他错误值的、整张表只有这种行的，可能是缺了数据，仍作为数据。"
                "采用的各列只有横线等视为未填的写法的行是空行。数据下方只有一个日期、且不在日期列或紧接表注的行，以及只有签字人和日期的行，是落款，予以提示。"
                "栏次是依次排列、占多数列、且其中有的不能是该列内容的标记：1 2 3、A B C=A-B、甲 乙 1 2、（1）（2）（3）、①②③、栏次 1 2 3等。"
                "在备注、状态等未采用的列中注明“已作废”“已删除”一类的（“是否作废”为“是”、“是否有效”为“否”的同），以及整行带删除线的，"
                "是否仍有效无法确定：该行不可用，列为问题，所涉合计按可能包含该行判断。单格的内容全部或部分带删除线的，按未填处理并列为问题。",
                "These are no data; whatever may be data is read as data. Totals and subtotals are added up again, and one that "
                "differs is a problem. Data below many blank rows or below notes are read and mentioned. A row with a word such as 合计, 其中, "
                "示例 or 审核人 that states two days or identifiers, or one beside an answer, is data all the same; an example right below the header "
                "with a code of 18 characters is a warning. What is merged down holds "
                "for each row; an amount or a share merged down can't be told for one row, counts as blank and is a problem, and so is "
                "what lies under a merged cell, where it can't be seen. Rows at the "
                "end that hold #N/A beside no more than noughts, blanks and a running number are formulas filled down too far: they "
                "are no data, and a warning says so. With data below, with anything else in the row, be it another error, or in a table "
                "without any other row, data may be missing: there they stay data. A row of nothing but dashes and the like in the columns "
                "that are used is empty. A row below the data that holds a date alone, in a column that is not one of dates or "
                "right below the notes, or no more than who signs and a date, is the signing; a notice says so. Column numbers are "
                "marks that count up over most of the columns, one of which is nothing that its column may hold: 1 2 3, A B C=A-B, "
                "甲 乙 1 2, (1) (2) (3), ①②③, 栏次 1 2 3. Of a row that says 已作废, 已删除 or the like in a column that is not used, such as "
                "备注 or 状态 (是否作废: 是 and 是否有效: 否, too), or that is struck through, it can't be told whether it holds: "
                "it can't be used, which is a problem, and sums are judged as if it may belong to them. A cell that is struck through, wholly or in part, "
                "counts as blank, which is a problem.",
            ),
            Text(
                "空行或标题之后，一行各不相同的文字中没有一格能作所在列的代码、金额、日期等，其下又没有一行能作本表的数据的，是另一张表的表头："
                "自该行起到本表表头再次出现为止不采用，列为问题；没有空行和标题的，还须有以“名称”“金额”一类的词结尾的文字，或有三格如此。"
                "其下只要有一行能作本表的数据，就都按本表的行读取，除非该行有两格以上这样结尾的文字。名录下方的人员名单（姓名、职务、联系电话等作表头）也是另一张表。空列右侧的各列，表头与左侧重复、另有序号或多数不在填报表样内的，也是另一张表；全部不在填报表样内又没有单位列的，只是未采用的列。",
                "A row of different words below a gap or a title, of which none may be the code, amount, date and the like that its "
                "column asks for, with no row below that may be one of the table, is the header of another table: from there on, "
                "until the table's own header comes again, nothing is used, which is a problem. Without gap or title, one of the words has to end as "
                "headers do (名称, 金额), or three must be such. If a single row below may be one of the table, all are read as its rows, unless two words end so. A list of people (姓名, 职务, 联系电话) below a list of firms is another table, too. "
                "The columns to the right of an empty one are another table, too, where a header is repeated, a running number begins anew, or most are not "
                "part of the forms. Where none is, nor of units, they are columns that are not used.",
            ),
        ),
    ),
    "units": (
        Text("金额单位", "Units of amounts"),
        (
            Text(
                f"可用：{'、'.join(unit.label for unit in Unit)}。依次取：单元格自带的单位；表头括号内的、表头下一行或栏次下一行的单位，两处不一致的按未填处理并列为问题；数据上方的“单位：”行，或表头上方独占一行的单位；工作表名称括号内的单位；“填报信息”的金额单位；"
                "都没有的按万元。各行的“金额单位”列与表头或单位行不一致、单位无法识别的，金额按未填处理并列为问题。数据之间的单位行或重复的表头另有单位的，其下各行的金额按未填处理并列为问题。表下方的、文本框和页眉页脚中的单位（后两处.xlsx、.xlsm可知）不采用，不同的列为警告。"
                "各行“币种”列不是人民币的，金额按未填处理并列为问题；表头或单位行注明人民币的，是折算后的金额，照常读取。",
                f"Known: {', '.join(unit.label for unit in Unit)}. First the cell's own unit, then that in the header's brackets or in a row of units below it or below the column numbers (where these two "
                "disagree the amounts count as blank, which is a problem), "
                "then the unit line (单位：) above the data or a unit alone in its row above the header, then that in brackets at the end of the sheet's name, then the filing's own; 万元 where there is none. Where a column of units disagrees "
                "with header or unit line, or a unit is not known, the amounts count as blank, which is a problem; so do those below a unit line, or a header that comes again, which states another unit between the rows. A unit below the "
                "table, in a text box or at the head or foot of the pages (the latter two of .xlsx and .xlsm) is not used; where it differs, a warning says so. Amounts in a row whose column of currencies (币种) says "
                "another than 人民币 count as blank, which is a problem, unless header or unit line says that they are in 人民币.",
            ),
            Text(
                '数字格式中的单位（.xlsx、.xlsm可知）：看到的数就是所指的数。存储1.5、格式`0.00"亿元"`的是1.5亿元；存储123456、格式'
                '`0!.0,"万元"`的看到12.3万元，按123456元读取，不按看到的位数舍入。正数、负数、零和带条件的各节，取适用于该数的一节。与表头、单位行'
                "或本行的单位不一致的，按未填处理并列为问题；表头的单位可以指存储的数，也可以指看到的数，有一种相符即可。只缩放、不带单位的格式（如"
                "`0!.0,`），表头、单位行或本行注明的单位除以缩放倍数后是元、千元、万元、百万元的，按看到的数读取，否则无法确定，列为问题；同一格式各节的缩放"
                "不一致的也是。`K`、`M`等字与缩放相抵的，按存储的数读取。外币格式的金额按未填处理并列为问题；¥、人民币只表示币种，不表示单位。"
                '格式以文字代替或补充所存内容的（如把0显示为`"2,498.51"`、把“是”显示为“否”、把日期的月日写成文字），该格按未填处理并列为问题。'
                "按数字格式读取的单元格在`read`中按列和格式列出。",
                'A unit in a number format (.xlsx and .xlsm tell): what is seen is meant. 1.5 stored with `0.00"亿元"` is 1.5 亿元; '
                '123456 with `0!.0,"万元"` is seen as 12.3 万元 and read as 123456 元, never rounded to what is seen. Of the sections '
                "for positive and negative numbers, for zero and with conditions, the one that applies to the number counts. Where it "
                "disagrees with the unit of header, unit line or row, the amount counts as blank, which is a problem; a header's unit may "
                "be meant of the number stored or of the one seen, and one that fits is enough. A format that scales without a unit "
                "(`0!.0,`) is read as seen where the unit of header, unit line or row, divided by the scale, is 元, 千元, 万元 or 百万元; "
                "else it can't be told and is a problem, as is a format whose sections scale differently. With `K`, `M` and the like that "
                "undo the scale, the number stored is read. Amounts in the format of another currency count as blank, which is a problem; "
                "¥ and 人民币 say the currency and no unit. A cell of any kind whose format shows words or figures of its own for what is "
                'stored (`"2,498.51"` for 0, 否 for 是, month and day as text) counts as blank, which is a problem. `read` lists what was read by its format, by column and format.',
            ),
        ),
    ),
    "ratios": (
        Text("比例", "Shares"),
        (
            Text(
                '带%的文本是百分数。数字：单元格为百分比格式的（.xlsx、.xlsm可知）是以1为整体的数；百分号只是格式中文字的（`0.00"%"`）是百分数；否则表头注明%的是百分数；否则不大于1的是'
                "以1为整体的数，大于1的是百分数。未注明而两种并存的列，大于0、不大于1的数无法确定，按未填处理并列为问题；格式有缩放的也是。JSON中的数以1为整体。",
                "A text with % is a percentage. A number in a cell with a percent format (.xlsx and .xlsm tell) is a share of 1, and a "
                'percentage where the percent sign is only text in the format (`0.00"%"`); else a percentage where the header bears %; else a share up to 1 and a percentage above. In a column without a mark that '
                "holds both, the numbers above 0 and up to 1 count as blank, which is a problem, as are those of a format that scales. In JSON a number is a share of 1.",
            ),
        ),
    ),
    "spellings": (
        Text("单元格的写法", "Spellings of cells"),
        (
            Text(
                f"比较前统一全角半角，去掉首尾空白和不可见字符。视为未填：空白，及{'、'.join(sorted(BLANK_MARKS))}。不能读作该类型的单元格按未填"
                "处理并列为问题，不作猜测：如2017126可作两个日期，表格的日期序列号取决于所用的日期系统；18位代码中有希腊或西里尔字母，代码、编号"
                "中有改变文字方向的控制符，看到的就不是所存的；代码、编号写作“同上”“见附件”“待补”“无代码”“未办理”、没有一个字母或数字的符号等，不指明是哪一个。"
                '代码、编号中的各种横线统一为“-”，统一社会信用代码中的空格、横线略去。以数字存储、格式补零或加字的编号（如`0000`、`"DB-"0000`），按看到的读取（.xlsx、.xlsm）。18位代码须以文本存储，以数字存储的已丢失末几位。',
                "Full width is brought to half, white space at the ends and what can't be seen are dropped. Blank are empty cells and "
                f"{' '.join(sorted(BLANK_MARKS))}. A cell that can't be read as its type counts as blank and is a problem, never a "
                "guess: 2017126 fits two days, and a serial number is a day only by the workbook's date system; with Greek or Cyrillic letters in a "
                "code of 18 characters, or a mark in a code or an identifier that turns text round, what is seen is not what is stored; 同上, 见附件, 待补, 无代码, 未办理, "
                "or signs without a letter or a figure name no firm or contract. All dashes in codes and identifiers are hyphens, and a credit code is read without blanks and hyphens in it. "
                'One that is stored as a number whose format fills it up with noughts or adds a word (`0000`, `"DB-"0000`) is read as it is seen (.xlsx, .xlsm). '
                "A code of 18 characters must be stored as text: stored as a number it has lost digits.",
            ),
        ),
    ),
    "faults": (
        Text("各格式能发现的问题", "What each format shows"),
        (
            Text(
                "有的格式不带某些信息，相应的问题无从发现；拿不准时请报送.xlsx。",
                "Some formats don't tell, so these faults can't be found in them; when in doubt, file .xlsx.",
            ),
        ),
    ),
    "problems": (
        Text("问题", "Problems"),
        (
            Text(
                "错误：该处内容未用于检查，或不可靠；警告：已采用，须核对；提示：说明怎样读取。`…`处为具体内容。",
                "error: what stands there is not used, or not to be relied on; warning: used, to be checked; notice: how it was "
                "read. `…` stands for what was found.",
            ),
        ),
    ),
    "limits": (
        Text("上限", "Limits"),
        (
            Text(
                "每个文件在受限的进程中读取；超过上限的文件列为无法读取，不影响其他文件。用`--limit 名称=数值`修改，可重复；字节数可写作200MB。",
                "Each file is read within these limits; one beyond them is unreadable, and costs no other file anything. Set one with "
                "`--limit KEY=VALUE`, repeatable; bytes may be written as 200MB.",
            ),
        ),
    ),
}

_EXAMPLES: Mapping[FieldType, tuple[Text, str]] = {
    FieldType.DATE: (
        Text("日期", "dates"),
        "日期单元格 2024-02-28 2024-2-28 2024/2/28 2024.02.28 20240228 2024年2月28日 二〇二四年二月二十八日",
    ),
    FieldType.MONEY: (
        Text("金额", "amounts"),
        "1234.50 1,234.50 １，２３４．５０ ¥1,234.50元 1.2亿元 1308万元 (1,234.50) △5 壹佰万元整",
    ),
    FieldType.RATIO: (Text("比例", "shares"), "24.98% ２４．９８％ 5‰ 百分之二十五 0.2498"),
    FieldType.FLAG: (Text("是否", "yes or no"), "是 否 √ × ☑ Y N 有 不是 ☑是□否"),
    FieldType.INT: (Text("年度", "years"), "2024 2024年 2024年度 二〇二四"),
    FieldType.QUARTER: (Text("季度", "quarters"), "1 一季度 第一季度 Q1 2024年第一季度"),
    FieldType.LEVEL: (Text("级次", "levels"), "1 一级 第一级 一级企业"),
}

_LIMIT_NAMES: Mapping[str, Text] = {
    "file_bytes": Text("文件大小（字节）", "size of the file in bytes"),
    "members": Text(
        "工作簿内的部件数，CSV文件夹内的文件数", "files packed into a workbook, or in a CSV folder"
    ),
    "unpacked_bytes": Text("工作簿解压后的大小（字节）", "size of a workbook when unpacked, in bytes"),
    "ratio": Text("部件解压后与解压前大小之比", "how many times larger a member may be when unpacked"),
    "ratio_from_bytes": Text("自此大小（字节）起适用ratio", "size in bytes from which ratio holds"),
    "sheet_cells": Text(
        "工作表的行数乘列数，到最末使用的单元格；.xls、.ods为各工作表之和",
        "rows times columns of a sheet, up to its last cell in use; of all sheets together in an .xls or .ods",
    ),
    "text_bytes": Text(
        "单元格文字的总字节数，重复使用的重复计算", "texts of all cells in bytes, each as often as it is used"
    ),
    "faults": Text(
        "一个采用的工作表中有错误值或无计算结果的单元格数",
        "cells with an error, or a formula without a result, on a sheet that is read",
    ),
    "csv_field": Text("CSV一格的字符数", "characters of one field of a CSV file"),
    "csv_columns": Text("CSV一行的格数", "fields of one row of a CSV file"),
    "memory_bytes": Text(
        "读取进程可用的内存（字节）",
        "memory that the reading process may take beyond the program's own, in bytes",
    ),
    "seconds": Text("读取和检查一个文件的时间（秒）", "time for reading and checking one file, in seconds"),
}

_FORMATS = (".xlsx .xlsm", ".xlsb", ".xls .et", ".ods", "CSV", "JSON")
_FAULTS: Sequence[tuple[Text, Sequence[bool]]] = (
    (Text("错误值（#REF!等）", "error values (#REF! …)"), (True, True, True, True, False, False)),
    (
        Text("没有计算结果的公式", "formulas without a stored result"),
        (True, False, False, False, False, False),
    ),
    (
        Text("引用其他工作簿的公式", "formulas that refer to other workbooks"),
        (True, False, False, False, False, False),
    ),
    (Text("隐藏或筛选掉的行", "hidden or filtered rows"), (True, True, True, True, False, False)),
    (Text("删除线", "strikethrough"), (True, False, False, False, False, False)),
    (Text("百分比格式", "percent formats"), (True, False, False, False, False, False)),
    (
        Text(
            "数字格式中的单位、缩放和外币",
            "units, scaling and currencies in number formats",
        ),
        (True, False, False, False, False, False),
    ),
    (
        Text("缺格、多格的行", "rows with too few or too many cells"),
        (False, False, False, False, True, False),
    ),
    (Text("重复的键", "keys given twice"), (False, False, False, False, False, True)),
)


def reading_guide(language: Language) -> str:
    """The guide in Markdown."""
    return "\n".join(_lines(language)) + "\n"


def _lines(language: Language) -> Iterator[str]:
    yield from (f"# {_TITLE.in_(language)}", "", _INTRODUCTION.in_(language))
    tables = _tables()
    for key, (heading, paragraphs) in _PROSE.items():
        yield from ("", f"## {heading.in_(language)}")
        for paragraph in paragraphs:
            yield from ("", paragraph.in_(language))
        if key in tables:
            yield from ("", *_grid(tables[key], language))


def _tables() -> Mapping[str, Table]:
    return {
        "sheets": (
            (Text("表", "Table"), Text("其他名称", "Other names")),
            [(_same(form.title), _same("、".join(form.also))) for form in TABLES.values() if form.also],
        ),
        "rows": ((Text("行", "Row"),), [(why.label,) for why in LeftOut]),
        "spellings": (
            (Text("类型", "Type"), Text("可读的写法", "Read as such")),
            [
                (name, _same(" · ".join(f"`{one}`" for one in examples.split())))
                for name, examples in _EXAMPLES.values()
            ]
            + [(Text("在read中列出的", "listed by read"), _joined([how.value for how in How]))],
        ),
        "faults": (
            (_same(""), *map(_same, _FORMATS)),
            [(fault, *(_YES if seen else _NO for seen in formats)) for fault, formats in _FAULTS],
        ),
        "problems": (
            (Text("代码", "Code"), Text("级别", "Level"), Text("内容", "What it says")),
            [
                (_same(f"`{code}`"), level.label, _without_values(text))
                for code, (level, text) in CATALOGUE.items()
            ],
        ),
        "limits": (
            (Text("名称", "Key"), Text("限制", "Bounds"), Text("默认", "Default")),
            [
                (_same(f"`{name}`"), _LIMIT_NAMES[name], _same(f"{most:,}"))
                for name, most in asdict(Limits()).items()
            ],
        ),
    }


def _joined(texts: Sequence[Text]) -> Text:
    return Text("、".join(text.zh for text in texts), ", ".join(text.en for text in texts))


def _without_values(text: Text) -> Text:
    return Text(*(re.sub(r"\{\w+\}", "…", said) for said in (text.zh, text.en)))


def _grid(table: Table, language: Language) -> Iterator[str]:
    headings, rows = table
    yield _row(headings, language)
    yield f"| {' | '.join('---' for _ in headings)} |"
    for row in rows:
        yield _row(row, language)


def _row(cells: Sequence[Text], language: Language) -> str:
    return f"| {' | '.join(cell.in_(language).replace('|', chr(92) + '|') for cell in cells)} |"
