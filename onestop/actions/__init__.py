"""What can be done with procedures, dossiers, fees and queues: one file an action."""
