"""A filing comes to the same verdicts and numbers however it is laid out, in whatever format."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from soe_compliance.filings.discover import FoundFile
from soe_compliance.filings.filing import Filing
from soe_compliance.filings.forms import Unit
from soe_compliance.filings.reading import read_file
from tests.filings.filed import read_bytes, read_one
from tests.judging import filing_of
from tests.layouts.documents import AS_OF, KEPT, Drawn, drawn, kept
from tests.layouts.files import SOFFICE, converted, csv_folder, xlsx
from tests.layouts.judged import Judgement, judgements
from tests.layouts.sheets import laid_out
from tests.layouts.style import STYLES, Style

FILINGS = st.integers(0, 5000).map(drawn)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030")
MESSY = Style(
    seed=7,
    unit=Unit.YUAN,
    unit_at="line",
    amounts="any",
    days="any",
    ratios="percent",
    flags="any",
    choices="any",
    counts="any",
    blanks="any",
    headers="two rows",
    sheets="dressed",
    parts=frozenset({"title", "unit line", "sections", "subtotals", "total", "notes", "hint"}),
    extra=("序号", "备注"),
    shuffled=True,
    hidden=True,
)


def many(examples: int) -> settings:
    return settings(max_examples=examples, suppress_health_check=[HealthCheck.function_scoped_fixture])


def same(document: Drawn, others: Mapping[str, Filing]) -> None:
    """Each is held against the filing in JSON."""
    filing, as_of, readings = document
    base, *laid = judgements([filing_of(filing), *others.values()], as_of, readings)
    assert base.verdicts
    for name, judgement in zip(others, laid, strict=True):
        assert difference(base, judgement) == {}, name


def difference(base: Judgement, other: Judgement) -> dict[str, Any]:
    """What the other says otherwise."""
    found: dict[str, Any] = {
        "/".join(key): (base.verdicts.get(key), other.verdicts.get(key))
        for key in base.verdicts.keys() | other.verdicts.keys()
        if base.verdicts.get(key) != other.verdicts.get(key)
    }
    for problem in base.problems.keys() | other.problems.keys():
        counts = base.problems.get(problem, 0), other.problems.get(problem, 0)
        if counts[0] != counts[1]:
            found[str(problem)] = counts
    return found


def workbook(folder: Path, document: Drawn, style: Style) -> Filing:
    return read_one(folder, xlsx(laid_out(document[0], style), from_1904=style.from_1904))


@many(28)
@given(document=FILINGS, styles=st.lists(STYLES, min_size=6, max_size=6))
def test_workbooks(tmp_path: Path, document: Drawn, styles: list[Style]) -> None:
    same(document, {str(style): workbook(tmp_path, document, style) for style in styles})


@many(25)
@given(
    document=FILINGS,
    styles=st.lists(st.tuples(STYLES, st.sampled_from(ENCODINGS), st.booleans()), min_size=4, max_size=4),
)
def test_csv_folders(
    tmp_path_factory: pytest.TempPathFactory, document: Drawn, styles: list[tuple[Style, str, bool]]
) -> None:
    found = {}
    for style, encoding, keys in styles:
        plain = replace(style, sheets="form", hidden=False)
        folder = tmp_path_factory.mktemp("csv") / "filing"
        csv_folder(folder, laid_out(document[0], plain), encoding, keys=keys)
        [filing] = read_file(FoundFile(str(folder)))
        assert isinstance(filing, Filing), filing.problems
        found[f"{encoding} {plain}"] = filing
    same(document, found)


@many(15)
@given(document=FILINGS, seed=st.integers(0, 99), indent=st.sampled_from([None, 1]), mark=st.booleans())
def test_json(tmp_path: Path, document: Drawn, seed: int, indent: int | None, mark: bool) -> None:
    """Keys in another order, numbers as texts, blanks left out, with a mark, alone, in a list or a line of many."""
    filing = document[0]
    dice = Random(seed)
    tables = list(filing.items())
    dice.shuffle(tables)
    other = {key: _respelled(rows, dice) for key, rows in tables}
    encoding = "utf-8-sig" if mark else "utf-8"
    one = json.dumps(other, ensure_ascii=bool(seed % 2), indent=indent).encode(encoding)
    lines = "\n".join(json.dumps(found) for found in (filing, other, filing)).encode(encoding)
    listed = json.dumps([other, filing]).encode(encoding)
    found = [
        *read_bytes(tmp_path, one, "one.json"),
        *read_bytes(tmp_path, lines, "lines.jsonl"),
        *read_bytes(tmp_path, listed, "listed.json"),
    ]
    readable = {f"{place}": read for place, read in enumerate(found) if isinstance(read, Filing)}
    assert len(readable) == len(found) == 6
    same(document, readable)


def _respelled(rows: Any, dice: Random) -> Any:
    if isinstance(rows, list):
        return [_respelled(row, dice) for row in rows]
    keys = list(rows)
    dice.shuffle(keys)
    cells = {key: rows[key] for key in keys if rows[key] is not None or dice.random() < 0.5}
    return {
        key: str(cell) if type(cell) in (int, float) and dice.random() < 0.5 else cell
        for key, cell in cells.items()
    }


@pytest.mark.parametrize("name", KEPT)
@example(style=MESSY)
@many(2)
@given(style=STYLES)
def test_the_samples(tmp_path: Path, name: str, style: Style) -> None:
    document: Drawn = (kept(name), AS_OF, {})
    same(document, {str(style): workbook(tmp_path, document, style)})


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_other_formats(tmp_path: Path, ending: str) -> None:
    """Shares are texts, for the formats of numbers are lost; so are flags, for LibreOffice makes numbers of booleans."""
    document = drawn(3)
    source = tmp_path / "f.xlsx"
    source.write_bytes(xlsx(laid_out(document[0], replace(MESSY, ratios="percent", flags="boxes"))))
    same(document, {ending: read_one(tmp_path, converted(source, ending), f"other.{ending}")})


@many(10)
@given(seeds=st.lists(st.integers(0, 5000), min_size=2, max_size=4, unique=True), cut=st.integers(1, 3))
def test_a_batch_comes_to_what_its_parts_come_to(seeds: list[int], cut: int) -> None:
    filings = [filing_of(drawn(seed)[0], str(seed)) for seed in seeds]
    together = judgements(filings, AS_OF, {})
    assert judgements(filings[::-1], AS_OF, {})[::-1] == together
    assert judgements(filings[:cut], AS_OF, {}) + judgements(filings[cut:], AS_OF, {}) == together
