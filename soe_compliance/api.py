"""The public face: check files or filings, read one filing."""

import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from soe_compliance.checks.excuses import Waivers, load_waivers
from soe_compliance.domain import reasons
from soe_compliance.domain.errors import UserError
from soe_compliance.domain.finding import Finding
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.text import Text, first_few
from soe_compliance.domain.workdays import official_calendar
from soe_compliance.engine import (
    ALWAYS_LISTED,
    Alternative,
    Checked,
    FilingResult,
    Options,
    Status,
    judge_roster,
    rules_for_absent,
    unreadable,
)
from soe_compliance.execution.outcomes import FileOutcome
from soe_compliance.execution.pool import Pool
from soe_compliance.execution.shard import Prepared, judged
from soe_compliance.execution.sharding import Runner, processes, shards_of
from soe_compliance.execution.spool import Spool
from soe_compliance.filings.discover import STANDARD_INPUT, FoundFile, discover
from soe_compliance.filings.filing import Filing, Unreadable
from soe_compliance.filings.limits import Limits
from soe_compliance.filings.own_reports import without_filings
from soe_compliance.filings.problems import OWN_REPORT, Level, problem, refusal
from soe_compliance.filings.reading import bytes_at, import_readers
from soe_compliance.filings.roster import Listed, absent, read_roster
from soe_compliance.law.calendars import calendar_with
from soe_compliance.law.jurisdictions import jurisdictions, ruleset_for
from soe_compliance.law.loading import DEFAULT_RULESET, load_ruleset
from soe_compliance.law.model import Ruleset
from soe_compliance.law.selection import selected_rules
from soe_compliance.report.making import fixed_time, made_report
from soe_compliance.report.model import MOST_WITH_EXHIBITS, HeadroomReport, Report, WhatIf

if TYPE_CHECKING:
    from soe_compliance.execution.cluster import Cluster

_DEFAULT_LIMITS = Limits()

_NOT_ASKED_FOR = Text(
    "名单所列{count}家集团没有可读取的填报（{named}），而所选规则均不判断未报送，故未列为问题；{advice}",
    "groups of the roster without a readable filing: {count} ({named}); none of the rules judged asks for one, so that it "
    "is no finding; {advice}",
)
_CHECK_TOO = Text("请一并检查{codes}", "check {codes} too")
_OTHER_RULESET = Text(
    "请另用规定报送期限的规则集检查，或自行催报",
    "check with a ruleset that sets a day for filing, or remind them",
)


class Done(Struct, frozen=True):
    """How far a check has come.

    Attributes:
        files: the files that are done, of `of`.
        breaches: what failed so far.
        unreadable: the filings so far that could not be read.
        searching: whether files are still looked for; `of` is how many there are so far.
    """

    files: int
    of: int
    breaches: int = 0
    unreadable: int = 0
    searching: bool = False

    def after(self, outcomes: Sequence[FileOutcome]) -> "Done":
        """What is done after the outcomes of further files."""
        results = [item.result for outcome in outcomes for item in outcome]
        return Done(
            self.files + len(outcomes),
            self.of,
            self.breaches + sum(result.outcomes.get(Outcome.FAIL, 0) for result in results),
            self.unreadable + sum(result.status is Status.UNREADABLE for result in results),
        )


Progress = Callable[[Done], None]
"""Called as the check begins and after each shard, and before that from time to time while files are looked for."""


class Settings(Struct, frozen=True):
    """How a check is made.

    Attributes:
        ruleset: the id of a shipped ruleset, or a path to a folder with a `ruleset.yaml`; where none is given,
            the one for the supervisor and the date that the filings name.
        as_of: the date by which things are due.
        interpret: readings other than the default, by the key of the interpretation.
        select, ignore: codes or families of rules; nothing selected is all.
        show: outcomes to list besides fail, waived, pending and unknown.
        calendars: files with further years of official days off.
        limits: what a file may ask of the machine.
        interpret_all: say of each verdict which readings it hangs on.
        roster: a table of the groups that should have filed, and the year of those whose row names none.
        waivers: a file of the reviewers' own waivers.
        state: a folder that keeps outcomes, so that another run reads only what changed.
        exhibits: make what outputs show of each filing beside its findings; where the files are too many, of the
            gravest only.
        house_rules: what a settings file set, for the report to say.
    """

    ruleset: str | None = None
    as_of: date | None = None
    interpret: Mapping[str, str] | None = None
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    show: Collection[Outcome] = ()
    calendars: Sequence[str] = ()
    limits: Limits = _DEFAULT_LIMITS
    interpret_all: bool = False
    roster: str | None = None
    year: int | None = None
    waivers: str | None = None
    state: str | None = None
    exhibits: bool = False
    house_rules: Sequence[Text] = ()


def check(
    *inputs: str | Path | Filing,
    ruleset: str | None = None,
    as_of: date | str | None = None,
    interpret: Mapping[str, str] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    show: Collection[str] = (),
    calendars: Sequence[str] = (),
    interpret_all: bool = False,
    exhibits: bool = False,
    limits: Limits = _DEFAULT_LIMITS,
    state: str | Path | None = None,
    jobs: int = 1,
    cluster: str | None = None,
) -> Report:
    """Check files, folders and filings.

    Args:
        inputs: paths of files or of folders that are searched, or filings from `read_filing`.
        ruleset: the id of a shipped ruleset, or a path to a folder with a `ruleset.yaml`; by default the one for the
            supervisor and the date that the filings name.
        as_of: the date by which things are due, as a date or ISO text; today by default.
        show: outcomes to list besides fail, waived, pending and unknown: "pass", "not_applicable".
        interpret_all: say of each verdict which readings it hangs on.
        exhibits: make the pictures and caps that a page (.html) shows of each filing; of more than 500 files of the
            gravest 60.
        limits: what a file may ask of the machine before it is refused.
        state: a folder that keeps outcomes, so that another run reads only what changed.
        jobs: processes that share the work.
        cluster: the address of a scheduler of dask.distributed, such as tcp://host:8786, the workers of which do it.

    Raises:
        UserError: the ruleset, a reading, a code or the calendar is wrong. A file that can't be read does not
            raise: the report says so.
    """
    settings = Settings(
        ruleset=ruleset,
        as_of=date.fromisoformat(as_of) if isinstance(as_of, str) else as_of,
        interpret=interpret,
        select=select,
        ignore=ignore,
        show=[Outcome[name.upper()] for name in show],
        calendars=calendars,
        interpret_all=interpret_all,
        exhibits=exhibits,
        limits=limits,
        state=None if state is None else str(state),
    )
    filings = [item for item in inputs if isinstance(item, Filing)]
    paths = [str(item) for item in inputs if not isinstance(item, Filing)]
    return check_paths(
        paths,
        settings,
        filings=filings,
        jobs=jobs,
        cluster=cluster,
        warn=lambda text: warnings.warn(text.en, stacklevel=2),
    )


def read_filing(path: str | Path, *, limits: Limits = _DEFAULT_LIMITS) -> Filing:
    """The filing of a file that holds one.

    Raises:
        UserError: it can't be read, or holds several.
    """
    [file] = _given([FoundFile(str(path))], limits)
    with _pool([file], 1, limits) as pool:
        found = pool.read(file)
    if len(found) != 1:
        raise UserError(
            Text(f"含有{len(found)}份填报", f"holds {len(found)} filings"),
            place=str(path),
            remedy=Text("请用check检查", "use check"),
        )
    [filing] = found
    if isinstance(filing, Unreadable):
        raise refusal(filing.problems[0], filing.source)
    return filing


def read_all(path: str, *, limits: Limits = _DEFAULT_LIMITS) -> list[Filing | Unreadable]:
    """The filings of a file or a folder, and what can't be read of it, with why."""
    files = _given(discover([path]), limits)
    with _pool(files, 1, limits) as pool:
        read = [filing for file in files if file.skipped is None for filing in pool.read(file)]
    return [*read, *_without_filings(files)]


def what_if(
    filing: Filing, settings: Settings, *, guarantees: Sequence[str] = (), values: Sequence[str] = ()
) -> WhatIf:
    """What would become of the verdicts of a filing with these guarantees and values; see `filings.proposals`.

    Raises:
        UserError: something supposed is not of the form, or names what the filing does not have.
    """
    from soe_compliance.filings.changes import changed
    from soe_compliance.filings.proposals import proposed_guarantee, proposed_value

    settings = replace(settings, show=tuple(Outcome), as_of=settings.as_of or date.today())
    supposed, changes = filing, []
    proposals = [(proposed_guarantee, text) for text in guarantees] + [
        (proposed_value, text) for text in values
    ]
    for propose, text in proposals:
        change = propose(supposed, text)
        supposed = changed(supposed, change)
        changes.append(change)
    before, after = (check_paths([], settings, filings=[one]) for one in (filing, supposed))
    return WhatIf(before, after, changes, str(filing.unit))


def headroom(filing: Filing, settings: Settings, *, entity: str | None = None) -> HeadroomReport:
    """What a filing leaves to be guaranteed or invested, and what is due next; of one firm, by code or name.

    Raises:
        UserError: the filing has no such firm.
    """
    from soe_compliance.engine import headroom as made
    from soe_compliance.filings.batch import batch_of
    from soe_compliance.filings.proposals import firm_named

    report = check_paths([], settings, filings=[filing])
    found = made(filing, report.ruleset, calendar_with(settings.calendars), report.as_of)
    if entity is not None:
        found = found.of_firm(firm_named(batch_of([filing]), entity, anywhere=True))
    return HeadroomReport(report, found, str(filing.unit))


def check_paths(
    paths: Sequence[str],
    settings: Settings,
    *,
    filings: Sequence[Filing] = (),
    jobs: int = 1,
    cluster: str | None = None,
    progress: Progress | None = None,
    warn: Callable[[Text], object] = lambda text: None,
    chores: Sequence[Callable[[], object]] = (),
) -> Report:
    """Check what these paths hold, and filings that were read before.

    Args:
        cluster: the address of a scheduler of dask.distributed that runs the shards instead of processes of this
            machine; see `execution.cluster`.
        progress: called with how far the check has come.
        warn: called with what is no matter of the report, but its reader should know.
        chores: what the caller will need later; some of them are done where other processes are waited for.
    """
    fixed_time()  # a wrong one is refused before the check, not after it
    told = progress or (lambda done: None)
    found = discover(paths, lambda count: told(Done(0, count, searching=True)))
    files = _given(found, settings.limits)
    readable = [file for file in files if file.skipped is None]
    with _runner(readable, settings, jobs, cluster, chores) as runner:
        chosen = settings.ruleset or _ruleset_of_first(filings, readable, runner)
        exhibits = settings.exhibits and len(readable) <= MOST_WITH_EXHIBITS
        prepared = _prepared(replace(settings, ruleset=chosen, exhibits=exhibits))
        roster = read_roster(settings.roster, settings.year) if settings.roster else []
        waivers = load_waivers(settings.waivers, prepared.ruleset) if settings.waivers else []
        results, spool = list[FilingResult](), Spool()
        before = (
            *map(unreadable, _without_filings(files)),
            *(item for [item] in judged([[filing] for filing in filings], prepared)),
        )
        outcomes = _outcomes(shards_of(readable, runner.threads), prepared, runner, settings.state, warn)
        named, own_reports = dict.fromkeys(FoundFile(path).source for path in paths), list[FoundFile]()
        for item in chain(before, _told(outcomes, len(readable), told)):
            source = item.result.source
            if _is_own_report(item.result) and source not in named:
                own_reports.append(FoundFile(source, problem("own-report-skipped", location=source)))
                continue
            spool.add(len(results), item.findings)
            results.append(item.result)
    results += _folders_of_reports(named, own_reports, results)
    if settings.ruleset is None:
        _refuse_other_rulesets(results, chosen)
    filed = {(result.group_code or "", result.year or 0) for result in results}
    unread = sum(result.status is Status.UNREADABLE for result in results)
    missing = list(absent(roster, filed))
    of_absent = _judged_absent(missing, prepared, unread)
    applied = Waivers(waivers, prepared.options.as_of)
    report = made_report(results, spool, of_absent, applied, [*files, *own_reports], prepared)
    if settings.exhibits and not exhibits:
        from soe_compliance.report.late_exhibits import with_late_exhibits

        report = with_late_exhibits(report, readable, prepared, jobs)
    return replace(
        report,
        notices=(*_not_asked_for(missing, prepared), *report.notices),
        house_rules=tuple(settings.house_rules),
        ruleset_named=settings.ruleset is not None,
    )


def _is_own_report(result: FilingResult) -> bool:
    """Whether a file is no filing but a report, such as one of an earlier run that lies in the same folder."""
    return any(problem.code == OWN_REPORT for problem in result.problems)


def _folders_of_reports(
    paths: Iterable[str], reports: Sequence[FoundFile], results: Sequence[FilingResult]
) -> list[FilingResult]:
    """What is to be said of paths that hold no filing but reports."""
    found = without_filings(paths, [file.path for file in reports], [result.source for result in results])
    skipped = [FoundFile(path, problem("folder-without-filings", location=path)) for path in found]
    return [unreadable(one).result for one in _without_filings(skipped)]


def _runner(
    files: Sequence[FoundFile],
    settings: Settings,
    jobs: int,
    cluster: str | None,
    chores: Iterable[Callable[[], object]],
) -> "Pool | Cluster":
    """What runs the shards."""
    if cluster is None:
        expected = partial(_load_expected, settings)
        return _pool(files, processes(len(files), jobs), settings.limits, (expected, *chores))
    from soe_compliance.execution.cluster import Cluster

    return Cluster(cluster, settings.limits)


def _pool(
    files: Sequence[FoundFile], size: int, limits: Limits, chores: Iterable[Callable[[], object]] = ()
) -> Pool:
    """Processes of this machine; what reads the files is imported before there are several copies of this one.

    A single copy imports it for itself, while this one goes on.
    """
    if size > 1:
        import_readers(files)
    return Pool(size, limits, chores)


def _load_expected(settings: Settings) -> None:
    """Load what most filings are judged with; should another ruleset be theirs, nothing is lost but time."""
    jurisdictions()
    official_calendar()
    with suppress(UserError):
        load_ruleset(settings.ruleset or DEFAULT_RULESET, settings.interpret)


def _given(files: Iterable[FoundFile], limits: Limits) -> list[FoundFile]:
    """The files, standard input with its bytes: the processes that read files have another one."""
    return [
        replace(file, data=bytes_at(STANDARD_INPUT, limits.file_bytes + 1))
        if file.path == STANDARD_INPUT
        else file
        for file in files
    ]


def _outcomes(
    shards: Iterable[Sequence[FoundFile]],
    prepared: Prepared,
    runner: Runner,
    state: str | None,
    warn: Callable[[Text], object],
) -> Iterator[list[FileOutcome]]:
    """The outcomes of the files of each shard, in order; with a state folder, from there where they are kept."""
    if state is None:
        return runner.run(shards, prepared)
    from soe_compliance.execution.state import State

    return State(state, prepared, warn).run(shards, runner)


def _told(shards: Iterable[list[FileOutcome]], files: int, progress: Progress) -> Iterator[Checked]:
    """What became of every filing, in order, while `progress` is told of the start and of each shard."""
    done = Done(0, files)
    progress(done)
    for outcomes in shards:
        done = done.after(outcomes)
        progress(done)
        for outcome in outcomes:
            yield from outcome


def _ruleset_of_first(filings: Sequence[Filing], files: Sequence[FoundFile], runner: Runner) -> str:
    """The ruleset of the first filing that can be read."""
    if filings:
        return ruleset_for(filings[0].jurisdiction, filings[0].reference_date)
    found = runner.identify(files)
    return ruleset_for(found.jurisdiction, found.reference_date) if found else DEFAULT_RULESET


def _refuse_other_rulesets(results: Sequence[FilingResult], chosen: str) -> None:
    """One report is about one ruleset: filings under another are checked apart."""
    for result in results:
        if result.reference_date is None:
            continue
        wanted = ruleset_for(result.jurisdiction or "", result.reference_date)
        if wanted != chosen:
            raise UserError(
                Text(
                    f"按其监管机构应适用{wanted}，而本批其他填报适用{chosen}",
                    f"by its supervisor it is under {wanted}, while others of the batch are under {chosen}",
                ),
                place=result.source,
                remedy=Text(
                    "请用--ruleset指定规则集，或分开检查",
                    "name the ruleset with --ruleset, or check them apart",
                ),
            )


def _prepared(settings: Settings) -> Prepared:
    ruleset = load_ruleset(settings.ruleset or DEFAULT_RULESET, settings.interpret)
    options = Options(
        as_of=settings.as_of or date.today(),
        rules=selected_rules(ruleset, settings.select, settings.ignore),
        listed=ALWAYS_LISTED | set(settings.show),
        alternatives=_alternatives(ruleset, settings) if settings.interpret_all else (),
        exhibits=settings.exhibits,
    )
    return Prepared(ruleset, calendar_with(settings.calendars), options, settings.limits)


def _alternatives(ruleset: Ruleset, settings: Settings) -> tuple[Alternative, ...]:
    """Every other reading, one interpretation at a time."""
    readings = dict(ruleset.readings)
    return tuple(
        Alternative(key, load_ruleset(settings.ruleset or DEFAULT_RULESET, {**readings, key: option}))
        for key, interpretation in ruleset.interpretations.items()
        for option in interpretation.others(readings[key])
    )


def _judged_absent(groups: Iterable[Listed], prepared: Prepared, unread: int) -> list[Finding]:
    """The findings of groups without a readable filing, as far as they are listed.

    Args:
        unread: how many filings could not be read, each of which may be that of a group.
    """
    options = prepared.options
    found = judge_roster(groups, prepared.ruleset, prepared.calendar, options)
    listed = [finding for finding in found if finding.outcome in options.listed]
    return [_in_doubt(finding, unread) for finding in listed] if unread else listed


def _not_asked_for(groups: Sequence[Listed], prepared: Prepared) -> Iterator[Text]:
    """That groups filed nothing and none of the rules that are judged says so."""
    ruleset = prepared.ruleset
    if not groups or rules_for_absent(ruleset, prepared.options.rules):
        return
    codes = list(rules_for_absent(ruleset, ruleset.rules))
    yield _NOT_ASKED_FOR.format(
        count=len(groups),
        named=first_few([f"{group.group_name} {group.year}" for group in groups]),
        advice=_CHECK_TOO.format(codes=first_few(codes)) if codes else _OTHER_RULESET,
    )


def _in_doubt(finding: Finding, unread: int) -> Finding:
    said = (*finding.details.reasons, reasons.MAY_BE_ITS_OWN.format(count=unread))
    return replace(finding, details=replace(finding.details, reasons=said))


def _without_filings(files: Sequence[FoundFile]) -> list[Unreadable]:
    """Paths that hold no filing at all."""
    return [
        Unreadable(file.stem, file.source, None, (file.skipped,))
        for file in files
        if file.skipped is not None and file.skipped.level is Level.ERROR
    ]
