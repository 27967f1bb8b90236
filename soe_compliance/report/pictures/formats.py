"""The forms of a picture by the ending of its file."""

import os
from collections.abc import Callable, Mapping
from pathlib import PurePath

from soe_compliance.domain.text import Language
from soe_compliance.engine import FilingResult
from soe_compliance.report.files import write_whole
from soe_compliance.report.model import Report
from soe_compliance.report.pictures.dot import dot_file
from soe_compliance.report.pictures.graphml import graphml_file
from soe_compliance.report.pictures.page import page_file
from soe_compliance.report.pictures.scene import Scene, scene
from soe_compliance.report.pictures.svg import svg_file
from soe_compliance.report.render import unknown_ending

ENDINGS: Mapping[str, Callable[[Scene], bytes]] = {
    ".svg": svg_file,
    ".html": page_file,
    ".graphml": graphml_file,
    ".dot": dot_file,
}
_DATA = frozenset({".graphml", ".dot"})
"""Those that other programs draw from: they have the whole web, however large."""


def ending_of(path: str | os.PathLike[str]) -> str:
    """The ending of a picture's file.

    Raises:
        UserError: it says no known format.
    """
    ending = PurePath(path).suffix.lower()
    if ending not in ENDINGS:
        raise unknown_ending(path, ENDINGS)
    return ending


def write_picture(
    report: Report, filing: FilingResult, path: str | os.PathLike[str], language: Language = "zh"
) -> None:
    """Write the web of a filing that was checked with exhibits, in the format that the ending says.

    Raises:
        UserError: the ending says no format, or the file can't be written.
    """
    ending = ending_of(path)
    write_whole(path, ENDINGS[ending](scene(report, filing, language, whole=ending in _DATA)))
