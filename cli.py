"""Run from a checkout: python cli.py check sample_filings."""

from soe_compliance.cli.main import main

if __name__ == "__main__":
    main()
