"""How far the sheets of an .xls reach, and what they hide."""

import numpy as np

from soe_compliance.filings.compound import CompoundFile, DamagedCompoundError
from soe_compliance.filings.extents import FactsOfSheet, facts_of, refuse_cells, refuse_large, refuse_texts
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.package import DAMAGED
from soe_compliance.filings.problems import problem
from soe_compliance.filings.raw import ReadingError
from soe_compliance.filings.xls_records import XlsBook, book_of
from soe_compliance.filings.xls_texts import LONGEST_TEXT, shared_sizes

_ENCRYPTED_STREAM = "encryptedpackage"
_WORKBOOK_STREAMS = ("workbook", "book")


def inspected_xls(data: bytes, limits: Limits) -> FactsOfSheet:
    """Refuse a workbook with a cell too far out, or texts used too often; say what its sheets hide.

    Raises:
        ReadingError: it is encrypted or damaged, or has a cell too far out.
    """
    try:
        compound = CompoundFile(data)
        stream = compound.stream(*_WORKBOOK_STREAMS)
        encrypted = compound.stream(_ENCRYPTED_STREAM) is not None
    except DamagedCompoundError:
        raise ReadingError(problem("file-unreadable", why=DAMAGED)) from None
    if encrypted:
        raise ReadingError(problem("file-encrypted"))
    if stream is None:
        raise ReadingError(problem("format-unknown"))
    book = book_of(stream)
    if book is None:
        raise ReadingError(problem("file-encrypted"))
    cells = 0
    for name, sheet in book.sheets.items():
        refuse_large(name, sheet.rows, sheet.columns, limits)
        cells += sheet.rows * sheet.columns
        refuse_cells(cells, limits, name)
    _refuse_shared(book, limits)
    return facts_of({name: sheet.facts for name, sheet in book.sheets.items()}, limits)


def _refuse_shared(book: XlsBook, limits: Limits) -> None:
    """Refuse shared texts used too often, naming the sheet that goes beyond the limit."""
    used = sum(len(sheet.texts) for sheet in book.sheets.values())
    if used * min(sum(map(len, book.shared)) * 2, LONGEST_TEXT) <= limits.text_bytes:
        return
    lengths, size = np.array([*shared_sizes(book.shared), LONGEST_TEXT], dtype=np.int64), 0
    for name, sheet in book.sheets.items():
        numbers = np.minimum(np.array(sheet.texts, dtype=np.int64), len(lengths) - 1)
        size += int(lengths[numbers].sum())
        refuse_texts(size, limits, name)
