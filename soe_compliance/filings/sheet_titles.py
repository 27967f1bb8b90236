"""The form that a sheet is titled after, however the title is dressed."""

from collections.abc import Sequence
from functools import lru_cache

from soe_compliance.domain.patterns import pattern
from soe_compliance.filings.header_rows import find_header
from soe_compliance.filings.key_values import has_required_labels
from soe_compliance.filings.layout import FoundBy
from soe_compliance.filings.tables import HEADER, TABLES, TableOfForms
from soe_compliance.filings.values import text_of

_TITLES = {form.title: form for form in TABLES.values()}
_ALSO = {title: form for form in TABLES.values() for title in form.also}
_QUARTER = r"第?[一二三四1-4]季度|[Qq][1-4]"
_DAY = rf"(?:(?:截[至止])?\d{{4}}(?:年度?)?(?:\d{{1,2}}月(?:份|\d{{1,2}}日|末|底)?|{_QUARTER}|[上下]半年|末|底)?|{_QUARTER})"
_BEFORE = pattern(
    rf"(?:附件|附表|附录|表)\d*(?:[-.]\d+)*[:、.\-_]?|\(?(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[)、.:\-_]+"
    rf"|{_DAY}[-_.、]?|\d{{1,2}}(?=\D)|集团(?:公司)?|本集团"
)
_NUMBERING = pattern(
    r"(?:附件|附表|附录|表)\s*\d{0,2}(?!\d)(?:[-.]\d{1,2}(?!\d))*[:、.\-_]*"
    r"|\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)、.:\-_]+|\d{1,2}(?!\d|季)"
)
_BEHIND = pattern(rf"\([^()]*\)|[-_.]?{_DAY}|[-_]?\d{{1,2}}|表|统计|汇总|补充|续|新增|[-_]")
_MOST_PARTS = 6
_FEWEST_FIELDS = 4
_CLEARLY = 2
"""So many fields more than any other table has a sheet that is told by its headers."""


_VOID = pattern(
    r"(?:旧表?|旧版本?|作废|废止|已废|备份|副本|历史版本)(?=\)|$)|^(?:作废|废止|备份|旧版)|^旧(?=[^城])"
)
_EXAMPLE = pattern(r"样例|示例|样表|范例|模板|空表")
_YEAR = pattern(r"20\d\d")


@lru_cache(maxsize=1024)
def is_void(name: str) -> bool:
    """Whether a sheet's name says that it is an old one, a copy, or void."""
    return bool(_VOID.search("".join(text_of(name).split())))


@lru_cache(maxsize=1024)
def form_without_mark(name: str) -> TableOfForms | None:
    """The form that the name of a void sheet stands for."""
    titled = form_titled(_VOID.sub("", "".join(text_of(name).split())).replace("()", ""))
    return titled[0] if titled else None


def is_example(name: str) -> bool:
    """Whether a sheet's name says that it may be an example."""
    return bool(_EXAMPLE.search(name))


@lru_cache(maxsize=1024)
def precedence(name: str) -> tuple[bool, int]:
    """Where several sheets are titled after one form: examples stand behind, and the latest year goes before."""
    return is_example(name), -max(map(int, _YEAR.findall(name)), default=0)


@lru_cache(maxsize=1024)
def form_titled(name: str) -> tuple[TableOfForms, FoundBy] | None:
    """The form that a sheet's name stands for: its title, or one in use, with numbers, dates and the like round it."""
    plain = "".join(text_of(name).split())
    if plain in _TITLES:
        return _TITLES[plain], FoundBy.FORM
    for part in [*_undressed(plain), *_undressed(without_number(name))]:
        if form := _TITLES.get(part) or _ALSO.get(part):
            return form, FoundBy.SYNONYM
    return None


def without_number(name: str) -> str:
    """The name without white space and without the number before it, which may stand before a year: 附表1 2023年."""
    text = text_of(name)
    number = _NUMBERING.match(text)
    return "".join(text[number.end() if number else 0 :].split())


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


def form_of_headers(rows: Sequence[Sequence[object]], *, complete: bool = True) -> TableOfForms | None:
    """The form whose headers a sheet has, clearly more of them than of any other's.

    Args:
        rows: the rows of the sheet.
        complete: false for a header that lacks columns which no row can do without.
    """
    if has_required_labels(rows, within=False):
        return TABLES[HEADER]
    fields = _fields_found(rows, complete=complete)
    if not fields and not complete and has_required_labels(rows):
        return TABLES[HEADER]
    if not fields or fields[0][0] < _FEWEST_FIELDS:
        return None
    if len(fields) > 1 and fields[0][0] - fields[1][0] < _CLEARLY:
        return None
    return TABLES[fields[0][1]]


def forms_headed(rows: Sequence[Sequence[object]]) -> list[TableOfForms]:
    """The forms of which a sheet has headers enough to be one, be they of several tables or of one that fits several."""
    return [TABLES[key] for count, key in _fields_found(rows) if count >= _FEWEST_FIELDS]


def _fields_found(rows: Sequence[Sequence[object]], *, complete: bool = True) -> list[tuple[int, str]]:
    """How many fields of each form have a header on a sheet, and the form's key, the most first."""
    found: list[tuple[int, str]] = []
    for key, form in TABLES.items():
        header = find_header(rows, form, complete=complete) if key != HEADER else None
        if header and len(header.columns) >= sum(map(bool, header.unknown.values())):
            found.append((len(header.columns), key))
    return sorted(found, reverse=True)
