"""Sample filings: fictional groups of the league, written as workbooks and JSON documents."""
