"""Who may do what with procedures and dossiers; each answer is a Verdict that a page can show."""
