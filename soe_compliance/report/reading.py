"""Reports read back, strictly: the JSON or JSON lines that this program writes."""

import os
import stat
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from soe_compliance.domain.errors import UserError
from soe_compliance.domain.system_errors import why
from soe_compliance.domain.text import Text
from soe_compliance.filings.json_reader import InvalidJsonError, JsonDocument, documents_in
from soe_compliance.filings.raw import ReadingError
from soe_compliance.filings.signatures import is_workbook
from soe_compliance.report.document import FindingDocument, ReportDocument
from soe_compliance.report.model import FORMAT

MOST_BYTES = 1024**3
"""The most that a report may take."""

SHORTEST_PREFIX = 4
"""The fewest digits by which a finding may be named."""

_LINES = ".jsonl"
_KIND = FORMAT.rpartition("/")[0]
_NOT_JSON = Text("不是有效的JSON，{why}", "not valid JSON, {why}")
_MAKE = Text("请给出用check … -o 报告.json生成的文件", "give a file that check ... -o report.json wrote")


def read_report(path: str | os.PathLike[str], *, most_bytes: int = MOST_BYTES) -> ReportDocument:
    """The report of a file, .json or .jsonl.

    Raises:
        UserError: it can't be read, is no report, or is one of another version of the format.
    """
    named = os.fspath(path)
    data = _bytes_of(named, most_bytes)
    if is_workbook(data):
        raise _no_report(
            named, Text("这是工作簿，而报告为.json或.jsonl", "a workbook, while a report is .json or .jsonl")
        )
    try:
        documents = documents_in(data, lines=named.lower().endswith(_LINES))
    except InvalidJsonError as error:
        raise _no_report(named, _NOT_JSON.format(why=error.why)) from None
    except ReadingError:
        raise _no_report(named) from None
    return _validated(_whole(documents, named), named)


def finding_of(report: ReportDocument, fingerprint: str, place: str) -> list[FindingDocument]:
    """The findings of a fingerprint, or of its first digits; several where a group filed more than once.

    Raises:
        UserError: there is none, or the digits begin several fingerprints.
    """
    wanted = fingerprint.strip().lower()
    if len(wanted) < SHORTEST_PREFIX:
        raise UserError(
            Text(f"问题指纹{fingerprint}过短", f"the fingerprint {fingerprint} is too short"),
            remedy=Text(
                f"请至少给出前{SHORTEST_PREFIX}位", f"give its first {SHORTEST_PREFIX} digits at least"
            ),
        )
    found = [finding for finding in report.findings if finding.fingerprint.startswith(wanted)]
    marks = list(dict.fromkeys(finding.fingerprint for finding in found))
    if not marks:
        raise UserError(
            Text(f"报告中没有指纹为{fingerprint}的问题", f"no finding has the fingerprint {fingerprint}"),
            place=place,
            remedy=Text(
                "指纹见问题清单的“问题指纹”列，或JSON报告的fingerprint",
                "see the column Fingerprint of the findings, or fingerprint in the JSON report",
            ),
        )
    if len(marks) > 1:
        raise UserError(
            Text(
                f"有{len(marks)}个指纹以{fingerprint}开头",
                f"{len(marks)} fingerprints begin with {fingerprint}",
            ),
            place=place,
            remedy=Text(f"请给全：{'、'.join(marks[:5])}", f"give one in full: {', '.join(marks[:5])}"),
        )
    return found


def _bytes_of(named: str, most: int) -> bytes:
    try:
        with open(named, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise UserError(Text("不是普通文件", "is not a regular file"), place=named, remedy=_MAKE)
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        raise UserError(
            Text("无法打开：{why}", "can't be opened: {why}").format(why=why(error)),
            place=named,
            remedy=Text("请核对路径和读取权限", "check the path and the right to read it"),
        ) from None
    if len(data) > most:
        raise UserError(
            Text(f"报告大于{most:,}字节", f"the report is larger than {most:,} bytes"),
            place=named,
            remedy=Text("请分批检查后分别比较", "check in parts, and compare each"),
        )
    return data


def _whole(documents: list[JsonDocument], named: str) -> object:
    """The report as one object, be it one or a line a part."""
    for document in documents:
        if document.refused:
            place = f"{named}:{document.prefix}".rstrip(":")
            raise _no_report(place, _NOT_JSON.format(why=document.refused.why))
    if len(documents) == 1:
        return documents[0].value
    parts: dict[str, Any] = {"filings": [], "findings": []}
    lists = {"filing": "filings", "finding": "findings"}
    for document in documents:
        line = document.value
        kind = line.get("type") if isinstance(line, Mapping) else None
        if not isinstance(line, Mapping) or kind not in {"report", "summary", *lists}:
            raise _no_report(named)
        part = {key: value for key, value in line.items() if key != "type"}
        if kind in lists:
            parts[lists[kind]].append(part)
        elif kind == "report":
            parts |= part
        else:
            parts["summary"] = part
    return parts


def _validated(value: object, named: str) -> ReportDocument:
    format_ = value.get("format") if isinstance(value, Mapping) else None
    if not isinstance(format_, str) or format_.rpartition("/")[0] != _KIND:
        raise _no_report(named)
    if format_ != FORMAT:
        raise UserError(
            Text(
                f"报告格式为{format_}，本程序只能读取{FORMAT}",
                f"its format is {format_}, and this program reads {FORMAT}",
            ),
            place=named,
            remedy=Text("请用生成该报告的版本读取", "read it with the version that made it"),
        )
    try:
        return ReportDocument.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = "/" + "/".join(map(str, first["loc"]))
        raise UserError(
            Text(
                f"不是完整的报告：{where}（{first['msg']}）", f"is no whole report: {where} ({first['msg']})"
            ),
            place=named,
            remedy=_MAKE,
        ) from None


def _no_report(place: str, why: Text | None = None) -> UserError:
    what = Text("不是检查报告", "is no report of a check")
    return UserError(
        Text(f"{what.zh}：{why.zh}", f"{what.en}: {why.en}") if why else what, place=place, remedy=_MAKE
    )
