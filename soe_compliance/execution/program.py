"""Which program this is, as far as verdicts hang on it."""

import platform
import sys
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = ("python-calamine", "numpy", "pydantic", "msgspec")


@cache
def program() -> str:
    """This program by the bytes of its code, with its libraries and Python, as far as verdicts hang on them."""
    code = sha256()
    root = Path(__file__).parents[1]
    for path in sorted(root.rglob("*.py")):
        code.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    libraries = (f"{name} {version(name)}" for name in _LIBRARIES)
    python = ".".join(platform.python_version_tuple()[:2])
    release = sys.modules[root.name].__version__  # of the package itself, which stands above this layer
    own = f"soe-compliance {release} ({code.hexdigest()[:12]})"
    return ", ".join([own, f"Python {python}", *libraries])
