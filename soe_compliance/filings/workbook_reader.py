"""Workbooks (.xlsx .xlsm .xls .xlsb .ods): a sheet a table."""

from soe_compliance.filings.limits import Limits
from soe_compliance.filings.problems import problem
from soe_compliance.filings.raw import ReadingError, RawFiling

_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_workbook(data: bytes) -> bool:
    """Whether these are the bytes of a workbook, whatever the file's name."""
    return data.startswith((_ZIP, _COMPOUND))


def raw_workbook(data: bytes, limits: Limits) -> RawFiling:
    raise ReadingError(problem("format-unknown"))
