"""What makes the program start quickly, beside importing only what is used."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def importing() -> Iterator[None]:
    """Import without looking for garbage: there is none, and each look goes through all that is there.

    Nor is what was imported looked through afterwards: not by the processes that are copies of this one, and not
    before the end.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def without_plugins() -> None:
    """Let pydantic not search all that is installed for plugins; what they may do to a check is not wanted either."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def one_thread_for_sums() -> None:
    """Let the library below numpy start no threads: the sums are small, and there is a process for each core."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
