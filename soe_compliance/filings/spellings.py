"""The ways in which a cell can say something other than by the value that is stored in it."""

from enum import Enum
from typing import TypeAlias, TypeVar

from soe_compliance.domain.text import Text
from soe_compliance.filings.cell_text import text_of


class How(Enum):
    """How a cell was understood."""

    BLANK_MARK = Text("占位符号，视为未填", "a mark for blank")
    PLAIN_TEXT = Text("以文本存储的数字", "a number stored as text")
    AMOUNT_TEXT = Text("文本金额", "amount written as text")
    AMOUNT_UNIT = Text("金额自带单位", "amount with a unit of its own")
    AMOUNT_NEGATIVE = Text("以括号或三角号表示的负数", "negative amount in brackets or with a triangle")
    FORMAT = Text("单位、缩放或百分号在数字格式中", "unit, scaling or percent sign in the number format")
    NUMERALS = Text("中文数字", "number in Chinese numerals")
    PERCENT_TEXT = Text("文本百分数", "percentage written as text")
    PER_MILLE = Text("千分数", "a number per mille")
    DATE_TEXT = Text("文本日期", "date written as text")
    DATE_NUMBER = Text("以八位数字表示的日期", "date as a number of eight digits")
    TIME_DROPPED = Text("日期带有时刻，时刻未采用", "date with a time of day, which is not used")
    TICK = Text("勾选标记", "a tick or box")
    FLAG_WORD = Text("“是”“否”的其他写法", "another word for yes or no")
    SYNONYM = Text("选项的其他写法", "another word for a listed value")
    COUNT = Text("年度、季度或级次的其他写法", "another spelling of a year, quarter or level")
    CODE_NUMBER = Text("以数字存储的代码或编号", "code or identifier stored as a number")
    CODE_TEXT = Text("代码统一为半角大写", "code brought to its usual characters")


_Value = TypeVar("_Value")
Understood: TypeAlias = tuple[_Value | None, How | None]
"""What a cell says, None where it is blank; and how, None where that is just what is stored in it."""


def blank(cell: object) -> tuple[None, How | None]:
    """A cell that states nothing: empty, or a mark for blank."""
    return None, How.BLANK_MARK if isinstance(cell, str) and text_of(cell) else None
