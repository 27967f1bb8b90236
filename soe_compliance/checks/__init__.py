"""Evaluation, a module a kind of check; nothing here names a rule or holds a legal number."""
