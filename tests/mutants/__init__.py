"""What `make mutants` runs besides the tests: quick checks that die early. Pytest collects them when they are named."""
