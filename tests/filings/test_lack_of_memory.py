"""A file that there was no memory left to read is not called damaged."""

from xml.etree import ElementTree
from xml.parsers.expat import ErrorString, ExpatError

import pytest

from soe_compliance.filings import workbook_reader
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.raw import ReadingError
from tests.filings.filed import GUARANTEE_HEADERS, filing_bytes


class PanicException(BaseException):
    """As the reader of workbooks raises it."""


def of_parser(code: int, kind: type[SyntaxError | ExpatError]) -> BaseException:
    error = kind(ErrorString(code))
    error.code = code  # type: ignore[union-attr]
    return error


OUT_OF_MEMORY = [
    PanicException("PyObject pointer is null"),
    of_parser(1, ElementTree.ParseError),
    of_parser(1, ExpatError),
]
DAMAGED = [
    PanicException("index out of bounds"),
    of_parser(3, ElementTree.ParseError),
    of_parser(3, ExpatError),
    OSError("it ends too soon"),
]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> BaseException:
    """What reading a workbook raises where a library raises this error."""

    def fail(*_: object) -> None:
        raise request.param

    monkeypatch.setattr(workbook_reader, "_tables", fail)
    with pytest.raises((MemoryError, ReadingError)) as raised:
        workbook_reader.raw_workbook(filing_bytes(guarantees=[GUARANTEE_HEADERS]), Limits())
    return raised.value


def test_the_parsers_call_it_so() -> None:
    assert ErrorString(1) == "out of memory"


@pytest.mark.parametrize("told", OUT_OF_MEMORY, indirect=True, ids=repr)
def test_a_lack_of_memory_is_told_by_its_name(told: BaseException) -> None:
    assert isinstance(told, MemoryError)


@pytest.mark.parametrize("told", DAMAGED, indirect=True, ids=repr)
def test_a_damaged_file_is_called_damaged(told: BaseException) -> None:
    assert isinstance(told, ReadingError)
    assert told.problems[0].code == "file-unreadable"
