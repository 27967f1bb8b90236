"""Findings that are packed are the findings that were given, by rule and subject; few are objects at a time."""

from collections.abc import Iterator
from operator import attrgetter
from weakref import WeakValueDictionary

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Raw
from msgspec.structs import astuple, replace

from soe_compliance.domain import packed_findings
from soe_compliance.domain.finding import Details, Evidence, Finding, Subject
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.packed_findings import Gathered, PackedFindings, SentFindings
from soe_compliance.domain.text import Text
from soe_compliance.domain.wire import encoded
from tests.report import reports

A_BLOCK = 5
RULES = ("DAT001", "GUA105", "INV101")


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed_findings, "FINDINGS_A_BLOCK", A_BLOCK)


def finding(number: int, rule: str, subject: str, cells: int = 1) -> Finding:
    details = Details(
        subject=Subject("guarantees", subject, "甲\n乙"),
        measured=reports.over_cap().details.measured,
        evidence=(Evidence("guarantees", subject, "balance", "1", "担保台账!H7"),) * cells,
        facts={"a": "b", "c": Text("丙", "c")},
    )
    return replace(reports.finding("GUA105", Outcome.FAIL, details), rule=rule, fingerprint=f"{number:016x}")


def gathered(findings: Iterator[Finding] | list[Finding]) -> tuple[Finding, ...] | PackedFindings:
    taken = Gathered()
    for one in findings:
        taken.add(one)
    return taken.by_rule_and_subject()


@given(st.lists(st.tuples(st.sampled_from(RULES), st.sampled_from("abcd")), max_size=23))
def test_they_come_back_by_rule_and_subject(drawn: list[tuple[str, str]]) -> None:
    given_ = [finding(number, *of) for number, of in enumerate(sorted(drawn, key=lambda of: of[0]))]
    found = gathered(given_)
    assert isinstance(found, PackedFindings) == (len(given_) >= A_BLOCK)
    assert len(found) == len(given_)
    assert list(found) == sorted(given_, key=attrgetter("rule", "details.subject.id"))
    assert list(found) == list(found)


@pytest.mark.parametrize("count", [A_BLOCK - 1, A_BLOCK])
def test_findings_of_one_subject_stay_as_they_came(count: int) -> None:
    given_ = [finding(99 - number, "DAT001", "b" if number else "c") for number in range(count)]
    assert list(gathered(given_)) == [*given_[1:], given_[0]]


class _Watched(Finding, frozen=True, weakref=True):
    """A finding of which it can be known whether it is still there."""


def test_no_more_than_a_block_of_them_are_held_as_objects() -> None:
    alive: WeakValueDictionary[int, _Watched] = WeakValueDictionary()
    most = 0

    def passing() -> Iterator[Finding]:
        nonlocal most
        for number in range(40):
            made = _Watched(*astuple(finding(number, RULES[number // 15], f"{99 - number}")))
            alive[number] = made
            most = max(most, len(alive))
            yield made

    found = gathered(passing())
    assert most <= A_BLOCK + 1
    assert isinstance(found, PackedFindings)
    assert [block.count for block in found.blocks] == [A_BLOCK] * 8
    assert len(alive) <= 1  # the last one that was made


def test_few_findings_with_very_many_cells_are_packed_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed_findings, "CELLS_HELD", 10)
    assert isinstance(gathered([finding(1, "DAT001", "a", cells=10)]), tuple)
    found = gathered([finding(1, "DAT001", "a", cells=11), finding(2, "DAT001", "b")])
    assert isinstance(found, PackedFindings)
    assert [len(one.details.evidence) for one in found] == [11, 1]
    assert isinstance(
        gathered([finding(number, "DAT001", "a", cells=5) for number in range(3)]), PackedFindings
    )


def test_a_block_ends_where_its_bytes_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed_findings, "_BYTES_A_BLOCK", 3_000)
    found = gathered([finding(number, "DAT001", f"{number}", cells=20) for number in range(A_BLOCK)])
    assert isinstance(found, PackedFindings)
    assert [block.count for block in found.blocks] == [2, 2, 1]


def test_findings_that_were_sent_come_back_as_they_are_asked_for() -> None:
    given_ = [finding(number, "DAT001", "a") for number in range(3)]
    sent = SentFindings(Raw(encoded(given_)))
    assert list(sent) == given_
    assert len(sent) == 3
    assert [bytes(line) for line in sent.lines()] == [encoded(one) for one in given_]
