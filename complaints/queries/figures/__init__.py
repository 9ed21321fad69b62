"""What the reports count, each table as it was known at the end of its period (rules 46 to 50)."""
