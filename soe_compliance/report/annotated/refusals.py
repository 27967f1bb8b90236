"""What is said where a workbook can't be edited in place."""

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.text import Text

_RESAVE = Text(
    "请用表格软件打开，另存为.xlsx后再试", "open it in a spreadsheet program, save it as .xlsx and try again"
)


def cannot_edit(zh: str, en: str) -> UserError:
    """The workbook can be read, but is written in a way in which nothing can be added safely."""
    return UserError(
        Text(f"不能在此工作簿上标注：{zh}", f"this workbook can't be annotated: {en}"), remedy=_RESAVE
    )
