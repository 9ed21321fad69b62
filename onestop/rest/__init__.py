"""Machine door for systems that file dossiers, follow them, or decide their status (domain: 1.1, 3.3)."""
