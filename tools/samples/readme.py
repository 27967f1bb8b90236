"""The README of the samples, from the same data as the samples."""

from tools.samples.sample import AS_OF, Sample

HEAD = f"""# 填报样例

These filings are fictional: ten reports of nine imaginary groups of the league, one of them for two years, as an
office would hand them in (workbooks with titles, unit lines, totals and notes; two JSON documents). Each shows
some breaches on purpose, often by one cent or one day, with a boundary that passes beside it. `tests/samples/expected.json` lists,
for every file, each outcome that is neither a pass nor not applicable, as of {AS_OF}, under the default readings.
`python -m tools.samples` writes this folder again, byte for byte.

企业、项目、合同均为虚构；统一社会信用代码校验位按国家标准计算（有意写错的除外）。检查口径日为{AS_OF}，解释口径取默认值：

```
soe-compliance check sample_filings/[01]* --as-of {AS_OF}
```

`tests/samples/expected.json`：每个文件一组 `[规则, 对象, 结论, 理由]`，列出除通过、不适用以外的全部结论。
"""
WORDS = {"fail": "不符", "waived": "豁免", "pending": "待办", "unknown": "待核"}


def names(sample: Sample) -> dict[str, str]:
    """Names of enterprises by code, so that a subject can be read."""
    found: dict[str, str] = {}
    for table, code, name in (
        ("guarantees", "beneficiary_code", "beneficiary_name"),
        ("guarantees", "guarantor_code", "guarantor_name"),
        ("entities", "code", "name"),
    ):
        rows = sample.document[table]
        if isinstance(rows, list):
            found |= {str(row[code]): str(row[name]) for row in rows if row.get(code) and row.get(name)}
    return found


def section(sample: Sample) -> str:
    known = names(sample)
    counts = "、".join(
        f"{word}{sum(item[2] == key for item in sample.expected)}"
        for key, word in WORDS.items()
        if any(item[2] == key for item in sample.expected)
    )
    parts = [f"## {sample.file}\n\n{sample.summary}\n\n结论：{counts or '无'}。\n"]
    parts.append("| 规则 | 对象 | 结论 | 理由 |\n| --- | --- | --- | --- |")
    for rule, subject, outcome, reason in sample.expected:
        readable = subject
        for code, name in known.items():
            readable = readable.replace(code, name)
        parts.append(f"| {rule} | {readable} | {WORDS[outcome]} | {reason} |")
    return "\n".join(parts) + "\n"


def overview(samples: tuple[Sample, ...]) -> str:
    lines = [
        "| 文件 | 企业数 | 担保笔数 | 不符 | 豁免 | 待办 | 待核 |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for sample in samples:
        counts = [sum(item[2] == key for item in sample.expected) for key in WORDS]
        sizes = [len(sample.document["entities"]), len(sample.document["guarantees"])]
        lines.append(f"| {sample.file} | " + " | ".join(str(number) for number in sizes + counts) + " |")
    return "\n".join(lines) + "\n"


def readme(samples: tuple[Sample, ...]) -> str:
    return "\n".join([HEAD, overview(samples), *(section(sample) for sample in samples)])
