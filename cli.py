"""Run from a checkout: python cli.py check sample_filings."""

from soe_compliance.cli.main import process

if __name__ == "__main__":
    process()
