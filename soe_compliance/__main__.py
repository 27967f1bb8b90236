"""python -m soe_compliance"""

from soe_compliance.cli.main import main

if __name__ == "__main__":
    main()
