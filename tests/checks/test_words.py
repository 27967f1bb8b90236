"""Words that many findings share."""

import pytest

from soe_compliance.checks.situation import MOST_LISTED, listed

NAMES = ["甲", "乙", "丙", "丁", "戊", "己"]


@pytest.mark.parametrize(
    ("names", "total", "zh", "en"),
    [
        (NAMES[:2], None, "甲、乙", "甲, 乙"),
        (NAMES[:MOST_LISTED], None, "甲、乙、丙、丁、戊", "甲, 乙, 丙, 丁, 戊"),
        (NAMES, None, "甲、乙、丙、丁、戊等6项", "甲, 乙, 丙, 丁, 戊 and 1 more"),
        (NAMES[:MOST_LISTED], 9, "甲、乙、丙、丁、戊等9项", "甲, 乙, 丙, 丁, 戊 and 4 more"),
    ],
)
def test_of_many_names_the_first_are_given_and_how_many_there_are(
    names: list[str], total: int | None, zh: str, en: str
) -> None:
    assert (listed(names, total).zh, listed(names, total).en) == (zh, en)
