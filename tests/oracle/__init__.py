"""A second, independent reading of every rule, kept for differential tests."""
