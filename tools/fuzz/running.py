"""Drawing inputs, reading them, and holding what is read to what must hold."""

import random
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from soe_compliance.domain.text import Language
from soe_compliance.execution.pool import Pool
from soe_compliance.filings.filing import Filing, Unreadable
from tools.fuzz.held import PACKED, PLAIN_TEXTS, read_well, rendered_well, report_of
from tools.fuzz.inputs import LIMITS, Input, read_here
from tools.fuzz.targets import Drawn, Target

_MOST_JUDGED = 40
_WHOLE = 0.05
_FEW = 4
LANGUAGES: Sequence[Language] = ("zh", "en")


@dataclass(frozen=True)
class Find:
    """An input of which something does not hold, and what."""

    target: str
    given: Input
    error: BaseException

    @property
    def trace(self) -> str:
        return "".join(traceback.format_exception(self.error))

    @property
    def kind(self) -> str:
        """Where it broke: finds of one kind are mostly of one cause."""
        frames = traceback.extract_tb(self.error.__traceback__)
        last = frames[-1] if frames else None
        where = f"{last.filename.rpartition('/')[2]}:{last.lineno}" if last else ""
        return f"{self.target} {type(self.error).__name__} {where} {str(self.error)[:60]}"


@dataclass
class Tally:
    """What was run of one target.

    Attributes:
        filings: the inputs that gave a filing.
        judged: the inputs that were judged and rendered.
        slowest: the seconds of the slowest input (of this process, where it is read here), and that input.
    """

    runs: int = 0
    filings: int = 0
    judged: int = 0
    slowest: tuple[float, Input | None] = (0.0, None)
    finds: list[Find] = field(default_factory=list)


@dataclass(frozen=True)
class _Rendering:
    """What is made of a batch that was read."""

    whole: bool
    most: int
    formats: Sequence[str]
    languages: Sequence[Language]

    @classmethod
    def drawn(cls, rng: random.Random) -> "_Rendering":
        """Mostly the text and one format more; now and then everything."""
        if rng.random() < _WHOLE:
            return cls(True, _FEW, (*PLAIN_TEXTS, *PACKED), LANGUAGES)
        return cls(
            False, _MOST_JUDGED, ("text", rng.choice((*PLAIN_TEXTS, *PACKED))), [rng.choice(LANGUAGES)]
        )


class Fuzzer:
    """Runs targets; use it with `with`.

    Args:
        judged: the share of what is read that is judged and rendered too, which takes ten times as long.
        on_find: called with each.
    """

    def __init__(self, *, judged: float = 0.3, on_find: Callable[[Find], object] = lambda find: None) -> None:
        self._judged = judged
        self._on_find = on_find
        self._pool = Pool(1, LIMITS)

    def __enter__(self) -> "Fuzzer":
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.__exit__(None, None, None)

    def run(self, target: Target, rng: random.Random, count: int, tally: Tally | None = None) -> Tally:
        """Run so many inputs of a target."""
        tally = tally or Tally()
        waiting: list[tuple[Input, Sequence[Filing | Unreadable]]] = []
        for _ in range(count):
            drawn = target.draw(rng)
            clock = time.perf_counter if target.apart else time.process_time
            began = clock()
            try:
                read = self.read(target, drawn)
            except Exception as error:
                self._found(tally, Find(target.name, drawn.given, error))
                continue
            finally:
                tally.runs += 1
                took = clock() - began
                if took > tally.slowest[0]:
                    tally.slowest = took, drawn.given
            tally.filings += any(isinstance(one, Filing) for one in read)
            if read and rng.random() < self._judged:
                waiting.append((drawn.given, read))
            if len(waiting) >= _MOST_JUDGED:
                self._judge(target, tally, waiting, _Rendering.drawn(rng))
                waiting = []
        self._judge(target, tally, waiting, _Rendering.drawn(rng))
        return tally

    def read(self, target: Target, drawn: Drawn) -> Sequence[Filing | Unreadable]:
        """What is read of an input, held to what must hold; nothing for what is no filing."""
        if target.check is not None:
            target.check(drawn.given)
            return []
        read = self._pool.read(drawn.given.file) if target.apart else read_here(drawn.given)
        read_well(read)
        drawn.holds(read)
        return read

    def _judge(
        self,
        target: Target,
        tally: Tally,
        waiting: Sequence[tuple[Input, Sequence[Filing | Unreadable]]],
        how: "_Rendering",
    ) -> None:
        """Judge what was read as one batch and render it; where that breaks, by halves."""
        waiting = waiting[: how.most]
        if not waiting:
            return
        try:
            report = report_of([one for _, read in waiting for one in read], whole=how.whole)
            rendered_well(report, how.formats, how.languages)
        except Exception as error:
            if len(waiting) == 1:
                self._found(tally, Find(target.name, waiting[0][0], error))
                return
            half = len(waiting) // 2
            self._judge(target, tally, waiting[:half], how)
            self._judge(target, tally, waiting[half:], how)
            return
        tally.judged += len(waiting)

    def _found(self, tally: Tally, find: Find) -> None:
        tally.finds.append(find)
        self._on_find(find)
