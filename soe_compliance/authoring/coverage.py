"""What of a regulation is checked: each place with its rules, or why filings can't show it."""

from collections.abc import Mapping, Sequence
from typing import Literal

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.patterns import pattern
from soe_compliance.domain.text import Language, Text
from soe_compliance.law.documents import load
from soe_compliance.law.kinds import Strict
from soe_compliance.law.loading import ruleset_path
from soe_compliance.law.model import Bilingual, Ruleset
from soe_compliance.law.validation import validated

COVERAGE_FILE = "coverage.yaml"

_ARTICLE = pattern(r"第[一二三四五六七八九十百零〇]+条(之[一二三四五六七八九十]+)?")
_KINDS: Mapping[str, Text] = {
    "checked": Text("检查", "checked"),
    "document": Text("须看填报以外的材料", "needs documents that filings do not hold"),
    "person": Text("须由人判断", "a matter for a person"),
    "no_duty": Text("不设企业义务", "lays no duty on enterprises"),
}


class Place(Strict):
    """One article or item of a regulation."""

    place: str
    says: Bilingual
    kind: Literal["checked", "document", "person", "no_duty"]


class Coverage(Strict):
    places: list[Place]


def load_coverage(ruleset: Ruleset, folder: str) -> Coverage | None:
    """The places of a ruleset's regulation; None where its author lists none.

    Raises:
        UserError: the file is not of the form, a place said to be checked has no rule, or a rule's clause is not listed.
    """
    path = ruleset_path(folder) / COVERAGE_FILE
    if not path.is_file():
        return None
    document = load(path)
    coverage = validated(Coverage, document, document.data)
    rules = rules_by_place(ruleset)
    for number, item in enumerate(coverage.places):
        wrong = _wrong(item, rules.get(item.place, []))
        if wrong is not None:
            raise UserError(wrong, place=document.place(("places", number)))
    listed = {item.place for item in coverage.places}
    for place, codes in rules.items():
        if place not in listed:
            raise UserError(
                Text(f"{codes[0]}的条款{place}未列入", f"the clause {place} of {codes[0]} is not listed"),
                place=document.path,
            )
    return coverage


def _wrong(item: Place, codes: Sequence[str]) -> Text | None:
    """Where a place and the rules' clauses don't agree."""
    if item.kind == "checked" and not codes:
        return Text(
            f"{item.place}写为已检查，但没有规则的条款是它",
            f"{item.place} is said to be checked, and no rule has this clause",
        )
    if item.kind != "checked" and codes:
        return Text(
            f"{item.place}有规则{'、'.join(codes)}，kind应为checked",
            f"{item.place} has the rules {', '.join(codes)}: its kind is checked",
        )
    return None


def rules_by_place(ruleset: Ruleset) -> dict[str, list[str]]:
    """The rules of each place of the regulation; rules outside its clauses are left out."""
    found: dict[str, list[str]] = {}
    for rule in ruleset.rules.values():
        article = _ARTICLE.match(rule.clause)
        if article:
            items = rule.clause[article.end() :].split("、")
            for item in items:
                found.setdefault(article.group() + item, []).append(rule.id)
    return found


def coverage_page(ruleset: Ruleset, coverage: Coverage, language: Language) -> str:
    """The coverage in Markdown."""
    rules = rules_by_place(ruleset)
    zh = language == "zh"
    lines = [
        f"# {'条款覆盖' if zh else 'Coverage'}: {ruleset.title.text.in_(language)}",
        "",
        "| 条款 | 内容 | 是否检查 | 规则 |" if zh else "| Place | What it says | Checked | Rules |",
        "| --- | --- | --- | --- |",
    ]
    for item in coverage.places:
        codes = ", ".join(rules.get(item.place, []))
        lines.append(
            f"| {item.place} | {item.says.text.in_(language)} | {_KINDS[item.kind].in_(language)} | {codes} |"
        )
    return "\n".join(lines) + "\n"
