"""Rows for tests; traits name what makes a row special."""
