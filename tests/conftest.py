"""Hypothesis draws the same examples every time, and never fails by the clock."""

from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True, max_examples=100)
settings.load_profile("steady")
