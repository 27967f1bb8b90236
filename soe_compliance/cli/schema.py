"""schema: the JSON Schemas of a filing and of a report."""

import json

import click

from soe_compliance.cli.values import OneOf


@click.command("schema")
@click.argument("what", type=OneOf("filing", "report", "ruleset"), metavar="filing|report|ruleset")
def command(what: str) -> None:
    """输出JSON Schema / Print the JSON Schema of a filing, a report, or the rules of a ruleset."""
    click.echo(json.dumps(schema_of(what), ensure_ascii=False, indent=2))


def schema_of(what: str) -> dict[str, object]:
    if what == "filing":
        from soe_compliance.filings.schema import filing_schema

        return filing_schema()
    if what == "report":
        from soe_compliance.report.document import report_schema

        return report_schema()
    from soe_compliance.law.schema import rule_schema

    return rule_schema()
