"""Six rules in SQL, a query each, run by DuckDB."""

from collections.abc import Mapping
from typing import Any

import duckdb
import pandas as pd

_COUNTS = "SELECT count(*) FILTER (NOT broken), count(*) FILTER (broken) FROM ({judged})"
_IN_SCOPE = """
    FROM guarantees g JOIN filings f USING (filing) JOIN entities e ON e.firm = g.guarantor
    WHERE e.consolidated AND g.guarantor <> g.beneficiary"""
_IN_FORCE = "(g.balance <> 0 AND g.signed_on <= f.reference AND g.released_on > f.reference)"
_IN_YEAR = "(g.signed_on BETWEEN f.first_day AND f.reference)"
_IN_CAPS = f"{_IN_SCOPE} AND {_IN_FORCE} AND NOT g.licensed AND NOT g.home_buyers"
_QUERIES = {
    "DAT006": "SELECT true AS broken FROM guarantees WHERE balance > amount",
    "FIN103": """
        SELECT r.total_balance > r.ceiling AS broken
        FROM reports r JOIN filings f ON f.filing = r.filing AND f.year = r.year""",
    "GUA104": f"""
        SELECT 5 * coalesce(s.total, 0) > 2 * greatest(b.consolidated_net_assets, 0) AS broken
        FROM filings f JOIN financials b ON b.firm = f.parent AND b.year = f.year_end
        LEFT JOIN (SELECT g.filing, sum(g.balance) AS total {_IN_CAPS} GROUP BY g.filing) s ON s.filing = f.filing""",
    "GUA105": f"""
        SELECT 2 * s.total > greatest(b.net_assets, 0) AS broken
        FROM (SELECT g.guarantor, f.year_end, sum(g.balance) AS total {_IN_CAPS} GROUP BY g.guarantor, f.year_end) s
        JOIN financials b ON b.firm = s.guarantor AND b.year = s.year_end""",
    "GUA107": f"""
        SELECT g.resolved_on > g.signed_on AS broken
        {_IN_SCOPE} AND g.signed_on >= f.regulated_from AND ({_IN_FORCE} OR {_IN_YEAR})""",
    "INV101": """
        SELECT coalesce(min(p.submitted_on), 9999999) > any_value(f.plan_due) AS broken
        FROM filings f LEFT JOIN plans p ON p.filing = f.filing AND p.year = f.year AND p.annual
        GROUP BY f.filing""",
}


def connected(columns: Mapping[str, Mapping[str, Any]]) -> duckdb.DuckDBPyConnection:
    """A database in memory that holds these tables."""
    connection = duckdb.connect()
    connection.execute("SET threads TO 1")
    for name, table in columns.items():
        connection.register("given", pd.DataFrame(dict(table)))
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
        connection.unregister("given")
    return connection


def outcomes_in_sql(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, int]]:
    """How often each rule was kept, and broken."""
    found = {}
    for rule, judged in _QUERIES.items():
        row = connection.execute(_COUNTS.format(judged=judged)).fetchone()
        assert row is not None
        found[rule] = row[0], row[1]
    return found
