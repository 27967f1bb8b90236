"""YAML made to harm: rulesets, waivers and calendars are read by the same strict reader."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from soe_compliance.domain.errors import UserError
from soe_compliance.law.documents import load

_ALIASES = "\n".join(
    ["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 11))]
)
_MERGES = "\n".join(
    ["a0: &a0 {k: v}", *(f"a{n}: &a{n}\n  <<: [{', '.join([f'*a{n - 1}'] * 20)}]" for n in range(1, 7))]
)
YAML: Mapping[str, bytes] = {
    "aliases": _ALIASES.encode(),
    "merges": _MERGES.encode(),
    "merge key": b"a:\n  <<: {k: v}\n",
    "recursive": b"&a [*a]",
    "object": b"!!python/object/apply:os.system [id]",
    "deep": b"[" * 20_000,
    "deep by indents": "".join(f"{' ' * n}a:\n" for n in range(1, 400)).encode(),
    "twice": b"a: 1\na: 2\n",
    "large": b"a: " + b"x" * 1_000_001,
    "GB18030": "名称: 担保".encode("gb18030"),
    "control characters": b"a: \x00\x1b]0;x\x07",
    "complex key": b"? [a, b]\n: c\n",
    "huge": b"a: " + b"9" * 6_000,
    "two documents": b"a: 1\n---\nb: 2\n",
}


@pytest.mark.parametrize("name", YAML)
def test_each_is_refused_with_its_place(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(YAML[name])
    with pytest.raises(UserError) as refused:
        load(path)
    assert refused.value.place.startswith(str(path))
