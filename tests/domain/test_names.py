"""Names of projects without what numbers their parts."""

import pytest

from soe_compliance.domain.names import without_part


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("牧场改造", "牧场改造"),
        ("牧场改造一期", "牧场改造"),
        ("牧场改造（第１标段）", "牧场改造"),
        (" 牧场　改造 二期【3】", "牧场改造"),
        ("牧场改造二期第二标段(三)", "牧场改造"),
        ("牧场改造[第十批]", "牧场改造"),
        ("牧场改造〔2〕", "牧场改造"),
        ("牧场改造第12部分", "牧场改造"),
        ("牧场改造3", "牧场改造"),
        ("一期牧场改造", "一期牧场改造"),
        ("一期", "一期"),
        ("甲一期", "甲"),
        ("牧场改造(一期】", "牧场改造(一期】"),
        ("牧场改造一期工程", "牧场改造一期工程"),
        ("A期", "A期"),
        ("", ""),
    ],
)
def test_what_numbers_a_part_is_dropped_from_the_end(name: str, bare: str) -> None:
    assert without_part(name) == bare
