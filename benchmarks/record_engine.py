"""Six rules as a decision of zen-engine, which takes the document of one filing at a time."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import zen

Filing: TypeAlias = dict[str, Any]

_OF_SCOPE = "filter(firms, #.consolidated)"
_IN_FORCE = "#.balance != 0 and #.signed_on <= reference and #.released_on > reference"
_IN_YEAR = "#.signed_on >= first_day and #.signed_on <= reference"
_NOT_OWN = "#.guarantor != #.beneficiary"
_COUNTED = f"{_NOT_OWN} and {_IN_FORCE} and not #.licensed and not #.home_buyers"
_GIVEN = f"sum(map(filter(#.given, {_COUNTED}), #.balance))"
_GUARANTORS = f"filter(firms, #.consolidated and some(#.given, {_COUNTED}))"
_DECIDED = (
    f"filter(#.given, {_NOT_OWN} and #.signed_on >= regulated_from and (({_IN_FORCE}) or ({_IN_YEAR})))"
)
_TOO_LATE = f"filter({_DECIDED}, #.resolved_on > #.signed_on)"
_ANNUAL = "map(filter(plans, #.annual and #.year == year), #.submitted_on)"
_OF_YEAR = "filter(reports, #.year == year)"
_EXPRESSIONS = {
    "DAT006": ("0", "sum(map(firms, len(filter(#.given, #.balance > #.amount))))"),
    "FIN103": (f"len({_OF_YEAR})", f"len(filter({_OF_YEAR}, #.total_balance > #.ceiling))"),
    "GUA104": (
        "1",
        f"5 * sum(map({_OF_SCOPE}, {_GIVEN})) > 2 * max([consolidated_net_assets, 0]) ? 1 : 0",
    ),
    "GUA105": (
        f"len({_GUARANTORS})",
        f"len(filter({_GUARANTORS}, 2 * {_GIVEN} > max([#.net_assets, 0])))",
    ),
    "GUA107": (
        f"sum(map({_OF_SCOPE}, len({_DECIDED})))",
        f"sum(map({_OF_SCOPE}, len({_TOO_LATE})))",
    ),
    "INV101": ("1", f"min({_ANNUAL}) > plan_due ? 1 : 0"),
}
"""How many outcomes each rule has in a filing, and how many of these are breaches."""


def filing_documents(columns: Mapping[str, Mapping[str, Any]]) -> list[Filing]:
    """A document for each filing: its plans and reports, and its firms with the guarantees that each gave."""
    rows = {name: _rows(table) for name, table in columns.items()}
    base = {(row["firm"], row["year"]): row for row in rows["financials"]}
    filings = [{**row, "plans": [], "reports": [], "firms": []} for row in rows["filings"]]
    for name in ("plans", "reports"):
        for row in rows[name]:
            filings[row["filing"]][name].append(row)
    firms: dict[int, Filing] = {}
    for row in rows["entities"]:
        filing = filings[row["filing"]]
        net_assets = base[row["firm"], filing["year_end"]]["net_assets"]
        firms[row["firm"]] = {**row, "net_assets": net_assets, "given": []}
        filing["firms"].append(firms[row["firm"]])
    for row in rows["guarantees"]:
        firms[row["guarantor"]]["given"].append(row)
    for filing in filings:
        parent = base[filing["parent"], filing["year_end"]]
        filing["consolidated_net_assets"] = parent["consolidated_net_assets"]
    return filings


def _rows(table: Mapping[str, Any]) -> list[Filing]:
    return [
        dict(zip(table, row, strict=True))
        for row in zip(*(column.tolist() for column in table.values()), strict=True)
    ]


def decision() -> zen.ZenDecision:
    """The rules, compiled."""
    expressions = [
        {"id": f"{rule}-{part}", "key": f"{rule}.{part}", "value": text}
        for rule, texts in _EXPRESSIONS.items()
        for part, text in zip(("all", "broken"), texts, strict=True)
    ]
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "content": {}},
        {"id": "rules", "name": "rules", "type": "expressionNode", "content": {"expressions": expressions}},
        {"id": "out", "name": "out", "type": "outputNode", "content": {}},
    ]
    edges = [
        {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}
        for source, target in (("in", "rules"), ("rules", "out"))
    ]
    return zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))


def outcomes_of(rules: zen.ZenDecision, filings: Iterable[Filing]) -> dict[str, tuple[int, int]]:
    """How often each rule was kept, and broken."""
    total, broken = Counter[str](), Counter[str]()
    for filing in filings:
        for rule, found in rules.evaluate(filing)["result"].items():
            total[rule] += int(found["all"])
            broken[rule] += int(found["broken"])
    return {
        rule: (0 if rule == "DAT006" else total[rule] - broken[rule], broken[rule]) for rule in _EXPRESSIONS
    }
