"""What a ruleset is: identity, force, readings, shared terms, and rules with their texts."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from hashlib import sha256
from json import dumps
from string import Formatter
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, Field, field_validator, model_validator

from soe_compliance.domain.outcomes import Responsible, Severity
from soe_compliance.domain.text import Text
from soe_compliance.law.kinds import AnyKind, Strict
from soe_compliance.law.overlays import Change
from soe_compliance.law.refusals import RULE_CODE, RULESET_ID, WrongValue
from soe_compliance.law.values import (
    MOST_DAYS,
    Day,
    Factor,
    Flag,
    Name,
    OneName,
    Part,
    Whole,
    word_or_number,
)

_NO_LEAP_YEAR = 2023

QUARTERLY = "quarterly"
"""The name of the due day of quarterly reports, beside the named due dates."""


class Bilingual(Strict):
    """A text in Chinese and English."""

    zh: Name
    en: Name

    @property
    def text(self) -> Text:
        return Text(self.zh, self.en)


def _parsed(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    try:
        return list(Formatter().parse(text))
    except ValueError:
        raise WrongValue(
            Text(f"花括号不成对：{text}", f"the braces don't pair, in: {text}"),
        ) from None


def _plain_placeholders(template: Bilingual) -> Bilingual:
    for text in (template.zh, template.en):
        for _, name, spec, conversion in _parsed(text):
            if name is not None and (not name.isidentifier() or spec or conversion):
                raise WrongValue(
                    Text(
                        f"占位符写作{{name}}，不得写作{{{name}}}另加内容：{text}",
                        f"write a placeholder as {{name}}, not {{{name}}} with more, in: {text}",
                    )
                )
    return template


Template: TypeAlias = Annotated[Bilingual, AfterValidator(_plain_placeholders)]
"""A text with placeholders such as {subject} or {excess}; a lone brace is refused."""


class Source(Strict):
    """A document that the ruleset rests on, and how it was checked."""

    title: Name
    document_no: str | None = None
    dated: Day | None = None
    checked: Literal["text", "secondary", "recalled"] = Field(
        description="read in the text itself, in a secondary summary, or recalled and wants checking"
    )
    provisions: str | None = None


class Force(Strict):
    """From when the regulation binds, until when it is on trial, and the last day before it was replaced."""

    from_: Day = Field(alias="from")
    trial_until: Day | None = None
    until: Day | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "Force":
        for last in (self.trial_until, self.until):
            if last is not None and last < self.from_:
                raise WrongValue(
                    Text(
                        f"{last}早于施行日{self.from_}，从未施行",
                        f"{last} is before {self.from_}: it would never be in force",
                    )
                )
        return self

    def covers(self, day: date) -> bool:
        """Whether the regulation is in force at a day; one past its trial still is."""
        return self.from_ <= day and (self.until is None or day <= self.until)


class Interpretation(Strict):
    """An ambiguous place of the regulation: its readings, and the one taken by default."""

    title: Bilingual
    default: str
    options: dict[str, Bilingual]
    usual_days: str | None = Field(
        default=None, pattern=r"^\d{1,3}$", description="a number of days is an option too; the usual one"
    )

    @model_validator(mode="after")
    def _default_is_an_option(self) -> "Interpretation":
        if self.default not in self.options:
            raise WrongValue(
                Text(
                    f"默认值{self.default}不在选项{'、'.join(self.options)}之中",
                    f"default {self.default} is none of the options {', '.join(self.options)}",
                )
            )
        return self

    def others(self, option: str) -> list[str]:
        """The options beside this one; where days are an option, a usual number of them too."""
        every = [*self.options, *([self.usual_days] if self.usual_days else [])]
        return [other for other in every if other != option]

    def accepts(self, option: str) -> bool:
        return option in self.options or (
            self.usual_days is not None and option.isascii() and option.isdigit() and len(option) <= 3
        )


class DueDate(Strict):
    """A day of a year; `last` is the month's last."""

    month: Whole = Field(ge=1, le=12)
    day: Annotated[int | Literal["last"], word_or_number("last", 1, 31)]

    @model_validator(mode="after")
    def _is_in_every_year(self) -> "DueDate":
        if self.day != "last" and self.day > monthrange(_NO_LEAP_YEAR, self.month)[1]:
            raise WrongValue(
                Text(
                    f"{self.month}月并非每年都有{self.day}日；月末请写last",
                    f"month {self.month} has no day {self.day} in every year: write last for its end",
                )
            )
        return self


class Deadlines(Strict):
    """What becomes of a due date on a day off; and, where the calendar does not reach, how late it may be."""

    roll: Literal["next_working_day", "none"]
    uncovered_days: Whole = Field(ge=0, le=MOST_DAYS)


class Quarterly(Strict):
    """When a quarterly report is due: at the end of the next quarter, or so many days after its own."""

    due: Annotated[int | Literal["next_quarter_end"], word_or_number("next_quarter_end", 0, MOST_DAYS)]


class Control(Strict):
    votes_above: Part

    @field_validator("votes_above")
    @classmethod
    def _can_be_passed(cls, share: Fraction) -> Fraction:
        if share == 1:
            raise WrongValue(Text("没有超过1的表决权", "no votes are above 1"))
        return share


class Tiered(Strict):
    """Investors of the first levels: up to this level, or with this flag."""

    level: Whole
    flag: str


class Large(Strict):
    """An amount against a part of the base firm's net assets of the year before."""

    factor: Factor
    boundary: Literal["inclusive", "exclusive"]
    base: Literal["investor", "group"]
    of: str
    instead: str = Field(description="for a firm that holds nothing, where the base is blank")


class Category(Strict):
    """A category of projects, by flags of the project, its investor, and its amount."""

    title: Bilingual
    where: dict[str, Flag] = Field(default={}, description="flags that must be so; blank is unknown")
    unless: dict[str, Flag] = Field(default={}, description="flags that must not be so; blank is not so")
    tiered_investor: Flag = False
    large: Large | None = None

    @model_validator(mode="after")
    def _may_be(self) -> "Category":
        for key in self.where.keys() & self.unless.keys():
            if self.where[key] == self.unless[key]:
                raise WrongValue(
                    Text(
                        f"where和unless都写了{key}，没有项目符合",
                        f"no project is both where and unless of {key}",
                    )
                )
        return self


class RelationReadings(Strict):
    scope: Literal["group", "guarantor"]
    siblings: Literal["review", "unlinked", "ban"] = Field(
        description="unlinked: as review, but one for a member that holds the guarantor is upstream"
    )


class Share(Strict):
    basis: Literal["controlled", "economic"]
    rounding: Part = Field(description="the most that rounding of a printed share may hide")


class Terms(Strict):
    """What several rules share, each said once."""

    control: Control
    tiered: Tiered
    deadlines: Deadlines
    due_dates: dict[str, DueDate]
    quarterly: Quarterly
    categories: dict[str, Category]
    relation: RelationReadings
    share: Share
    earlier_guarantees: Literal["judge", "spare"]
    waivable: list[Severity] = Field(description="severities that an exception may excuse")


class Texts(Strict):
    """What a rule says at an outcome; where none is given, the common wording serves."""

    fail: Template
    pending: Template | None = None
    unknown: Template | None = None


class Rule(Strict):
    """One rule: what it means, where it stands, how it is checked, and what is said of it."""

    id: str = Field(pattern=RULE_CODE)
    severity: Severity
    responsible: Responsible = Responsible.ENTERPRISE
    clause: Name
    verb: str | None = Field(default=None, description="the words of the clause that set the severity")
    title: Bilingual
    meaning: Bilingual
    check: AnyKind
    texts: Texts
    remedy: Template

    @property
    def is_of_the_regulation(self) -> bool:
        """Whether a clause says so; that a filing is consistent, and what signals a risk, is asked by the check itself."""
        return self.verb is not None or self.severity.is_of_a_clause


class Ruleset(Strict):
    """A ruleset whose readings are resolved."""

    id: str = Field(pattern=RULESET_ID)
    title: Bilingual
    issuer: Name
    document_no: Name
    published: Day
    force: Force
    jurisdictions: list[OneName]
    sources: list[Source]
    interpretations: dict[str, Interpretation]
    readings: dict[str, str]
    extends: str | None = Field(default=None, description="the ruleset that this one follows")
    changes: list[Change] = []
    terms: Terms
    rules: dict[str, Rule]
    readings_of: dict[str, tuple[str, ...]] = Field(description="the interpretations that each rule hangs on")
    defined_in: dict[str, str] = Field(description="the ruleset that each rule was written for")

    @property
    def digest(self) -> str:
        """The SHA-256 of the canonical JSON of all but texts."""
        canonical = dumps(_without_texts(self.model_dump(mode="json")), ensure_ascii=False, sort_keys=True)
        return "sha256:" + sha256(canonical.encode()).hexdigest()

    def document_of(self, rule: Rule) -> str:
        """The document in which a rule's clause stands; empty where no clause says it."""
        return self.document_no if rule.is_of_the_regulation else ""

    def notices(self, as_of: date) -> tuple[Text, ...]:
        """What a report must say of the ruleset at this date."""
        found = list(self._unchecked())
        replaced, trial = self.force.until, self.force.trial_until
        if replaced is not None and as_of > replaced:
            found.append(
                Text(
                    f"{self.title.zh}自{replaced}后已不再施行",
                    f"{self.title.en} is no longer in force since {replaced}",
                )
            )
        elif trial is not None and as_of > trial:
            found.append(
                Text(
                    f"{self.title.zh}的试行期已于{trial}届满，是否继续适用请核实",
                    f"the trial of {self.title.en} ended on {trial}; check whether it still applies",
                )
            )
        return tuple(found)

    def _unchecked(self) -> Iterator[Text]:
        """That some provisions are recalled and were not looked up."""
        if any(source.checked == "recalled" for source in self.sources):
            yield Text(
                f"规则集{self.id}的部分规定未核对原文（见ruleset.yaml的sources），据以处理前请核对",
                f"some provisions of {self.id} were not checked in the text (see sources in its ruleset.yaml): "
                "check them before acting on a finding",
            )

    def can_be_waived(self, rule: Rule) -> bool:
        return rule.severity in self.terms.waivable


_TEXTS = {"title", "meaning", "texts", "remedy", "verb", "readings_of", "defined_in"}


def _without_texts(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _without_texts(value) for key, value in node.items() if key not in _TEXTS}
    if isinstance(node, list):
        return [_without_texts(value) for value in node]
    return node
