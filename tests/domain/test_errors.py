"""What a user is told to mend."""

import pickle

import pytest

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.text import Text

WHAT, REMEDY = Text("缺少文件", "no such file"), Text("请检查路径", "check the path")


class OtherError(UserError):
    """One of its kinds."""


@pytest.mark.parametrize(
    ("error", "zh", "en"),
    [
        (UserError(WHAT), "缺少文件", "no such file"),
        (UserError(WHAT, place="a.xlsx"), "a.xlsx: 缺少文件", "a.xlsx: no such file"),
        (UserError(WHAT, remedy=REMEDY), "缺少文件；请检查路径", "no such file; check the path"),
        (
            OtherError(WHAT, place="a.xlsx", remedy=REMEDY),
            "a.xlsx: 缺少文件；请检查路径",
            "a.xlsx: no such file; check the path",
        ),
    ],
)
def test_a_message_says_where_what_and_what_to_do(error: UserError, zh: str, en: str) -> None:
    assert (error.in_("zh"), error.in_("en"), str(error)) == (zh, en, en)
    assert error.args == (WHAT.en,)
    sent = pickle.loads(pickle.dumps(error))
    assert type(sent) is type(error)
    assert (sent.what, sent.place, sent.remedy) == (error.what, error.place, error.remedy)
