"""Checks what state-owned enterprises file with their supervisors against supervision rules kept as data."""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from soe_compliance.api import check, read_filing

__all__ = ["__version__", "check", "read_filing"]


def __getattr__(name: str) -> Any:
    """The public functions, imported when they are first asked for: `--help` needs none of them."""
    if name in {"check", "read_filing"}:
        from soe_compliance import api

        return getattr(api, name)
    raise AttributeError(name)
