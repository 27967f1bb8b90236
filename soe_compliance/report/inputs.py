"""What was checked is never written over: no output takes the place of a filing."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.text import Text
from soe_compliance.filings.csv_folder import ENDING as CSV
from soe_compliance.filings.csv_folder import is_csv_folder


def refuse_inputs(outputs: Iterable[str], inputs: Iterable[str]) -> None:
    """Refuse outputs that are an input, under whatever name, or a file of a folder that is one filing.

    Raises:
        UserError: one is.
    """
    standing = [(output, os.path.realpath(output)) for output in outputs if os.path.lexists(output)]
    if not standing:
        return
    kept = set(_identities(inputs))
    for output, target in standing:
        folder = os.path.dirname(target)
        of_filing = target.lower().endswith(CSV) and is_csv_folder(folder)
        if not kept.isdisjoint(_identities([target, folder] if of_filing else [target])):
            raise UserError(
                Text("是被检查的文件，不能覆盖", "is a file that is checked, and is not written over"),
                place=output,
                remedy=Text("请换一个路径", "name another path"),
            )


def _identities(paths: Iterable[str]) -> Iterator[tuple[int, int]]:
    """The device and number of each file or folder that is there."""
    for path in paths:
        with suppress(OSError, ValueError):
            found = os.stat(path)
            yield found.st_dev, found.st_ino
