"""What can be done with visits and letters."""
