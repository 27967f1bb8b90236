"""What a user is told to mend."""

import pickle

import pytest

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.text import Text

WHAT, REMEDY = Text("缺少文件", "no such file"), Text("请检查路径", "check the path")


class OtherError(UserError):
    """One of its kinds."""


@pytest.mark.parametrize(
    ("place", "remedy", "zh", "en"),
    [
        ("", None, "缺少文件", "no such file"),
        ("a.xlsx", None, "a.xlsx: 缺少文件", "a.xlsx: no such file"),
        ("", REMEDY, "缺少文件；请检查路径", "no such file; check the path"),
        ("a.xlsx", REMEDY, "a.xlsx: 缺少文件；请检查路径", "a.xlsx: no such file; check the path"),
    ],
)
def test_a_message_says_where_what_and_what_to_do(place: str, remedy: Text | None, zh: str, en: str) -> None:
    error = OtherError(WHAT, place=place, remedy=remedy)
    assert (error.in_("zh"), error.in_("en"), str(error)) == (zh, en, en)
    assert error.args == (WHAT.en,)


def test_where_and_what_to_do_need_not_be_said() -> None:
    assert str(UserError(WHAT)) == "no such file"


@pytest.mark.parametrize("place", ["", "a.xlsx"])
@pytest.mark.parametrize("remedy", [None, REMEDY])
def test_errors_cross_from_worker_processes(place: str, remedy: Text | None) -> None:
    sent = pickle.loads(pickle.dumps(OtherError(WHAT, place=place, remedy=remedy)))
    assert type(sent) is OtherError
    assert (sent.what, sent.place, sent.remedy) == (WHAT, place, remedy)
