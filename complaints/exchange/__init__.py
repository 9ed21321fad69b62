"""Papers and tables that leave and enter."""
