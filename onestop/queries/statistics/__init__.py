"""Figures of one-stop handling, as they were known at the moment that is asked for (domain: 3.5)."""
