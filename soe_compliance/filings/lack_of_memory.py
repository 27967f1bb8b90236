"""Errors of libraries that say nothing of the file, but that there was no memory left to read it."""

from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

_PARSING = 1
_CONVERTING = frozenset({"PyObject pointer is null", "Python API call failed"})
"""What the reader of workbooks panics with where Python could make no object for a cell."""


def lacked_memory(error: BaseException) -> bool:
    """Whether a library says by an error of its own that there was no memory left."""
    if isinstance(error, (ParseError, ExpatError)):
        return error.code == _PARSING
    return str(error) in _CONVERTING
