"""What is fuzzed: for each target how an input is drawn, how it is read, and what must hold of what is read."""

import random
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from soe_compliance.domain.errors import UserError
from soe_compliance.filings.filing import Filing, Unreadable
from soe_compliance.filings.values import PARSERS, BadCell
from soe_compliance.law.loading import load_ruleset
from soe_compliance.law.strict_yaml import parse
from tests.oracle.random_filings import random_filing
from tools.fuzz import cells, seeds
from tools.fuzz.held import hold, one_place_differs
from tools.fuzz.inputs import FOLDER, Input, one_file, read_here
from tools.fuzz.mutations import (
    BINARY_PARTS,
    JSON_TOKENS,
    XML_PARTS,
    Mutation,
    one_byte,
    packed,
    some_bytes,
    tokens,
)
from tools.fuzz.yaml_events import events_mutated

Read = Sequence[Filing | Unreadable]
Reader = Callable[[Input], Read]
Holds = Callable[[Read], None]

ENCODINGS = (
    "utf-8",
    "utf-8",
    "utf-8-sig",
    "gb18030",
    "gb18030",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "big5",
    "gbk",
    "latin-1",
)


@dataclass(frozen=True)
class Drawn:
    """An input, and what holds of what is read from it beside what always does."""

    given: Input
    holds: Holds = lambda read: None


@dataclass(frozen=True)
class Target:
    """One kind of input.

    Attributes:
        apart: it is read in a worker process.
        check: for what is no filing: does all, and raises where something does not hold.
    """

    name: str
    draw: Callable[[random.Random], Drawn]
    apart: bool = False
    check: Callable[[Input], None] | None = None


@cache
def _read_seed(key: str) -> Read:
    return read_here(_SEEDS[key]())


_SEEDS: Mapping[str, Callable[[], Input]] = {
    "json": lambda: seeds.as_json(seeds.document()),
    "csv": lambda: seeds.as_csv(seeds.document()),
    "csv-keys": lambda: seeds.as_csv(seeds.document(), keys=True),
    "csv-gb18030": lambda: seeds.as_csv(seeds.document(), encoding="gb18030"),
}


@cache
def _seed(key: str) -> Input:
    return _SEEDS[key]()


def _with_member(given: Input, name: str, data: bytes) -> Input:
    return Input(given.name, {**given.members, name: data})


def _one_byte_of(key: str) -> Callable[[random.Random], Drawn]:
    """One byte of a text format is another: a row that is gone is told of."""

    def draw(rng: random.Random) -> Drawn:
        seed = _seed(key)
        name = rng.choice(list(seed.members))
        given = _with_member(seed, name, one_byte(rng, seed.members[name]))
        return Drawn(given, lambda read: one_place_differs(_read_seed(key), read))

    return draw


def _json(rng: random.Random) -> Drawn:
    if rng.random() < 0.15:
        filing, _, _ = random_filing(rng)
        seed = seeds.as_json(filing)
    else:
        seed = _seed("json")
    mutate = rng.choice([JSON_TOKENS, JSON_TOKENS, some_bytes])
    return Drawn(one_file("f.json", mutate(rng, seed.data)))


def _jsonl(rng: random.Random) -> Drawn:
    seed = seeds.as_lines([seeds.document()] * rng.choice([1, 2, 3]))
    return Drawn(one_file("f.jsonl", rng.choice([JSON_TOKENS, some_bytes])(rng, seed.data)))


_CSV_TOKENS = tokens(
    seeds.CSV_PIECES,
    (
        b'"',
        b'""',
        b",",
        b",,,",
        b"\r\n",
        b"\n",
        b"\r",
        b"\t",
        b"=1+1",
        "合计".encode(),
        b"\0",
        b'"a\nb"',
        b'"a""b"',
        b" ",
        b"x" * 500,
    ),
)


def _csv(rng: random.Random) -> Drawn:
    seed = seeds.as_csv(seeds.document(), keys=rng.random() < 0.4, encoding=rng.choice(ENCODINGS))
    names = list(seed.members)
    name = rng.choice(names)
    kind = rng.randrange(12)
    if kind == 0:
        members = {
            rng.choice(["x.csv", "filing.csv", "填报信息.csv", name.upper(), "guarantees.csv"]): seed.members[
                name
            ]
        }
        return Drawn(Input(FOLDER, {**seed.members, **members}))
    if kind == 1:
        return Drawn(Input(FOLDER, {other: data for other, data in seed.members.items() if other != name}))
    mutate = rng.choice([_CSV_TOKENS, _CSV_TOKENS, some_bytes])
    return Drawn(_with_member(seed, name, mutate(rng, seed.members[name])))


def _cell_of(
    make: Callable[[seeds.Document], Input], *, sheets: bool, texts_only: bool
) -> Callable[[random.Random], Drawn]:
    @cache
    def before() -> Filing:
        filing = read_here(make(seeds.document()))[0]
        assert isinstance(filing, Filing)
        return filing

    def draw(rng: random.Random) -> Drawn:
        given = cells.changed(rng, texts_only=texts_only)
        return Drawn(make(given.filing), lambda read: cells.kept(given, before(), read, sheets=sheets))

    return draw


def _random(rng: random.Random) -> Drawn:
    filing, _, _ = random_filing(rng)
    return Drawn(seeds.as_json(filing))


def _mutations_in(seed: Input) -> Sequence[Mutation]:
    return BINARY_PARTS if seed.name.endswith(".xlsb") else XML_PARTS


def _workbook(rng: random.Random) -> Drawn:
    seed = rng.choice(seeds.workbooks())
    if seed.name.endswith(".xls") or rng.random() < 0.15:
        return Drawn(one_file(seed.name, some_bytes(rng, seed.data)))
    return Drawn(one_file(seed.name, packed(rng, seed.data, _mutations_in(seed))))


def _workbook_cell(rng: random.Random) -> Drawn:
    given = cells.changed(rng, texts_only=True)
    return Drawn(
        seeds.as_workbook(given.filing), lambda read: cells.kept(given, _workbook_before(), read, sheets=True)
    )


@cache
def _workbook_before() -> Filing:
    filing = read_here(seeds.as_workbook(seeds.document()))[0]
    assert isinstance(filing, Filing)
    return filing


def _yaml(rng: random.Random) -> Drawn:
    name = rng.choice(["ruleset.yaml", "DAT007.yaml", "DAT003.yaml"])
    text = seeds.ruleset_files()[name]
    mutate = rng.choice([events_mutated, events_mutated, some_bytes])
    return Drawn(one_file("f.yaml", mutate(rng, text)))


def _parse_yaml(given: Input) -> None:
    """A text is YAML of the strict form, or a `UserError` with its place says why not."""
    try:
        text = given.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return
    try:
        found = parse(text, given.name)
    except UserError as error:
        hold(bool(error.what.zh and error.what.en and error.place), "an error without text or place", error)
        return
    hold(found.place(()).startswith(given.name), "a document without a place")


def _ruleset(rng: random.Random) -> Drawn:
    files = dict(seeds.ruleset_files())
    name = rng.choice(list(files))
    files[name] = rng.choice([events_mutated, events_mutated, some_bytes])(rng, files[name])
    return Drawn(Input("ruleset", files))


def _load_ruleset(given: Input) -> None:
    """A folder is a ruleset, or a `UserError` says why not."""
    folder = Path(tempfile.mkdtemp(prefix="ruleset-"))
    try:
        for name, data in given.members.items():
            (folder / name).write_bytes(data)
        try:
            loaded = load_ruleset(str(folder))
        except UserError as error:
            hold(bool(error.what.zh and error.what.en), "an error without text", error)
            return
        hold(bool(loaded.id), "a ruleset without id")
    finally:
        shutil.rmtree(folder)


def _cell_text(rng: random.Random) -> Drawn:
    return Drawn(one_file("cell.txt", cells.odd_text(rng).encode()))


def _parse_cell(given: Input) -> None:
    """Each reader of cells takes a text, or refuses it as it says that it does."""
    text = given.data.decode("utf-8", "replace")
    for kind, parse_cell in PARSERS.items():
        try:
            value = parse_cell(text)
        except BadCell:
            continue
        hold(
            value is None or isinstance(value, (str, int, bool, Decimal, tuple)), "an odd value", kind, value
        )


TARGETS: Sequence[Target] = (
    Target("cell-text", _cell_text, check=_parse_cell),
    Target("json-byte", _one_byte_of("json")),
    Target("json", _json),
    Target("jsonl", _jsonl),
    Target("json-cell", _cell_of(seeds.as_json, sheets=False, texts_only=False)),
    Target("csv-byte", _one_byte_of("csv")),
    Target("csv-keys-byte", _one_byte_of("csv-keys")),
    Target("csv-gb18030-byte", _one_byte_of("csv-gb18030")),
    Target("csv", _csv),
    Target("csv-cell", _cell_of(seeds.as_csv, sheets=True, texts_only=True)),
    Target("random-filing", _random),
    Target("workbook", _workbook, apart=True),
    Target("workbook-cell", _workbook_cell, apart=True),
    Target("yaml", _yaml, check=_parse_yaml),
    Target("ruleset", _ruleset, check=_load_ruleset),
)
BY_NAME: dict[str, Target] = {target.name: target for target in TARGETS}
