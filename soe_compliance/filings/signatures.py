"""How the files begin that workbooks are."""

ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_workbook(data: bytes) -> bool:
    """Whether these are the bytes of a workbook, whatever the file's name."""
    return data.startswith((ZIP, COMPOUND))
