"""Machine door for agencies that run their own system: the same queries, rules and actions as the pages."""
