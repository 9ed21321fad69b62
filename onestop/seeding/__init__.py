"""What a new installation begins with: standard forms, the catalogue."""
