"""How much a workbook may unfold to when its cells are read: refused before it is read, whatever its format."""

from collections.abc import Callable, Iterator, Mapping
from typing import NoReturn

import numpy as np

from soe_compliance.domain.text import Text
from soe_compliance.filings.cell_places import cell_name
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.package import refuse_size
from soe_compliance.filings.problems import problem
from soe_compliance.filings.raw import ReadingError
from soe_compliance.filings.sheet_facts import NOTHING_HIDDEN, SheetFacts

FactsOfSheet = Callable[[str], SheetFacts]
"""What is to be said of a sheet beside its values, by the sheet's name."""

_TEXTS = Text("单元格文字的总字节数", "bytes of text in its cells")
_CELLS = Text("各工作表行数乘列数之和", "cells of all sheets, rows times columns")


def refuse_large(sheet: str, rows: int, columns: int, limits: Limits) -> None:
    """Refuse a sheet of too many rows and columns, naming its last cell."""
    if rows * columns > limits.sheet_cells:
        raise ReadingError(
            problem(
                "sheet-too-large",
                location=sheet,
                sheet=sheet,
                cell=cell_name(rows - 1, columns - 1),
                rows=f"{rows:,}",
                columns=f"{columns:,}",
                limit=f"{limits.sheet_cells:,}",
            )
        )


def refuse_cells(cells: int, limits: Limits, sheet: str) -> None:
    """Refuse a workbook that is read whole, with too many cells up to this sheet."""
    if cells > limits.sheet_cells:
        refuse_size(_upto(_CELLS, sheet), cells, limits.sheet_cells)


def refuse_texts(size: int, limits: Limits, sheet: str) -> None:
    if size > limits.text_bytes:
        refuse_size(_upto(_TEXTS, sheet), size, limits.text_bytes)


def refuse_two_readings(sheet: str | None = None) -> NoReturn:
    """Refuse a workbook with a cell that is read otherwise than it is shown, naming its sheet where that is known."""
    zh, en = (f"工作表“{sheet}”", f"on sheet “{sheet}” ") if sheet else ("", "")
    why = Text(
        f"{zh}有的单元格写法异常，所显示的与所读出的不同",
        f"{en}some cells are written so that another value is read than is shown",
    )
    raise ReadingError(problem("file-unreadable", location=sheet, why=why))


def _upto(what: Text, sheet: str) -> Text:
    """What there is too much of, and the sheet with which it is."""
    return Text(f"到工作表“{sheet}”为止，{what.zh}", f"up to sheet “{sheet}”, {what.en}")


def used_size(lengths: list[int], used: Iterator[int]) -> int:
    """The size of all texts, each counted as often as it is used."""
    numbers = np.fromiter((number for number in used if number < len(lengths)), dtype=np.int64)
    return int(np.array(lengths, dtype=np.int64)[numbers].sum())


def facts_of(facts: Mapping[str, SheetFacts], limits: Limits) -> FactsOfSheet:
    return lambda name: without_many_faults(name, facts.get(name, NOTHING_HIDDEN), limits)


def without_many_faults(sheet: str, facts: SheetFacts, limits: Limits) -> SheetFacts:
    """The facts of a sheet that is read, which is refused where they are too many; other sheets may have any number."""
    if len(facts.faults) > limits.faults:
        raise ReadingError(
            problem("sheet-of-faults", location=sheet, sheet=sheet, limit=f"{limits.faults:,}")
        )
    return facts
