"""The form that a sheet is titled after, however the title is dressed."""

import re
from collections.abc import Sequence
from functools import lru_cache

from soe_compliance.filings.header_rows import find_header
from soe_compliance.filings.key_values import has_required_labels
from soe_compliance.filings.layout import FoundBy
from soe_compliance.filings.tables import HEADER, TABLES, TableOfForms
from soe_compliance.filings.values import text_of

_TITLES = {form.title: form for form in TABLES.values()}
_ALSO = {title: form for form in TABLES.values() for title in form.also}
_DAY = r"(?:截[至止])?\d{4}(?:年度?)?(?:\d{1,2}月(?:份|\d{1,2}日|末|底)?|第?[一二三四1-4]季度|[上下]半年|[Qq][1-4]|末|底)?"
_BEFORE = re.compile(
    rf"(?:附件|附表|附录|表)\d*(?:[-.]\d+)*[:、.\-_]?|\(?(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[)、.:\-_]+"
    rf"|{_DAY}[-_.、]?|\d{{1,2}}(?=\D)|集团(?:公司)?|本集团"
)
_BEHIND = re.compile(rf"\([^()]*\)|[-_.]?{_DAY}|[-_]?\d{{1,2}}|表|统计|汇总|[-_]")
_MOST_PARTS = 6
_FEWEST_FIELDS = 4
_CLEARLY = 2
"""So many fields more than any other table has a sheet that is told by its headers."""


@lru_cache(maxsize=1024)
def form_titled(name: str) -> tuple[TableOfForms, FoundBy] | None:
    """The form that a sheet's name stands for: its title, or one in use, with numbers, dates and the like round it."""
    plain = "".join(text_of(name).split())
    if plain in _TITLES:
        return _TITLES[plain], FoundBy.FORM
    for part in _undressed(plain):
        if form := _TITLES.get(part) or _ALSO.get(part):
            return form, FoundBy.SYNONYM
    return None


def _undressed(plain: str) -> list[str]:
    """The name without what stands before it, then also without what stands behind."""
    found = [plain]
    for _ in range(_MOST_PARTS):
        match = _BEFORE.match(plain)
        if match is None or match.end() == len(plain):
            break
        plain = plain[match.end() :]
        found.append(plain)
    for start in list(found):
        for _ in range(_MOST_PARTS):
            match = next((m for m in _BEHIND.finditer(start) if m.end() == len(start) and m.start()), None)
            if match is None:
                break
            start = start[: match.start()]
            found.append(start)
    return found


def form_of_headers(rows: Sequence[Sequence[object]]) -> TableOfForms | None:
    """The form whose headers a sheet has, clearly more of them than of any other's."""
    if has_required_labels(rows):
        return TABLES[HEADER]
    fields: list[tuple[int, str]] = []
    for key, form in TABLES.items():
        header = find_header(rows, form) if key != HEADER else None
        if header and len(header.columns) >= sum(map(bool, header.unknown.values())):
            fields.append((len(header.columns), key))
    fields.sort(reverse=True)
    if not fields or fields[0][0] < _FEWEST_FIELDS:
        return None
    if len(fields) > 1 and fields[0][0] - fields[1][0] < _CLEARLY:
        return None
    return TABLES[fields[0][1]]
