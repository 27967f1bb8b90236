"""Regular expressions that are compiled when they are first asked: most runs ask but few of those that they import."""

import re
from typing import AnyStr, Generic, cast


class _Waiting(Generic[AnyStr]):
    """A pattern that is not compiled yet; once it is, each of its attributes is that of the compiled one."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self._stated: tuple[AnyStr, int] = (pattern, flags)

    def __getattr__(self, name: str) -> object:
        compiled = re.compile(*self._stated)
        for attribute in dir(compiled):
            if not attribute.startswith("_"):
                setattr(self, attribute, getattr(compiled, attribute))
        return getattr(compiled, name)


def pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A pattern to call methods of; functions of `re` do not take it."""
    return cast("re.Pattern[AnyStr]", _Waiting(text, flags))
