"""What the exit status of the program says."""

CLEAN = 0
"""Nothing failed."""

BREACHED = 1
"""Something failed at or above `--fail-on`."""

UNREADABLE = 2
"""A file could not be read, or the user can mend what is wrong: an option, a ruleset."""

INCOMPLETE = 3
"""With `--strict`: something is unknown or incomplete."""

DEFECT = 4
"""The program failed, by a defect of its own."""
