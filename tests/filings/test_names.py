"""Names of a batch by number, beside a plain list of what was numbered."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.filings.names import Names

COLUMNS = st.lists(
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["", "P", "A", "B", "C"])), max_size=12), max_size=5
)


@given(COLUMNS)
def test_each_name_of_a_filing_has_one_number_in_the_order_in_which_they_come(
    columns: list[list[tuple[int, str]]],
) -> None:
    names, expected = Names(), dict[tuple[int, str], int]()
    for column in columns:
        given_numbers = names.numbers(
            np.array([filing for filing, _ in column], dtype=np.int64), [name for _, name in column]
        )
        for key in column:
            if key[1]:
                expected.setdefault(key, len(expected))
        assert given_numbers.dtype == np.int64
        assert given_numbers.tolist() == [expected.get(key, -1) for key in column]
        assert names.names == [name for _, name in expected]
        assert names.filing == [filing for filing, _ in expected]
    for filing in range(6):
        for name in ("", "P", "A", "D"):
            assert names.find(filing, name) == expected.get((filing, name), -1)


def test_a_name_is_numbered_once() -> None:
    names = Names()
    assert [names.number(0, "P"), names.number(1, "P"), names.number(0, "P"), names.number(1, "A")] == [
        0,
        1,
        0,
        2,
    ]
    assert names.names == ["P", "P", "A"]
    assert names.number(2, "B") == 3
    assert names.names == ["P", "P", "A", "B"]
    assert names.filing == [0, 1, 1, 2]
