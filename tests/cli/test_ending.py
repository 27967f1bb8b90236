"""The process ends at once, and yet as it would have by itself."""

import os
import subprocess
import sys

import pytest

_BEFORE = """
import atexit, sys, threading, time
from soe_compliance.cli.ending import ended_at_once
class Watched:
    def __del__(self):
        print("taken apart", end=" ")
watched = Watched()
"""


def ended(code: str, **options: object) -> tuple[int, str, str]:
    ran = subprocess.run(  # type: ignore[call-overload]
        [sys.executable, "-c", _BEFORE + code],
        env={key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"},
        **{"capture_output": True, "text": True, "check": False, "timeout": 60, **options},
    )
    return ran.returncode, ran.stdout, ran.stderr


@pytest.mark.parametrize("status", [0, 3])
def test_what_was_written_is_flushed_and_the_status_kept(status: int) -> None:
    code = f"""
atexit.register(lambda: print("told", end=" "))
print("written", end=" ")
ended_at_once(lambda: sys.exit({status}))
"""
    assert ended(code) == (status, "written told ", "")


def test_threads_are_waited_for() -> None:
    code = """
threading.Thread(target=lambda: (time.sleep(0.3), print("by a thread", end=" "))).start()
ended_at_once(lambda: sys.exit(1))
"""
    assert ended(code) == (1, "by a thread taken apart ", "")


@pytest.mark.parametrize(("leaves", "said"), [("sys.exit('why')", "why\n"), ("1 / 0", "division by zero\n")])
def test_what_is_no_status_ends_as_usual(leaves: str, said: str) -> None:
    status, _, error = ended(f"ended_at_once(lambda: {leaves})")
    assert status == 1
    assert error.endswith(said)


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full")
def test_what_cannot_be_flushed_is_said() -> None:
    with open("/dev/full", "wb") as full:
        status, _, error = ended(
            "print('written')\nended_at_once(lambda: sys.exit(0))",
            capture_output=False,
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert status == 120
    assert "No space left" in error
