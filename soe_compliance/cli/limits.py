"""--limit: what a file may ask of the machine."""

import re
from collections.abc import Mapping, Sequence

import click
from msgspec.structs import asdict

from soe_compliance.cli.config import with_settings
from soe_compliance.domain.errors import UserError
from soe_compliance.domain.text import Text
from soe_compliance.filings.limits import Limits

_KEYS = list(asdict(Limits()))
_BYTES = {"": 1, "B": 1, "KB": 1024, "MB": 1024**2, "GB": 1024**3}
_MOST = 10**18

limits_option = click.option(
    "--limit",
    "limits",
    multiple=True,
    callback=with_settings,
    metavar="KEY=VALUE",
    help=f"单个文件的上限，可重复，如file_bytes=200MB / a limit on one file; repeatable: {' '.join(_KEYS)}",
)


def limits_of(pairs: Sequence[str]) -> Limits:
    """`KEY=VALUE` pairs as limits; a number of bytes may end in KB, MB or GB, of 1024 each.

    Raises:
        UserError: a pair is not of this form, or names no limit.
    """
    chosen: dict[str, int] = {}
    for pair in pairs:
        key, _, text = pair.partition("=")
        if key not in _KEYS:
            raise UserError(
                Text(f"--limit {pair}：没有名为“{key}”的限制", f"--limit {pair}: there is no limit “{key}”"),
                remedy=Text(f"可用：{'、'.join(_KEYS)}", f"use one of {', '.join(_KEYS)}"),
            )
        value = _number(text, _BYTES if key.endswith("_bytes") else {"": 1})
        if value is None:
            raise UserError(
                Text(
                    f"--limit {pair}：“{text}”不是1至{_MOST}的整数",
                    f"--limit {pair}: “{text}” is no whole number from 1 to {_MOST}",
                ),
                remedy=Text("字节数可写作100MB", "bytes may be written as 100MB")
                if key.endswith("_bytes")
                else None,
            )
        chosen[key] = value
    return Limits(**chosen)


def _number(text: str, units: Mapping[str, int]) -> int | None:
    """A whole number above 0 with its unit."""
    match = re.fullmatch(r"([0-9]{1,19})([A-Za-z]*)", text)
    if match is None or match[2].upper() not in units:
        return None
    value = int(match[1]) * units[match[2].upper()]
    return value if 0 < value <= _MOST else None
