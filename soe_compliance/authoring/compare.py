"""Two rulesets side by side: what differs in legal terms, and which verdicts flip."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from soe_compliance.authoring.describe import flattened
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Language
from soe_compliance.law.model import Rule, Ruleset
from soe_compliance.report.model import Report


class Difference(Struct, frozen=True):
    """One place in which two rulesets differ; None where one of them lacks it.

    Attributes:
        where: a rule's code, or force, readings or terms.
        what: the place within it.
        source: what an overlay says the change rests on.
    """

    where: str
    what: str
    before: str | None
    after: str | None
    source: str | None = None


def differences(before: Ruleset, after: Ruleset, language: Language = "zh") -> list[Difference]:
    """What differs from one ruleset to another, identity and wording aside."""
    found = [
        *_changed("force", _force(before), _force(after)),
        *_changed("readings", before.readings, after.readings),
        *_changed("terms", _terms(before), _terms(after)),
    ]
    for code in sorted(before.rules.keys() | after.rules.keys()):
        old, new = before.rules.get(code), after.rules.get(code)
        if old is None or new is None:
            titles = [rule.title.text.in_(language) if rule else None for rule in (old, new)]
            found.append(Difference(code, "rule", titles[0], titles[1]))
        else:
            found += _changed(code, _legal(old), _legal(new))
    sources = _sources(after)
    return [_with_source(difference, sources) for difference in found]


def _changed(where: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Difference]:
    for what in sorted(before.keys() | after.keys()):
        if before.get(what) != after.get(what):
            yield Difference(where, what, before.get(what), after.get(what))


def _paired(lines: list[str]) -> dict[str, str]:
    """Flattened lines as a mapping; lines of one path are joined."""
    pairs: dict[str, str] = {}
    for line in lines:
        path, _, value = line.partition(": ")
        pairs[path] = f"{pairs[path]}; {value}" if path in pairs else value
    return pairs


def _force(ruleset: Ruleset) -> dict[str, str]:
    return _paired(flattened(ruleset.force.model_dump(mode="json", by_alias=True, exclude_none=True)))


def _terms(ruleset: Ruleset) -> dict[str, str]:
    dumped = ruleset.terms.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
    return {path: value for path, value in _paired(flattened(dumped)).items() if ".title." not in path}


def _legal(rule: Rule) -> dict[str, str]:
    facts = {
        "severity": rule.severity.value,
        "responsible": rule.responsible.value,
        "clause": rule.clause,
    }
    check = _paired(flattened(rule.check.model_dump(mode="json", exclude_defaults=True)))
    return {**facts, **{f"check.{path}": value for path, value in check.items()}}


def _sources(ruleset: Ruleset) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for change in ruleset.changes:
        if change.rule and change.at:
            found[change.rule, change.at.replace("/", ".")] = change.source
        elif change.term:
            found["terms", change.term.replace("/", ".")] = change.source
        elif change.reading:
            found["readings", change.reading] = change.source
        elif change.off:
            found[change.off, "rule"] = change.source
    return found


def _with_source(difference: Difference, sources: Mapping[tuple[str, str], str]) -> Difference:
    source = sources.get((difference.where, difference.what))
    return Difference(difference.where, difference.what, difference.before, difference.after, source)


class Flip(Struct, frozen=True):
    """A verdict that differs between two reports on the same filings; None where a rule gives none."""

    filing: str
    rule: str
    subject: str
    before: Outcome | None
    after: Outcome | None


def flips(before: Report, after: Report) -> list[Flip]:
    """The verdicts that differ; both reports list every outcome."""
    old, new = _verdicts(before), _verdicts(after)
    return [
        Flip(*subject, old.get(subject), new.get(subject))
        for subject in sorted(old.keys() | new.keys())
        if old.get(subject) is not new.get(subject)
    ]


def _verdicts(report: Report) -> dict[tuple[str, str, str], Outcome]:
    return {(f.filing, f.rule, f.subject.id): f.outcome for f in report.findings}
