"""Who may do what in the portal; a file for each part."""
