"""Write all samples: `python -m tools.samples`, from the root of the checkout; or into a folder that is named."""

import json
import sys
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


def write_samples(folder: Path, expected: Path) -> None:
    """The samples and their guide into a folder, and what is to be found in them into a file."""
    folder.mkdir(exist_ok=True)
    for old in [*folder.glob("*.xlsx"), *folder.glob("*.json")]:
        old.unlink()
    for sample in SAMPLES:
        path = folder / sample.file
        if sample.habits is None:
            path.write_text(document(sample), encoding="utf-8", newline="\n")
        else:
            write_workbook(sample, sample.habits, path)
    expected.write_text(expectations(), encoding="utf-8", newline="\n")
    (folder / "README.md").write_text(readme(SAMPLES), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if sys.argv[1:]:
        target = Path(sys.argv[1])
        write_samples(target, target / "expected.json")
    else:
        write_samples(TARGET, EXPECTED)
