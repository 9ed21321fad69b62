"""The door for the portal and the other apps: procedures, filing, and where a dossier stands."""
