"""A stop is not lost, whatever becomes of what its handler raises."""

import signal
import subprocess
import sys

import pytest

_RAISES_ANOTHER = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from soe_compliance.cli import main
def broken(**_):
    try:
        os.kill(os.getpid(), signal.{name})
    except BaseException as stop:
        raise ValueError("an error of its own") from stop
main.program.main = broken
main.main()
"""
_DROPS_IT = """
import os, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from soe_compliance.cli.stopping import end_if_stopped, heed_stops
heed_stops()
try:
    os.kill(os.getpid(), signal.{name})
except BaseException:
    pass
end_if_stopped()
print("went on")
"""
_NOWHERE_TO_RAISE_IT = """
import os, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from soe_compliance.cli.stopping import end_if_stopped, heed_stops, keep_quiet_of_stops
heed_stops()
keep_quiet_of_stops()
class Last:
    def __del__(self):
        os.kill(os.getpid(), signal.{name})
Last()
end_if_stopped()
print("went on")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("code", [_RAISES_ANOTHER, _DROPS_IT, _NOWHERE_TO_RAISE_IT])
def test_a_stop_that_gets_lost_is_remembered(code: str, name: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", code.format(name=name)], capture_output=True, check=False, timeout=60
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (128 + signal.Signals[name], b"", b"")
