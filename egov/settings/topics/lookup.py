"""How often the public may ask for dossiers: (times, seconds). Codes are guessable, secrets are short."""

from egov.settings.env import env

# Where the portal stands for people outside, as slips, messages and feeds name it.
PORTAL_URL = env.text("PORTAL_URL", "").rstrip("/")

# One address, whatever it asks for.
LOOKUP_PER_ADDRESS = (30, 60)
# One code with a secret that does not go with it, from anywhere.
LOOKUP_WRONG_SECRETS = (10, 3600)
