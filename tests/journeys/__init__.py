"""A real browser clicks through a real server."""
