"""Tests of rulesets as data."""
