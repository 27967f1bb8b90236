"""A text in the two languages of the reports."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

Language: TypeAlias = Literal["zh", "en"]


class Text(Struct, frozen=True):
    """A text in Chinese and English.

    Placeholders in braces are filled by `format`; a value that is a text itself is taken in each language.
    """

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en

    def format(self, **values: object) -> "Text":
        texts = {key: value for key, value in values.items() if isinstance(value, Text)}
        if not texts:
            return Text(self.zh.format_map(values), self.en.format_map(values))
        zh = values | {key: text.zh for key, text in texts.items()}
        en = values | {key: text.en for key, text in texts.items()}
        return Text(self.zh.format_map(zh), self.en.format_map(en))


def days_in_words(count: int) -> Text:
    """How many days, a single one in the singular."""
    return Text(f"{count}天", f"{count} day" if count == 1 else f"{count} days")


def first_few(names: Sequence[str], most: int = 10) -> Text:
    """Names in a row, the first few of them where they are many."""
    zh, en = "、".join(names[:most]), ", ".join(names[:most])
    more = len(names) - most
    return Text(f"{zh}等", f"{en} and {more} more") if more > 0 else Text(zh, en)
