"""Which of the names there are a wrong one may have meant."""

from collections.abc import Iterable

from soe_compliance.domain.text import Text


def close_to(wrong: str, known: Iterable[str], alike: float = 0.6) -> list[str]:
    """The name that is most like a wrong one, if any is as much alike; 1 is the same."""
    from difflib import get_close_matches  # only mistakes need it

    return get_close_matches(wrong, list(known), n=1, cutoff=alike)


def among(wrong: str, known: Iterable[str]) -> Text:
    """What to write instead: the name that may have been meant, else those there are."""
    names = list(known)
    for close in close_to(wrong, names):
        return Text(f"是否指{close}？", f"did you mean {close}?")
    if not names:
        return Text("此处没有可用的名称", "there is none to use here")
    return Text(f"可用：{'、'.join(names)}", f"use one of {', '.join(names)}")
