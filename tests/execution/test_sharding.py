"""How files are shared out."""

from hypothesis import given
from hypothesis import strategies as st

from soe_compliance.execution.sharding import BYTES_A_SHARD, FILES_A_SHARD, processes, shards_of
from soe_compliance.filings.discover import FoundFile


@given(st.integers(0, 2000), st.integers(1, 16))
def test_every_file_is_in_one_shard_in_order_and_every_worker_has_its_part(count: int, workers: int) -> None:
    files = [FoundFile(f"{number}", data=b"") for number in range(count)]
    shards = list(shards_of(files, workers))
    assert [file for shard in shards for file in shard] == files
    assert all(0 < len(shard) <= FILES_A_SHARD for shard in shards)
    assert max(map(len, shards), default=0) * workers < count + workers * (1 + count // FILES_A_SHARD)
    if count > workers**2:
        assert len(shards) >= workers


def test_large_files_make_small_shards() -> None:
    half = FoundFile("half", data=bytes(BYTES_A_SHARD // 2))
    huge = FoundFile("huge", data=bytes(BYTES_A_SHARD + 1))
    small = FoundFile("small", data=b"1")
    shards = list(shards_of([half, half, small, huge, small, half], 1))
    assert shards == [[half, half], [small], [huge], [small, half]]


def test_few_files_are_not_worth_many_processes() -> None:
    assert [processes(files, 4) for files in (0, 1, 8, 20, 1000)] == [1, 1, 1, 3, 4]
    assert processes(1000, 1) == 1
