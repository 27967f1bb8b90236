"""NET001 to NET003: circles of guarantees and of holdings, and projects cut into pieces."""

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction

from .case import Case, Finding
from .ledger import in_force, is_self, licensed
from .projects import investor_scope, is_large, is_large_amount, project_base, projects_of_year
from .rows import Row

PART = "第?[一二三四五六七八九十0-9]+(期|标段|阶段|批|部分)?"
BRACKETED = [rf"\({PART}\)", rf"\[{PART}\]", f"【{PART}】", f"〔{PART}〕"]
TAIL = re.compile("|".join([PART, *BRACKETED]))


def web_findings(case: Case) -> Iterator[Finding]:
    """All findings on the web."""
    guarantees = {
        (g["guarantor_code"], g["beneficiary_code"])
        for g in case.filing.used["guarantees"]
        if in_force(case, g)
        and not is_self(g)
        and g["home_buyers"] is not True
        and licensed(case, g) is not True
    }
    for circle in circles(guarantees):
        yield Finding("NET001", circle, "fail")
    holdings = {
        (h["holder_code"], h["investee_code"])
        for h in case.filing.used["holdings"]
        if h["ratio"] is not None and h["ratio"] > 0
    }
    for circle in circles(holdings):
        yield Finding("NET002", circle, "fail")
    yield from split_projects(case)


def circles(arrows: set[tuple[str, str]]) -> set[str]:
    """The strongly connected sets of two or more codes."""
    codes = {code for arrow in arrows for code in arrow}
    onward = {code: reached_from(code, arrows) for code in codes}
    found = set()
    for code in codes:
        together = {other for other in onward[code] if code in onward[other]} | {code}
        if len(together) >= 2:
            found.add("+".join(sorted(together)))
    return found


def reached_from(code: str, arrows: set[tuple[str, str]]) -> set[str]:
    """All codes to which arrows lead."""
    found: set[str] = set()
    waiting = [code]
    while waiting:
        here = waiting.pop()
        for tail, head in arrows:
            if tail == here and head not in found:
                found.add(head)
                waiting.append(head)
    return found


def split_projects(case: Case) -> Iterator[Finding]:
    """NET003."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for project in projects_of_year(case):
        if project["overseas"] is True or investor_scope(case, project) is not True:
            continue
        if case.ownership.tiered(project["investor_code"]) is True and is_large(case, project) is False:
            key = (project["investor_code"], plain_name(project["name"]))
            groups.setdefault(key, []).append(project)
    for parts in groups.values():
        total = sum((Fraction(project["amount"]) for project in parts), Fraction(0))
        if len(parts) >= 2 and is_large_amount(case, total, project_base(case, parts[0])):
            yield Finding("NET003", "+".join(sorted(project["code"] for project in parts)), "fail")


def plain_name(name: str) -> str:
    """A project's name without the number of a phase or lot."""
    text = "".join(unicodedata.normalize("NFKC", name).split())
    while True:
        tails = [place for place in range(len(text)) if TAIL.fullmatch(text, place)]
        if not tails or tails[0] == 0:
            return text
        text = text[: tails[0]]
