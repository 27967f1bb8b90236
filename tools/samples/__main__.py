"""Write all samples: `python -m tools.samples`, from the root of the checkout."""

import json
from pathlib import Path

from tools.samples.catalogue import SAMPLES
from tools.samples.readme import readme
from tools.samples.sample import Sample
from tools.samples.workbook import write_workbook

TARGET = Path(__file__).resolve().parents[2] / "sample_filings"
EXPECTED = TARGET.parent / "tests" / "samples" / "expected.json"


def document(sample: Sample) -> str:
    """The JSON of a filing: amounts as exact text, or as numbers."""
    content = json.loads(json.dumps(sample.document))
    if not sample.numbers_as_text:
        for rows in (rows for rows in content.values() if isinstance(rows, list)):
            for row in rows:
                for key, value in row.items():
                    if (
                        isinstance(value, str)
                        and value.replace(".", "", 1).lstrip("-").isdecimal()
                        and "." in value
                    ):
                        row[key] = float(value)
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def expectations() -> str:
    """expected.json: a finding a line."""
    blocks = []
    for sample in SAMPLES:
        found = ",\n".join("    " + json.dumps(list(item), ensure_ascii=False) for item in sample.expected)
        blocks.append(f'  "{sample.file}": [' + (f"\n{found}\n  ]" if found else "]"))
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    for old in [*TARGET.glob("*.xlsx"), *TARGET.glob("*.json")]:
        old.unlink()
    for sample in SAMPLES:
        path = TARGET / sample.file
        if sample.habits is None:
            path.write_text(document(sample), encoding="utf-8", newline="\n")
        else:
            write_workbook(sample, sample.habits, path)
    EXPECTED.write_text(expectations(), encoding="utf-8", newline="\n")
    (TARGET / "README.md").write_text(readme(SAMPLES), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
