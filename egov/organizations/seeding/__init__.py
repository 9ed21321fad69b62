"""Loads a province's agencies and staff from tables (docs/how-to/load-agencies.md)."""
