"""Forms check the shape of what was typed; the actions check the rest."""
