"""Standard streams of a program that is started without them, as some schedulers do."""

import os
import sys

_LAST = 2
"""The number of the last standard stream."""


def open_standard_streams() -> None:
    """Open those that are closed, on nothing: else their numbers, and what is printed, go to the next file opened."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= _LAST:
        pass
    os.close(number)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 (as long as the process)
