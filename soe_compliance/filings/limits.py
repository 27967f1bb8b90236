"""What a file may ask of the machine before it is refused."""

from msgspec import Struct


class Limits(Struct, frozen=True):
    """Bounds on one file. Whatever lies above one is refused before it is opened.

    Attributes:
        file_bytes: the size of the file.
        members: the files packed into a workbook.
        unpacked_bytes: the size of a workbook when unpacked.
        ratio: how many times larger than packed a member may be when unpacked.
        ratio_from_bytes: the unpacked size from which `ratio` holds.
        sheet_cells: rows times columns of a sheet, up to its last cell in use; of all sheets together where the format
            is read whole (.xls, .ods).
        text_bytes: the texts of a workbook's cells, each counted as often as it is used.
        faults: the cells of a sheet that is read that have an error, or a formula without a result.
        csv_field: the characters of one field of a CSV file.
        csv_columns: the fields of one row of a CSV file.
        memory_bytes: the address space that the process which reads the file may take beyond what the program itself
            takes; 64 MB for its own threads and libraries come on top.
        seconds: the time that reading the file may take.
    """

    file_bytes: int = 100 * 1024**2
    members: int = 2_000
    unpacked_bytes: int = 512 * 1024**2
    ratio: int = 200
    ratio_from_bytes: int = 1024**2
    sheet_cells: int = 5_000_000
    text_bytes: int = 512 * 1024**2
    faults: int = 250_000
    csv_field: int = 131_072
    csv_columns: int = 16_384
    memory_bytes: int = 2 * 1024**3
    seconds: int = 120
