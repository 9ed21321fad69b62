"""A year of letters and visits for the demo, played through the real actions."""
