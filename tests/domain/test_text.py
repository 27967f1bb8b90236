"""Texts in two languages."""

from soe_compliance.domain.text import Text


def test_a_text_speaks_either_language() -> None:
    assert [Text("甲", "A").in_(language) for language in ("zh", "en")] == ["甲", "A"]


def test_placeholders_are_filled_in_each_language() -> None:
    text = Text("{who}有{count}行", "{count} rows of {who}")
    assert text.format(who="P", count=2) == Text("P有2行", "2 rows of P")
    assert text.format(who=Text("甲", "A"), count=Text("两", "two")) == Text("甲有两行", "two rows of A")
    assert text.format(who=Text("甲", "A"), count=2) == Text("甲有2行", "2 rows of A")
