"""The program within this process, for what needs none of its own: starting one takes a second."""

from tests.cli.conftest import run as within

__all__ = ["within"]
