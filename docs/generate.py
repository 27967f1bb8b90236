"""Write what is generated: under docs/ schemas, the guides to the forms and to reading, the handbook, the dependencies;
under rulesets/ what the files of the rulesets say, so that a check needs no parser.

python docs/generate.py            write
python docs/generate.py --check    say what is not as generated; exit status 1 if anything
"""

import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from soe_compliance.authoring.coverage import coverage_page, load_coverage
from soe_compliance.authoring.examples import load_examples
from soe_compliance.authoring.field_guide import field_guide
from soe_compliance.authoring.handbook import index_page, rule_page
from soe_compliance.authoring.kind_guide import kind_guide
from soe_compliance.authoring.reading_guide import reading_guide
from soe_compliance.cli.schema import schema_of
from soe_compliance.domain.text import Language
from soe_compliance.law.documents import PARSED
from soe_compliance.law.loading import RULE_FILE, load_ruleset, ruleset_ids
from soe_compliance.law.strict_yaml import parse

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.dependencies import page as dependencies_page  # noqa: E402 (found from the checkout)

PAGES = ("schema/*", "rules/**/*", "coverage.md", "dependencies.md", "forms.md", "kinds.md", "reading.md")
GENERATED = (*(f"docs/{pattern}" for pattern in PAGES), f"rulesets/{PARSED}")
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def pages() -> Iterator[tuple[str, str]]:
    """Every generated page by its path under docs/, with its content."""
    for what in ("filing", "report", "ruleset"):
        yield f"schema/{what}.json", json.dumps(schema_of(what), ensure_ascii=False, indent=2) + "\n"
    yield "forms.md", "\n".join(field_guide(language) for language in LANGUAGES)
    yield "reading.md", "\n".join(reading_guide(language) for language in LANGUAGES)
    yield (
        "kinds.md",
        "\n".join(
            kind_guide([load_ruleset(name) for name in ruleset_ids()], language) for language in LANGUAGES
        ),
    )
    yield "coverage.md", "\n".join(_coverage())
    yield "dependencies.md", dependencies_page()
    for name in ruleset_ids():
        ruleset = load_ruleset(name)
        for language in LANGUAGES:
            folder = f"rules/{name}/{language}"
            yield f"{folder}/README.md", index_page(ruleset, language)
            for rule in ruleset.rules.values():
                yield f"{folder}/{rule.id}.md", rule_page(rule, ruleset, load_examples(name, rule), language)


def parsed() -> str:
    """What the heads and rules of the shipped rulesets say, by the digests of the files, a line for each."""
    lines = []
    for path in sorted((ROOT / "rulesets").glob("*/*.yaml")):
        if path.name == "ruleset.yaml" or RULE_FILE.fullmatch(path.name):
            content = path.read_bytes()
            data = parse(content.decode("utf-8"), str(path)).data
            said = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
            lines.append(f'"{sha256(content).hexdigest()}":{said}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _coverage() -> Iterator[str]:
    for name in ruleset_ids():
        ruleset = load_ruleset(name)
        coverage = load_coverage(ruleset, name)
        if coverage is not None:
            yield from (coverage_page(ruleset, coverage, language) for language in LANGUAGES)


def stale(wanted: dict[str, str]) -> list[str]:
    """Files that differ from what is generated, are missing, or should not be there."""
    there = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for pattern in GENERATED
        for path in ROOT.glob(pattern)
        if path.is_file()
    }
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def main() -> int:
    wanted = {f"docs/{name}": page for name, page in pages()}
    wanted[f"rulesets/{PARSED}"] = parsed()
    different = stale(wanted)
    if "--check" in sys.argv[1:]:
        for name in different:
            print(f"{name} is not as generated: run python docs/generate.py")
        return 1 if different else 0
    for name in different:
        path = ROOT / name
        if name not in wanted:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[name], encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
