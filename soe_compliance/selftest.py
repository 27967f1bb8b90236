"""Does the installed program do what it was shipped to do? Rules, whole filings, formats, processes, reports.

All that is needed travels with the program: the rules' own examples, and whole filings that are written in every format
that can be made on the spot, into a temporary folder that only this user can enter, and checked as any other.
"""

import platform
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from soe_compliance.api import Settings, check_paths
from soe_compliance.authoring.conformance import FORMATS, Conformance, load_conformance, write_template
from soe_compliance.authoring.examples_run import ExamplesRun, run_examples
from soe_compliance.domain.errors import UserError
from soe_compliance.domain.outcomes import Outcome
from soe_compliance.domain.system_errors import why
from soe_compliance.domain.text import Text
from soe_compliance.domain.workdays import official_calendar
from soe_compliance.engine import Status
from soe_compliance.law.loading import ruleset_ids
from soe_compliance.report.model import VERSION, Report
from soe_compliance.report.render import FORMATS as REPORTS
from soe_compliance.report.render import TEXT, render

_NOT_LISTED = {Outcome.PASS, Outcome.NOT_APPLICABLE}


class SelfTest(Struct, frozen=True):
    """What was tried, and what is not as it should be.

    Attributes:
        calendar: the first and the last year of official working days.
        filings: the whole filings, each written in every one of `formats`, all of them `files`.
        damaged: files that must not pass for filings.
        reports: the formats that the report was written in.
        wrong: what is not as it should be; a defect of the program or of its installation.
    """

    version: str
    python: str
    system: str
    rulesets: tuple[ExamplesRun, ...]
    calendar: tuple[int, int]
    filings: int
    formats: tuple[str, ...]
    files: int
    damaged: int
    reports: tuple[str, ...]
    wrong: tuple[Text, ...]


def selftest() -> SelfTest:
    """Try the program.

    Raises:
        UserError: nothing can be written where temporary files go.
    """
    rulesets = tuple(run_examples(name) for name in ruleset_ids())
    conformance = load_conformance()
    calendar = official_calendar()
    try:
        with TemporaryDirectory(prefix="soe-compliance-", ignore_cleanup_errors=True) as folder:
            batch = _written(Path(folder), conformance)
            wrong = list(_wrong(batch, conformance))
    except OSError as error:
        raise UserError(
            Text("不能写入临时文件：{why}", "temporary files can't be written: {why}").format(why=why(error)),
            remedy=Text(
                "请清理磁盘，或用环境变量TMPDIR（Windows为TEMP）指定可写的文件夹",
                "free the disk, or name a folder in the environment variable TMPDIR (TEMP on Windows)",
            ),
        ) from error
    return SelfTest(
        version=VERSION,
        python=platform.python_version(),
        system=f"{platform.system()} {platform.machine()}",
        rulesets=rulesets,
        calendar=(calendar.first_year, calendar.last_year),
        filings=len(conformance.filings),
        formats=tuple(FORMATS),
        files=len(batch.expected),
        damaged=len(batch.damaged),
        reports=(TEXT, *REPORTS),
        wrong=(*(told for ruleset in rulesets for told in ruleset.wrong), *wrong),
    )


class _Batch(Struct, frozen=True):
    """The files that were written.

    Attributes:
        expected: by file, what the check must say of it.
        damaged: files that must be unreadable.
    """

    folder: Path
    expected: Mapping[str, Mapping[str, str]]
    damaged: frozenset[str]


def _written(folder: Path, conformance: Conformance) -> _Batch:
    first, forms = conformance.filings[0], folder / "forms"
    write_template(forms, conformance.document(first))
    expected = {str(forms.with_suffix(".xlsx")): first.expect}
    for number, filing in enumerate(conformance.filings):
        for place, write in enumerate(FORMATS.values()):
            path = folder / f"{number:02}-{place}"
            write(path, conformance.document(filing))
            [made] = folder.glob(f"{path.name}*")
            expected[str(made)] = filing.expect
    damaged = []
    for whole in [path for path in sorted(folder.glob("00-*")) if path.is_file()]:
        damaged.append(whole.with_stem(f"{whole.stem}-damaged"))
        damaged[-1].write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    return _Batch(folder, expected, frozenset(map(str, damaged)))


def _wrong(batch: _Batch, conformance: Conformance) -> Iterator[Text]:
    before = _digests(batch.folder)
    settings = Settings(ruleset=conformance.ruleset, as_of=conformance.as_of, show=tuple(Outcome))
    one, two = (check_paths([str(batch.folder)], settings, jobs=jobs) for jobs in (1, 2))
    yield from _differences(one, batch)
    if (one.filings, one.findings) != (two.filings, two.findings):
        yield Text("用一个进程和两个进程得到的结果不同", "one process and two come to different results")
    for name in (TEXT, *REPORTS):
        if not render(one, name):
            yield Text(f"{name}格式的报告为空", f"the report is empty as {name}")
    if _digests(batch.folder) != before:
        yield Text("检查改动了文件", "the check changed a file")


def _differences(report: Report, batch: _Batch) -> Iterator[Text]:
    """Where the report says something else of a file than what is expected, or leaves one out."""
    found = {filing.source: filing for filing in report.filings}
    for source in sorted({*batch.expected, *batch.damaged} ^ found.keys()):
        yield Text(f"{source}：没有如数检查", f"{source}: not accounted for")
    for source, filing in found.items():
        wanted = Status.UNREADABLE if source in batch.damaged else Status.CHECKED
        if filing.status is not wanted:
            why = "; ".join(problem.text.en for problem in filing.problems)
            yield Text(
                f"{source}：应为{wanted.label.zh}，实为{filing.status.label.zh}（{why}）",
                f"{source}: expected {wanted}, found {filing.status} ({why})",
            )
    by_filing: dict[str, dict[str, str]] = {filing.id: {} for filing in report.filings}
    for finding in report.findings:
        if finding.outcome not in _NOT_LISTED and finding.filing in by_filing:
            by_filing[finding.filing][f"{finding.rule} {finding.subject.id}"] = finding.outcome.key
    for source, expected in batch.expected.items():
        said = by_filing[found[source].id] if source in found else expected
        if said != expected:
            yield Text(
                f"{source}：应为{dict(expected)}，实为{said}",
                f"{source}: expected {dict(expected)}, found {said}",
            )


def _digests(folder: Path) -> dict[str, str]:
    """Every file below a folder with the digest of its bytes."""
    return {
        str(path): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
