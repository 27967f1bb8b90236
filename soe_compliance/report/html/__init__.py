"""The report as one page: it needs no network, no other file and, to be read, no script."""
