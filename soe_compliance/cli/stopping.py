"""A stop from outside, by Ctrl-C, SIGTERM or a terminal that is closed: the program ends once what is half done is
cleared away.

What the handler raises may get lost where a library has called back: some make an error of their own of it, some drop
it. So a stop is also remembered, and asked for before anything is written and before an error is called a defect.
"""

import signal
import sys
from typing import TYPE_CHECKING, NoReturn

from soe_compliance.domain.signals import FROM_TERMINALS

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_stopped_by: list[int] = []


def heed_stops() -> None:
    """From now on raise `SystemExit` at a stop, with the status of a program that was told to end."""
    for number in (*FROM_TERMINALS, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as for jobs in the background, or under nohup
            signal.signal(number, _stopped)


def keep_quiet_of_stops() -> None:
    """From now on let a stop that was raised where nothing can be raised be no error to be told of."""
    sys.unraisablehook = _untold


def end_if_stopped() -> None:
    """Raise what the handler has raised, if it has."""
    if _stopped_by:
        raise SystemExit(128 + _stopped_by[0])


def _untold(lost: "UnraisableHookArgs") -> None:
    if not (_stopped_by and isinstance(lost.exc_value, SystemExit)):
        sys.__unraisablehook__(lost)


def _stopped(number: int, _: object) -> NoReturn:
    _stopped_by.append(number)
    raise SystemExit(128 + number)
