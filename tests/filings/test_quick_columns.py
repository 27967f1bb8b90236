"""The quick way makes the columns that the careful way makes, whatever stands in the cells."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.filings.columns import BadValue, Cells, Column, Names, carefully_typed, typed
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.packed import floats_of, truths_of
from soe_compliance.filings.quick_columns import quickly_typed
from soe_compliance.filings.tables import TABLES, FieldOfForm

FIELDS = {
    FieldType.FIRM: TABLES["entities"].fields["code"],
    FieldType.PROJECT: TABLES["projects"].fields["code"],
    FieldType.ID: TABLES["guarantees"].fields["id"],
    FieldType.TEXT: TABLES["guarantees"].fields["guarantor_name"],
    FieldType.INT: TABLES["plans"].fields["year"],
    FieldType.QUARTER: TABLES["investment_reports"].fields["quarter"],
    FieldType.LEVEL: TABLES["entities"].fields["level"],
    FieldType.DATE: TABLES["guarantees"].fields["signed_on"],
    FieldType.MONEY: TABLES["guarantees"].fields["balance"],
    FieldType.RATIO: TABLES["holdings"].fields["ratio"],
    FieldType.FLAG: TABLES["entities"].fields["solvent"],
    FieldType.CHOICE: TABLES["approvals"].fields["decision"],
    FieldType.CHOICES: TABLES["approvals"].fields["documents"],
}

USUAL: dict[FieldType, st.SearchStrategy[Any]] = {
    FieldType.FIRM: st.sampled_from(["91152201MA0N1B2C3D", "A1", "a1", " A1 ", "Ａ１", "9.1E+17"]),
    FieldType.PROJECT: st.sampled_from(["XM-1", "xm-1", "XM-2"]),
    FieldType.ID: st.sampled_from(["DB-001", "DB-002", "'7", "7"]),
    FieldType.TEXT: st.sampled_from(
        ["兴安盟煤业有限责任公司", "工行", " 无 ", "不适用", "甲", "\u200b\u200b\u200b\u200b"]
    ),
    FieldType.INT: st.integers(2020, 2025) | st.sampled_from([2024.0, "2024年", 2024.5, 10**9, 10**9 + 1]),
    FieldType.QUARTER: st.integers(0, 5) | st.sampled_from([1.0, 4.0, "一季度", "Q4"]),
    FieldType.LEVEL: st.integers(1, 4) | st.sampled_from([1.0, "一级", "二级"]),
    FieldType.DATE: st.sampled_from(
        ["2024-02-29", "2024-02-30", "2024年3月1日", "20240301", date(2024, 3, 1), date(1800, 1, 1)]
    ),
    FieldType.MONEY: st.integers(-(10**13), 10**13).map(lambda fen: fen / 100) | st.integers(),
    FieldType.RATIO: st.integers(-5, 105).map(lambda percent: percent / 100) | st.sampled_from(["35%", 35]),
    FieldType.FLAG: st.booleans() | st.sampled_from(["是", "否", "√", "☑是 □否", "□", "或许"]),
    FieldType.CHOICE: st.sampled_from(["approved", "rejected", "同意", "办理中", "也许"]),
    FieldType.CHOICES: st.lists(st.sampled_from(["application", "resolution", "法律意见书"]), max_size=3)
    | st.sampled_from(
        ["申请核准的请示、法律意见书", ["也许"], [1], [True], [["application"]], ("application",)]
    ),
}
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        *("", " ", "-", "无", "是", "1", "0", "true", "x" * 200, "\ud7ff", "2024-01-01T08:00:00+08:00"),
        *(True, False, 0, 1, 2, -1, 10**15, 10**15 + 1, 2**63, 10**400),
        *(0.0, -0.0, 1.0, 2.0, 0.1 + 0.2, 1e15, 1e300, float("inf"), float("nan"), np.float64(1.5)),
        *(Decimal(1), Decimal("1.00"), Decimal("0.1234567890123456789"), Decimal("NaN")),
        *(date(2024, 1, 1), datetime(2024, 1, 1), datetime(2024, 1, 1, 8), datetime(1850, 1, 1)),
        *([], [None], {}, {"a": 1}, (), b"bytes", object),
    ]
)


def columns_of(kind: FieldType) -> st.SearchStrategy[list[Any]]:
    """Columns as they come: of one type, with blanks, and with odd cells among them."""
    usual = USUAL[kind]
    return st.one_of(
        st.lists(usual, max_size=20),
        st.lists(usual | st.none(), max_size=20),
        st.lists(usual | st.just(""), max_size=20),
        st.lists(st.none(), max_size=5),
        st.lists(usual | st.none() | ODD, max_size=20),
        st.lists(ODD, max_size=6),
    )


def alike(one: Column, other: Column) -> bool:
    """Equal in what is stated, and of the same type; what stands where a cell is blank means nothing, save for flags."""
    blank_counts = one.values.dtype == np.int8
    places = np.ones(len(one.stated), dtype=bool) if blank_counts else one.stated
    return (
        one.values.dtype == other.values.dtype
        and one.stated.tolist() == other.stated.tolist()
        and one.values[places].tolist() == other.values[places].tolist()
    )


def told(bad: list[BadValue]) -> list[object]:
    return [(value.position, id(value.cell), type(value.error), value.error.expected) for value in bad]


def raw(cells: list[Any], filings: list[int], scale: int) -> Cells:
    numbers = np.array(filings, dtype=np.int64)
    return Cells(cells, numbers, np.full(len(cells), scale, dtype=np.int64))


@pytest.mark.parametrize("kind", FieldType)
@given(data=st.data())
def test_the_quick_way_gives_what_the_careful_one_gives(kind: FieldType, data: st.DataObject) -> None:
    field = FIELDS[kind]
    cells = data.draw(columns_of(kind))
    filings = sorted(data.draw(st.lists(st.integers(0, 2), min_size=len(cells), max_size=len(cells))))
    scale = data.draw(st.sampled_from([0, 1] if kind is FieldType.RATIO else [10**2, 10**6, 10**10]))
    ours, theirs = Names(), Names()
    quick, quick_bad = typed(field, raw(cells, filings, scale), ours)
    careful, careful_bad = carefully_typed(field, raw(cells, filings, scale), theirs)
    assert alike(quick, careful)
    assert told(quick_bad) == told(careful_bad)
    assert (ours.names, ours.filing) == (theirs.names, theirs.filing)


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        (FieldType.FIRM, ["91152201MA0N1B2C3D", None, "a1", "9.1E+17"]),
        (FieldType.TEXT, ["工行", None, "-"]),
        (FieldType.INT, [2024, 2023]),
        (FieldType.INT, [2024.0, 2023.0]),
        (FieldType.INT, [10**9, -(10**9)]),
        (FieldType.QUARTER, [1, 2, 3, 4]),
        (FieldType.QUARTER, [4.0, 1.0]),
        (FieldType.LEVEL, [1, 2]),
        (FieldType.PROJECT, ["XM-1", "xm-1", "", None]),
        (FieldType.ID, ["DB-001", "'7", "7", "-"]),
        (FieldType.DATE, ["2024-02-29", None, "", "2024-02-30", date(2024, 3, 1)]),
        (FieldType.FLAG, [True, None, False]),
        (FieldType.FLAG, ["是", None, "否", "或许"]),
        (FieldType.CHOICE, ["approved", None, "也许"]),
        (FieldType.CHOICES, [["application"], None, "申请核准的请示", []]),
        (FieldType.MONEY, [None, None]),
    ],
)
def test_ordinary_columns_are_made_quickly(kind: FieldType, cells: list[Any]) -> None:
    field, given = FIELDS[kind], raw(cells, [0] * len(cells), 0)
    quick = quickly_typed(field, given, Names())
    careful, bad = carefully_typed(field, given, Names())
    assert quick is not None
    assert alike(quick[0], careful)
    assert list(quick[1]) == [value.position for value in bad]


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        (FieldType.QUARTER, [0, 4]),
        (FieldType.QUARTER, [1.0, 5.0]),
        (FieldType.INT, [2024.5]),
        (FieldType.INT, [10**9 + 1]),
        (FieldType.INT, [2**63]),
        (FieldType.INT, [2024, True]),
        (FieldType.INT, [2024, None]),
        (FieldType.DATE, [45352, "2024-03-01"]),
        (FieldType.FLAG, [True, 1]),
        (FieldType.CHOICE, ["approved", 1]),
        (FieldType.CHOICES, [["也许"]]),
        (FieldType.TEXT, ["工行", 1]),
        (FieldType.TEXT, [["工行"]]),
        (FieldType.FIRM, ["A1", ["A1"]]),
        (FieldType.MONEY, [1.0]),
    ],
)
def test_others_are_left_to_the_careful_way(kind: FieldType, cells: list[Any]) -> None:
    assert quickly_typed(FIELDS[kind], raw(cells, [0] * len(cells), 0), Names()) is None


def test_an_unreadable_cell_is_told_of_each_time() -> None:
    """That it is remembered must not make it silent."""
    for _ in range(2):
        _, bad = typed(
            FIELDS[FieldType.DATE], raw(["2024-02-31", "2024-02-28", "2024-02-31"], [0] * 3, 0), Names()
        )
        assert [value.position for value in bad] == [0, 2]


def test_what_is_equal_but_not_the_same_is_told_apart() -> None:
    """1, 1.0 and True are equal; as a flag only the last says anything."""
    field = FIELDS[FieldType.FLAG]
    for cells in ([True, 1], [1, True], [1.0, True], [True, Decimal(1)]):
        column, bad = typed(field, raw(cells, [0, 0], 0), Names())
        assert column.stated.tolist() == [type(cell) is bool for cell in cells]
        assert len(bad) == 1


CELLS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.just([])
    | st.just(object())
)


@given(st.lists(st.floats(), min_size=1) | st.lists(CELLS, min_size=1))
def test_floats_are_floats(cells: list[Any]) -> None:
    found = floats_of(cells)
    if all(type(cell) is float for cell in cells):
        assert found is not None
        assert found.tobytes() == np.array(cells, dtype=np.float64).tobytes()
    else:
        assert found is None


@given(st.lists(st.none() | st.booleans(), min_size=1) | st.lists(CELLS, min_size=1))
def test_truths_are_truths(cells: list[Any]) -> None:
    found = truths_of(cells)
    if all(cell is None or type(cell) is bool for cell in cells):
        assert found is not None
        assert found.tolist() == [1 if cell is None else 2 * cell for cell in cells]
    else:
        assert found is None


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["", "A", "B", "C"]))))
def test_names_are_numbered_as_they_come(pairs: list[tuple[int, str]]) -> None:
    filings, names = [filing for filing, _ in pairs], [name for _, name in pairs]
    numbers = Names()
    found = numbers.numbers(np.array(filings, dtype=np.int64), names).tolist()
    named = list(dict.fromkeys((filing, name) for filing, name in pairs if name))
    assert found == [named.index(pair) if pair[1] else -1 for pair in pairs]
    assert list(zip(numbers.filing, numbers.names, strict=True)) == named
    assert all(numbers.find(*pair) == number for number, pair in enumerate(named))
    assert numbers.find(9, "A") == numbers.find(0, "Z") == -1


def of_type(kind: FieldType) -> list[FieldOfForm]:
    return [field for form in TABLES.values() for field in form.fields.values() if field.type is kind]


@pytest.mark.parametrize("kind", FieldType)
def test_each_type_is_tried_with_a_field_of_it(kind: FieldType) -> None:
    assert FIELDS[kind] in of_type(kind)
