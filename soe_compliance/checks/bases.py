"""What a limit rests on, in words."""

from fractions import Fraction

from soe_compliance.checks.situation import header
from soe_compliance.domain.amounts import amount_in_words, percent_in_words
from soe_compliance.domain.exact import Interval
from soe_compliance.domain.text import Text


def is_not_positive(base: Interval) -> bool:
    return base.high is not None and base.high <= 0


def any_is_large(name: str, field: str, year: int, base: Interval, unit: str) -> Text:
    """That what a project is measured against is not positive, so that it is large whatever it costs."""
    stated, words = amount_in_words(base, unit), field.replace("_", " ")
    return Text(
        f"{name}{year}年末{header('financials', field)}为{stated.zh}，不是正数，任何投资额都算较大",
        f"is large, as any is where {words} ({stated.en} of {name} at the end of {year}) are not positive",
    )


def basis_in_words(field: str, year: int, base: Interval, factor: Fraction, unit: str) -> Text:
    """A limit that is a part of a field of financials; where the base is not positive, that it is 0 for that reason."""
    limit = amount_in_words(base.clipped().scaled(factor), unit)
    stated, part = amount_in_words(base, unit), percent_in_words(Interval(factor, factor))
    name = header("financials", field)
    words = field.replace("_", " ")
    if is_not_positive(base):
        return Text(
            f"限额{limit.zh}（{year}年末{name}为{stated.zh}，不是正数）",
            f"the limit of {limit.en} ({words} of {stated.en} at the end of {year} are not positive)",
        )
    return Text(
        f"{year}年末{name}{stated.zh}的{part.zh}即{limit.zh}",
        f"{limit.en}, {part.en} of {words} of {stated.en} at the end of {year}",
    )
