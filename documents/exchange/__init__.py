"""How documents travel between agencies."""
