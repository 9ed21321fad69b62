"""Procedures as other systems write them down: JSON, .xlsx, CSV."""
