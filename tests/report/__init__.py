"""Tests of what is made of findings."""
