"""Tests of what the rules talk about."""
