"""The list of dependencies has each pinned package once, with its licence and what needs it."""

import re

import pytest

from tools.dependencies import LOCK, PURPOSES, packages

LOCKED = LOCK.read_text(encoding="utf-8")


def test_each_pinned_package_is_listed_with_its_version_and_licence() -> None:
    found = {package.name: package for package in packages(LOCKED)}
    assert {name: package.version for name, package in found.items()} == dict(
        re.findall(r"^([\w.-]+)==(\S+)", LOCKED, flags=re.MULTILINE)
    )
    assert all(package.licence for package in found.values())
    assert PURPOSES.keys() == found.keys()


def test_what_needs_a_package_is_said() -> None:
    found = {package.name: package for package in packages(LOCKED)}
    assert (found["numpy"].direct, found["numpy"].required_by) == (True, ("pandas",))
    assert (found["markupsafe"].direct, found["markupsafe"].required_by) == (False, ("jinja2",))
    assert (found["click"].direct, found["click"].required_by) == (True, ())
    assert all(
        package.direct or package.required_by for name, package in found.items() if name != "setuptools"
    )


def test_a_package_of_unknown_use_is_refused() -> None:
    with pytest.raises(LookupError, match="unheard-of"):
        packages("unheard-of==1.0 \\\n    # via click\n")
