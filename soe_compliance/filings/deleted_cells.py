"""What a sheet says is deleted: rows that are void or struck through, and cells with a strikethrough.

Whether such a row holds can't be told, so it loses a cell that it can't do without: sums know then that it may belong
to them.
"""

from collections.abc import Collection, Mapping, Sequence, Set

from msgspec import Struct

from soe_compliance.filings.bad_cells import shown
from soe_compliance.filings.cell_places import rows_listed
from soe_compliance.filings.cell_text import is_blank
from soe_compliance.filings.sheet_formats import Report
from soe_compliance.filings.struck import Struck
from soe_compliance.filings.tables import TableOfForms
from soe_compliance.filings.void_rows import VoidRow


class DeletedCells(Struct, frozen=True):
    """Blanks what is deleted.

    Attributes:
        form: the form of the table.
        columns: the column of each of its fields.
        numbers: the rows with data.
        struck: the cells that are struck through.
        report: takes the problems.
    """

    form: TableOfForms
    columns: Mapping[str, int]
    numbers: Sequence[int]
    struck: Struck
    report: Report

    def blank(self, cells: dict[str, Sequence[object]], void: Sequence[VoidRow]) -> None:
        """Blank, among the cells of each field, those that are deleted, and one of each row that may be void."""
        required = {self.columns[field.key] for field in self.form.required}
        struck = self.struck.rows(self.numbers, required) if self.struck else []
        void = [one for one in void if one.row not in struck]
        deleted = {*struck, *(one.row for one in void)}
        if deleted:
            self._without(cells, self.form.required[-1].key, deleted)
            self._report_rows(struck, void)
        if self.struck:
            self._blank_struck(cells, deleted)

    def _without(self, cells: dict[str, Sequence[object]], key: str, rows: Collection[int]) -> None:
        cells[key] = [
            None if number in rows else cell for number, cell in zip(self.numbers, cells[key], strict=True)
        ]

    def _report_rows(self, struck: Sequence[int], void: Sequence[VoidRow]) -> None:
        field = self.form.required[-1]
        if struck:
            rows = rows_listed(struck)
            self.report(
                "rows-struck", struck[0], self.columns[field.key], field, header=field.header, rows=rows
            )
        saying: dict[str, list[VoidRow]] = {}
        for one in void:
            saying.setdefault(one.remark, []).append(one)
        for remark, those in saying.items():
            said = {
                "header": field.header,
                "rows": rows_listed([one.row for one in those]),
                "text": shown(remark),
            }
            self.report("rows-void", those[0].row, those[0].column, field, **said)

    def _blank_struck(self, cells: dict[str, Sequence[object]], deleted: Set[int]) -> None:
        """Cells of which anything is struck through, in rows that are not struck as a whole."""
        for key, column in self.columns.items():
            struck = [
                number
                for number, cell in zip(self.numbers, cells[key], strict=True)
                if self.struck.holds(number, column)
                and number not in deleted
                and cell is not None
                and not is_blank(cell)
            ]
            if struck:
                field = self.form.fields[key]
                self._without(cells, key, set(struck))
                said = {"header": field.header, "count": f"{len(struck):,}", "rows": rows_listed(struck)}
                self.report("cells-struck", struck[0], column, field, **said)
