"""How fast filings are read and checked, beside what nothing could be faster than."""
