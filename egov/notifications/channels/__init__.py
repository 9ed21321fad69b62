"""Ways by which a notification reaches a person; the inbox is the row itself."""
