"""Agencies, who serves in them, who signs for whom: all of it dated."""
