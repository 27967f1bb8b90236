"""The end of the process."""

import atexit
import os
import sys
import threading
from collections.abc import Callable
from typing import NoReturn


def ended_at_once(run: Callable[[], NoReturn]) -> NoReturn:
    """Exit as `run` would, but leave all memory to the system: to take it apart is a tenth of a short run's time.

    Whoever asked to be told of the end is told, and what was written is flushed. Where that fails, or threads still
    run, the end is the usual one, which says so and waits for them.
    """
    try:
        run()
    except SystemExit as exiting:
        if not isinstance(exiting.code, int) or threading.active_count() > 1:
            raise
        atexit._run_exitfuncs()
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except (OSError, ValueError):
            raise exiting from None
        os._exit(exiting.code)
