"""The signals by which a terminal stops the programs that run in it."""

import signal

FROM_TERMINALS = tuple(
    signal.Signals[name] for name in ("SIGINT", "SIGHUP", "SIGBREAK") if name in signal.Signals.__members__
)
"""Ctrl-C, a terminal that is closed, and Ctrl-Break, as far as this system has them; all its processes get them."""
