"""What a rule's finding shows once the base of the rule's own examples is changed in a place or two."""

from dataclasses import dataclass, field
from typing import Any

from soe_compliance.authoring.examples import Example
from tests.authoring.shipped import examples_of_rules
from tests.checks.shown import Shown, of_example


@dataclass(frozen=True)
class Case:
    """A change of a base, as an example states it, and parts of what the findings then show.

    Attributes:
        rule: as `xingan-2023/GUA101`.
        shows: of some subjects, each part of `shown` that is looked at; an empty list where nothing of it is shown, and
            None for a subject without a finding.
    """

    name: str
    rule: str
    shows: dict[str, Shown | None]
    interpret: dict[str, str] = field(default_factory=dict)
    put: dict[str, Any] = field(default_factory=dict)
    drop: list[str] = field(default_factory=list)
    add: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    as_of: str | None = None
    calendar_until: int | None = None

    @property
    def found(self) -> dict[str, Shown | None]:
        """The same parts as they are found."""
        [examples] = [one for one in examples_of_rules() if f"{one.ruleset}/{one.rule.id}" == self.rule]
        example = Example.model_validate(
            {
                "name": self.name,
                "as_of": self.as_of,
                "calendar_until": self.calendar_until,
                "interpret": self.interpret,
                "put": self.put,
                "drop": self.drop,
                "add": self.add,
                "expect": {},
            }
        )
        shown = dict(of_example(examples, example))
        return {
            subject: {part: shown[subject].get(part, []) for part in parts or shown[subject]}
            if subject in shown
            else None
            for subject, parts in self.shows.items()
        }
