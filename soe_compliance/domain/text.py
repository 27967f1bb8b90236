"""A text in the two languages of the reports."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text in Chinese and English.

    Placeholders in braces are filled by `format`; a value that is a text itself is taken in each language.
    """

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en

    def format(self, **values: object) -> "Text":
        return Text(self.zh.format(**_in(values, "zh")), self.en.format(**_in(values, "en")))


def _in(values: dict[str, object], language: Language) -> dict[str, object]:
    return {key: value.in_(language) if isinstance(value, Text) else value for key, value in values.items()}
