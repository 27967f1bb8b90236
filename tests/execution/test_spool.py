"""Findings that wait on the disk are the findings that were made."""

from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.finding import Finding
from soe_compliance.execution import spool
from soe_compliance.execution.spool import Findings, Spool
from soe_compliance.report.render import FORMATS, TEXT, render
from tests.execution.batches import SETTINGS, report_of, write_batch
from tests.report import reports

A_BLOCK = 5
NUMBERS = st.none() | st.integers(-20, 20)


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "FINDINGS_A_BLOCK", A_BLOCK)


def named(place: int, finding: Finding) -> Finding:
    return replace(finding, filing=f"{finding.filing}@{place}")


def spooled(sizes: list[int]) -> tuple[list[Finding], Findings, Spool]:
    """Filings with so many findings, as a list and from a spool; three findings come before them."""
    numbers, made, waiting = count(), [replace(reports.over_cap(), filing="-")] * 3, Spool()
    for place, size in enumerate(sizes):
        found = [replace(reports.over_cap(), fingerprint=f"{next(numbers):016d}") for _ in range(size)]
        waiting.add(place, found)
        made.extend(named(place, finding) for finding in found)
    return made, Findings(waiting, made[:3], named), waiting


@given(st.lists(st.integers(0, 12), max_size=5), NUMBERS, NUMBERS, NUMBERS.filter(lambda step: step != 0))
def test_they_are_as_a_list_of_them_would_be(
    sizes: list[int], start: int | None, stop: int | None, step: int | None
) -> None:
    made, found, waiting = spooled(sizes)
    assert waiting.in_memory == (sum(sizes) <= A_BLOCK)
    assert (len(found), list(found)) == (len(made), made)
    assert list(found[start:stop:step]) == made[start:stop:step]
    assert found == made
    assert found != made[:-1]
    assert found != [*made[:-1], replace(made[-1], filing="?")]


def test_by_number() -> None:
    made, found, _ = spooled([4, 0, 9])
    assert [found[place] for place in range(-len(made), len(made))] == [*made, *made]
    with pytest.raises(IndexError):
        found[len(made)]


def test_two_may_read_at_once() -> None:
    made, found, _ = spooled([23])
    assert [(one, two) for one, two in zip(found, found, strict=True)] == list(zip(made, made, strict=True))


@pytest.mark.parametrize("name", [*FORMATS, TEXT])
def test_every_output_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    inbox, waivers = tmp_path / "inbox", tmp_path / "waivers.yaml"
    write_batch(inbox, 12)
    write_batch(inbox / "again", 4)  # their ids are told apart by their paths
    monkeypatch.setattr(spool, "FINDINGS_A_BLOCK", 10**6)
    held = report_of([inbox])
    breach = next(f for f in held.findings if f.outcome.key == "fail" and f.severity != "prohibition")
    waivers.write_text(
        f"- {{rule: {breach.rule}, subject: '{breach.subject.id}', filing: '{breach.filing}', reason: r, "
        "approver: a, expires_on: 2099-01-01}",
        encoding="utf-8",
    )
    settings = replace(SETTINGS, waivers=str(waivers))
    held = report_of([inbox], settings)
    monkeypatch.setattr(spool, "FINDINGS_A_BLOCK", 3)
    waiting = report_of([inbox], settings)
    assert (type(held.findings), type(waiting.findings)) == (tuple, Findings)
    assert waiting == held
    assert "waived" in {finding.outcome.key for finding in waiting.findings}
    assert render(waiting, name) == render(held, name)


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spool, "TemporaryFile", full)
    with pytest.raises(UserError) as caught:
        spooled([A_BLOCK + 1])
    assert "TMPDIR" in caught.value.in_("en")
