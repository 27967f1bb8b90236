"""What a user can mend: one base class, with what is wrong, where, and what to do."""

from soe_compliance.domain.text import Language, Text


class UserError(Exception):
    """A file, ruleset or option that the user can mend; the program exits with 2.

    Everything else that is raised is a defect of the program, but for what the machine refuses (`cli.machine`).
    """

    def __init__(self, what: Text, *, place: str = "", remedy: Text | None = None) -> None:
        super().__init__(what.en)
        self.what = what
        self.place = place
        self.remedy = remedy

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross from worker processes."""
        return _error, (type(self), self.what, self.place, self.remedy)

    def in_(self, language: Language) -> str:
        """The message on one line: place, what is wrong, what to do."""
        parts = [f"{self.place}: " if self.place else "", self.what.in_(language)]
        if self.remedy:
            parts.append(("；" if language == "zh" else "; ") + self.remedy.in_(language))
        return "".join(parts)

    def __str__(self) -> str:
        return self.in_("en")


def _error(kind: type[UserError], what: Text, place: str, remedy: Text | None) -> UserError:
    return kind(what, place=place, remedy=remedy)
