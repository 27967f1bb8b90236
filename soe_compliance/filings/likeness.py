"""Whether a row looks like one of a table: what is required is there, and each cell may stand in its column."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.cell_text import BadCell, is_stated
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.tables import FieldOfForm
from soe_compliance.filings.values import reader

_CODES = frozenset({FieldType.FIRM, FieldType.PROJECT})
_ANYTHING = frozenset({FieldType.TEXT, FieldType.ID})
_WORD = pattern(r"[\u4e00-\u9fff]")
_USUAL = frozenset({"code"})


class Likeness:
    """What rows of a table look like.

    Args:
        fields: the fields of the table by column.
        required: the columns that each row fills.
        known: rows of the table: where their codes are words or numbers, others may be so as well.
        shapes: what codes may be in any case.
    """

    def __init__(
        self,
        fields: Mapping[int, FieldOfForm],
        required: Collection[int],
        known: Iterable[Sequence[object]] = (),
        shapes: Set[str] = _USUAL,
    ) -> None:
        self._fields = fields
        self._required = required
        codes = [c for c, f in fields.items() if f.type in _CODES or (f.type is FieldType.ID and f.required)]
        shapes_of = {column: set(shapes) for column in codes}
        for row in known:
            for column in codes:
                shapes_of[column].add(_shape(row[column]))
        self._shapes: Mapping[int, Set[str]] = shapes_of

    def fits(self, row: Sequence[object]) -> bool:
        """Whether a row may be one of the table."""
        return all(is_filled(row[column]) for column in self._required) and all(
            self.may_be(column, row[column]) for column in self._fields
        )

    def asks(self, column: int) -> bool:
        """Whether a column asks for more than a text."""
        return column in self._shapes or self._fields[column].type not in _ANYTHING

    def may_be(self, column: int, cell: object) -> bool:
        """Whether a cell may stand in a column."""
        if column in self._shapes:
            return not is_filled(cell) or _shape(cell) in self._shapes[column]
        field = self._fields[column]
        try:
            reader(field.type, field.choices)(cell)
        except BadCell:
            return False
        return True


def is_readable(field: FieldOfForm, cell: object) -> bool:
    """Whether a cell states what its field asks for."""
    try:
        return reader(field.type, field.choices)(cell)[0] is not None
    except BadCell:
        return False


def has_word(text: str) -> bool:
    """Whether a text has a Chinese character."""
    return bool(_WORD.search(text))


def is_filled(cell: object) -> bool:
    """Whether a cell holds more than a dash or the like."""
    return not isinstance(cell, str) or is_stated(cell)


def _shape(cell: object) -> str:
    if not isinstance(cell, str):
        return "number"
    return "words" if has_word(cell) else "code"
