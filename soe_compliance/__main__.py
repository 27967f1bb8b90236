"""python -m soe_compliance"""

from soe_compliance.cli.main import process

if __name__ == "__main__":
    process()
