"""What only data state, whatever word stands in their row: days and identifiers, answers beside one; the codes of firms."""

from collections.abc import Mapping, Sequence

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.cell_text import text_of
from soe_compliance.filings.fields import FieldType
from soe_compliance.filings.likeness import is_readable
from soe_compliance.filings.tables import FieldOfForm

_FEWEST = 2
_ANSWERS = frozenset({FieldType.FLAG, FieldType.CHOICE, FieldType.CHOICES})
_IDENTIFIER = pattern(r"(?=.*\d)(?=.*[A-Za-z])[0-9A-Za-z/_.-]+")
_CREDIT_CODE = pattern(r"(?!.*[xX]{2})[0-9A-Za-z]{18}")


def is_record(fields: Mapping[int, FieldOfForm], row: Sequence[object]) -> bool:
    """Whether a row of these columns states two things or more that no total and no note does.

    Answers alone are none: they are filled down beside totals as well.
    """
    cells = [(field, row[column]) for column, field in fields.items()]
    named = sum(_is_named_or_dated(field, cell) for field, cell in cells)
    answered = sum(field.type in _ANSWERS and is_readable(field, cell) for field, cell in cells)
    return named > 0 and named + answered >= _FEWEST


def _is_named_or_dated(field: FieldOfForm, cell: object) -> bool:
    if field.key == "id":
        return isinstance(cell, str) and bool(_IDENTIFIER.fullmatch(text_of(cell)))
    return field.type is FieldType.DATE and is_readable(field, cell)


def is_credit_code(cell: object) -> bool:
    """Whether a cell may be the code of a firm, and not the form of any: 9115XXXX."""
    return isinstance(cell, str) and bool(_CREDIT_CODE.fullmatch(text_of(cell)))
