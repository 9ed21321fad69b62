"""How often the public may ask for dossiers: (times, seconds). Codes are guessable, secrets are short."""

# One address, whatever it asks for.
LOOKUP_PER_ADDRESS = (30, 60)
# One code with a secret that does not go with it, from anywhere.
LOOKUP_WRONG_SECRETS = (10, 3600)
