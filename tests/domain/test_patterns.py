"""Patterns that wait are as good as compiled ones, and all of them can be compiled."""

import pkgutil
import re
from importlib import import_module

import pytest

import soe_compliance
from soe_compliance.domain.patterns import _Waiting, pattern

MODULES = [
    found.name
    for found in pkgutil.walk_packages(soe_compliance.__path__, "soe_compliance.")
    if not found.name.endswith("__main__")
]


def test_it_answers_as_a_compiled_one() -> None:
    waiting, compiled = pattern(r"(?P<a>a)b+", re.IGNORECASE), re.compile(r"(?P<a>a)b+", re.IGNORECASE)
    for _ in range(2):
        assert waiting.sub("-", "xABBx") == compiled.sub("-", "xABBx") == "x-x"
        assert [match["a"] for match in waiting.finditer("ab AB")] == ["a", "A"]
    assert (waiting.pattern, waiting.flags, waiting.groups) == (compiled.pattern, compiled.flags, 1)
    assert pattern(rb"\d+").findall(b"1 22") == [b"1", b"22"]


def test_it_has_no_more_than_a_compiled_one() -> None:
    with pytest.raises(AttributeError):
        getattr(pattern("a"), "fullmach")  # noqa: B009


@pytest.mark.parametrize("name", MODULES)
def test_all_that_wait_can_be_compiled(name: str) -> None:
    for value in vars(import_module(name)).values():
        if isinstance(value, _Waiting):
            assert value.pattern is not None
