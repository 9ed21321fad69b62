"""Measures: every figure is a ratio against a raw limit taken in the same run. Not tests: nothing
asserts a time."""
