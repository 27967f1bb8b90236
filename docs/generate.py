"""Write what is generated under docs/: schemas, the guides to the forms and to reading, the handbook, the dependencies.

python docs/generate.py            write
python docs/generate.py --check    say what is not as generated; exit status 1 if anything
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from soe_compliance.authoring.coverage import coverage_page, load_coverage
from soe_compliance.authoring.examples import load_examples
from soe_compliance.authoring.field_guide import field_guide
from soe_compliance.authoring.handbook import index_page, rule_page
from soe_compliance.authoring.reading_guide import reading_guide
from soe_compliance.cli.schema import schema_of
from soe_compliance.domain.text import Language
from soe_compliance.law.loading import load_ruleset, ruleset_ids

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent))

from tools.dependencies import page as dependencies_page  # noqa: E402 (found from the checkout)

GENERATED = ("schema/*", "rules/**/*", "coverage.md", "dependencies.md", "forms.md", "reading.md")
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def pages() -> Iterator[tuple[str, str]]:
    """Every generated file by its path under docs/, with its content."""
    for what in ("filing", "report", "ruleset"):
        yield f"schema/{what}.json", json.dumps(schema_of(what), ensure_ascii=False, indent=2) + "\n"
    yield "forms.md", "\n".join(field_guide(language) for language in LANGUAGES)
    yield "reading.md", "\n".join(reading_guide(language) for language in LANGUAGES)
    yield "coverage.md", "\n".join(_coverage())
    yield "dependencies.md", dependencies_page()
    for name in ruleset_ids():
        ruleset = load_ruleset(name)
        for language in LANGUAGES:
            folder = f"rules/{name}/{language}"
            yield f"{folder}/README.md", index_page(ruleset, language)
            for rule in ruleset.rules.values():
                yield f"{folder}/{rule.id}.md", rule_page(rule, ruleset, load_examples(name, rule), language)


def _coverage() -> Iterator[str]:
    for name in ruleset_ids():
        ruleset = load_ruleset(name)
        coverage = load_coverage(ruleset, name)
        if coverage is not None:
            yield from (coverage_page(ruleset, coverage, language) for language in LANGUAGES)


def stale(wanted: dict[str, str]) -> list[str]:
    """Files that differ from what is generated, are missing, or should not be there."""
    there = {
        path.relative_to(DOCS).as_posix(): path.read_text(encoding="utf-8")
        for pattern in GENERATED
        for path in DOCS.glob(pattern)
        if path.is_file()
    }
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def main() -> int:
    wanted = dict(pages())
    different = stale(wanted)
    if "--check" in sys.argv[1:]:
        for name in different:
            print(f"docs/{name} is not as generated: run python docs/generate.py")
        return 1 if different else 0
    for name in different:
        path = DOCS / name
        if name not in wanted:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[name], encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
