"""Fuzzing: inputs made wrong at random, and what must hold of each."""
