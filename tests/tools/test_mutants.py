"""What `make mutants` does around mutmut."""

from collections import Counter
from pathlib import Path

import pytest

from tools.mutants.__main__ import column_of, row
from tools.mutants.accepted import Accepted, accepted_changes
from tools.mutants.groups import GROUPS, ROOT, Group, groups_with
from tools.mutants.results import Change, Mutant, changes_of, forget, mutants_of
from tools.mutants.undecorated import undecorated
from tools.mutants.workplace import Workplace

DECORATED = '''\
class Firm:
    @cached_property
    def worth(self) -> int:
        """What it owns."""
        return self.owned + 1

    @staticmethod
    def none() -> int:
        return 0


@lru_cache(maxsize=4)
def doubled(number: int) -> int:
    return number * 2
'''


def test_bodies_of_decorated_functions_become_functions() -> None:
    made: dict[str, object] = {}
    code = undecorated("from functools import cached_property, lru_cache\n" + DECORATED)
    exec(code, made)
    for name in ("def worth_(self)", "def doubled_(number", "@cached_property\n    def worth(self) -> int:"):
        assert name in code
    assert code.count("none") == 1
    firm = made["Firm"]()  # type: ignore[operator]
    firm.owned = 4
    assert (firm.worth, made["doubled"](3)) == (5, 6)  # type: ignore[operator]


def test_every_group_has_its_modules_and_tests() -> None:
    files = [file for group in GROUPS for file in group.files()]
    assert len(files) == len(set(files))
    assert {path.name for path in files if path.parent.name == "checks"} == {
        path.name for path in (ROOT / "soe_compliance" / "checks").glob("*.py") if path.name != "__init__.py"
    }
    assert [test for group in GROUPS for test in group.tests if not (ROOT / test).exists()] == []


def test_a_module_may_be_named_in_each_way() -> None:
    for name in ("domain/truth", "domain/truth.py", "soe_compliance/domain/truth.py"):
        [(group, files)] = groups_with([name])
        assert (group.name, files) == ("words", [Path("soe_compliance/domain/truth.py")])
    with pytest.raises(ValueError, match="domain/lies"):
        groups_with(["domain/lies"])


def test_what_is_argued_for_is_of_a_module_that_is_mutated_and_says_why() -> None:
    modules = {
        file.relative_to("soe_compliance").with_suffix("").as_posix() for g in GROUPS for file in g.files()
    }
    for change, accepted in accepted_changes().items():
        assert change.module in modules
        assert change.before != change.after
        assert len(accepted.why) > 10


def test_a_survivor_counts_unless_it_is_argued_for() -> None:
    change = Change("domain/truth", "known", "a", "b")
    mutant = Mutant("m", Path("soe_compliance/domain/truth.py"), "survived")
    assert column_of(mutant, change, {}) == "survivors"
    assert column_of(mutant, change, {change: Accepted("equivalent", "the same")}) == "equivalent"
    assert column_of(Mutant("m", mutant.path, "timeout"), None, {}) == "run away"
    assert row("domain/truth", Counter({"killed": 3, "survivors": 1})).endswith("| 1 | 75.0% |")


def test_a_small_module_is_mutated_from_end_to_end(tmp_path: Path) -> None:
    group = Group("one", ("domain/outcomes",), ("tests/domain/test_outcomes.py",))
    place = Workplace(group, group.files(), tmp_path)
    place.prepare(check_types=False)
    assert mutants_of(place) == []
    place.run()
    mutants = mutants_of(place)
    assert Change(
        "domain/outcomes", "Outcome.key", "return self.name.lower()", "return self.name.upper()"
    ) in changes_of(place, mutants)
    assert {mutant.status for mutant in mutants} == {"killed"}
    forget(place, mutants[:1])
    assert [mutant.status for mutant in mutants_of(place)].count("not checked") == 1
