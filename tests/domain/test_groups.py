"""Rows are numbered alike where all their columns agree, in the order of the columns."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.domain.groups import combined

NUMBERS = st.integers(-3, 3) | st.sampled_from(
    [-(2**62), 2**62 - 1, 2**62, -(2**63), 2**63 - 1, 2**40, 2**31]
)
ROWS = st.integers(1, 4).flatmap(lambda width: st.lists(st.tuples(*[NUMBERS] * width), max_size=12))


@given(ROWS)
def test_rows_have_the_order_of_their_columns(rows: list[tuple[int, ...]]) -> None:
    columns = zip(*rows, strict=True) if rows else [()]
    keys = combined(*(np.array(column, dtype=np.int64) for column in columns)).tolist()
    assert [[one < other for other in keys] for one in keys] == [
        [one < other for other in rows] for one in rows
    ]
