"""selftest: what the installed program was tried on, and whether it did what it should."""

import json
from typing import TYPE_CHECKING

import click

from soe_compliance.cli.options import language_option, print_result, text_or_json_option
from soe_compliance.domain.text import Language, Text

if TYPE_CHECKING:
    from soe_compliance.selftest import SelfTest

_RULESET = Text(
    "规则集 {id}  {digest}\n  {rules}条规则，{examples}个示例，{wrong}处不符",
    "ruleset {id}  {digest}\n  {rules} rules, {examples} examples, {wrong} wrong",
)
_LINES = (
    Text("法定工作日 {first}–{last}年", "official working days {first}–{last}"),
    Text(
        "整份填报 {filings}份，{formats_count}种格式（{formats}），共{files}个文件，逐个与应有结论比对",
        "{filings} whole filings in {formats_count} formats ({formats}), {files} files, each held to its verdicts",
    ),
    Text("损坏的文件 {damaged}个，不得当作填报", "{damaged} damaged files, which must not pass for filings"),
    Text("报告格式 {reports}", "reports as {reports}"),
)
_GOOD = Text("通过：一切符合", "passed: all is as it should be")
_BAD = Text(
    "未通过：{wrong}处不符，请重新安装程序，仍不符时附以上信息报告",
    "failed: {wrong} wrong; install the program anew, and report it with the lines above if that does not help",
)


@click.command("selftest")
@text_or_json_option
@language_option
def command(format_: str, lang: Language) -> int:
    """自检已安装的程序：用随附的示例和整份填报试一遍 / Try the installed program on what is shipped with it.

    \b
    退出码 / Exit status
      0  一切符合 / all is as it should be
      4  有不符，程序或安装有缺陷 / something is not: a defect of the program or its installation
    """
    from soe_compliance.cli.exit_codes import CLEAN, DEFECT
    from soe_compliance.selftest import selftest

    found = selftest()
    print_result(_document(found, lang) if format_ == "json" else _text(found, lang))
    return DEFECT if found.wrong else CLEAN


def _text(found: "SelfTest", language: Language) -> str:
    lines = [f"soe-compliance {found.version} · Python {found.python} · {found.system}"]
    for ruleset in found.rulesets:
        told = _RULESET.format(
            id=ruleset.ruleset.id,
            digest=ruleset.ruleset.digest,
            rules=ruleset.rules,
            examples=ruleset.examples,
            wrong=len(ruleset.wrong),
        )
        lines.append(told.in_(language))
    first, last = found.calendar
    values = {
        "first": first,
        "last": last,
        "filings": found.filings,
        "formats_count": len(found.formats),
        "formats": " · ".join(found.formats),
        "files": found.files,
        "damaged": found.damaged,
        "reports": " · ".join(found.reports),
    }
    lines += [line.format(**values).in_(language) for line in _LINES]
    lines += [told.in_(language) for told in found.wrong]
    lines.append((_BAD.format(wrong=len(found.wrong)) if found.wrong else _GOOD).in_(language))
    return "\n".join(lines) + "\n"


def _document(found: "SelfTest", language: Language) -> bytes:
    document = {
        "version": found.version,
        "python": found.python,
        "system": found.system,
        "rulesets": [
            {
                "id": ruleset.ruleset.id,
                "digest": ruleset.ruleset.digest,
                "rules": ruleset.rules,
                "examples": ruleset.examples,
                "wrong": len(ruleset.wrong),
            }
            for ruleset in found.rulesets
        ],
        "calendar": {"first_year": found.calendar[0], "last_year": found.calendar[1]},
        "filings": {"count": found.filings, "formats": list(found.formats), "files": found.files},
        "damaged_files": found.damaged,
        "reports": list(found.reports),
        "wrong": [told.in_(language) for told in found.wrong],
        "passed": not found.wrong,
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
