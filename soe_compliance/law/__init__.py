"""The law as data: rulesets, their terms and readings, and how they are loaded."""
