"""Tables of text."""

from soe_compliance.report.grid import grid


def test_columns_line_up_whatever_is_wide_coloured_or_of_several_lines() -> None:
    rows = [["\x1b[31m甲\x1b[0m公司\n乙", "1"], ["c", "1,234"]]
    assert grid(["名称", "n"], rows, right=1, ruled=True) == [
        "名称        n",
        "------  -----",
        "\x1b[31m甲\x1b[0m公司      1",
        "乙",
        "------  -----",
        "c       1,234",
    ]
