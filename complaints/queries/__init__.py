"""What can be seen of visits and letters."""
