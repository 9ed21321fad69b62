"""What can be seen: lists, counts and pages, always for an actor."""
