"""The cells of a filing that were understood otherwise than by the value stored in them, for people and programs."""

from collections.abc import Iterator
from itertools import groupby

from soe_compliance.domain.text import Language, Text
from soe_compliance.filings.coercions import Coercion, coercions
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.tables import TABLES

SHOWN = 3
"""Of the cells of a column that are spelled in one way, so many are shown to people."""

_COLUMN = Text("{title}“{header}”：{how}，{count}格：{cells}", "{title} “{header}”: {how} ({count}): {cells}")
_CELL = Text("{place}“{written}”→{understood}", "{place} “{written}” → {understood}")
_BLANK = Text("未填", "blank")
_MORE = Text("等", " …")
_BETWEEN = Text("；", "; ")


def coercion_documents(filing: Filing, language: Language) -> list[dict[str, str]]:
    """Each of the cells, for programs."""
    return [
        {
            "table": found.table,
            "field": found.field,
            "location": found.location,
            "written": found.written,
            "understood": found.understood,
            "how": found.how.in_(language),
        }
        for found in coercions(filing)
    ]


def coercion_lines(filing: Filing, language: Language) -> Iterator[str]:
    """A line for each column and spelling or number format: how many cells, and the first of them."""
    by_spelling = sorted(enumerate(coercions(filing)), key=lambda item: _group(item[1]))
    order = {}
    for _, items in groupby(by_spelling, key=lambda item: _group(item[1])):
        places = list(items)
        order[places[0][0]] = [found for _, found in places]
    for first in sorted(order):
        yield _line(order[first], language)


def _group(found: Coercion) -> tuple[str, str, str, str]:
    return found.table, found.field, found.how.en, found.number_format


def _line(cells: list[Coercion], language: Language) -> str:
    first = cells[0]
    form = TABLES[first.table]
    shown = _BETWEEN.in_(language).join(_cell(found, language) for found in cells[:SHOWN])
    more = _MORE.in_(language) if len(cells) > SHOWN else ""
    said = _COLUMN.format(
        title=form.title,
        header=form.fields[first.field].header,
        how=first.how,
        count=f"{len(cells):,}",
        cells=shown + more,
    )
    return said.in_(language)


def _cell(found: Coercion, language: Language) -> str:
    place = found.location.rpartition("!")[2]
    understood = found.understood or _BLANK.in_(language)
    return _CELL.in_(language).format(place=place, written=found.written, understood=understood)
