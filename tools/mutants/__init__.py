"""Mutation testing: mutmut on the modules that verdicts rest on, a group of modules at a time."""
