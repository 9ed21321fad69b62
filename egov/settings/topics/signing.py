"""Signing: where trust and keys come from, what opens a key, how often a PIN may be wrong."""

from pathlib import Path

from egov.settings.env import env

# Server part of the key that encrypts private keys at rest: a stolen database alone opens nothing.
SIGNING_PEPPER = env.text("SIGNING_PEPPER", min_length=32)
# Opens the key with which the system itself signs what it took in; empty: it signs nothing.
SIGNING_SYSTEM_PIN = env.text("SIGNING_SYSTEM_PIN", "", min_length=12)
SIGNING_PIN_ATTEMPTS = 5
SIGNING_PIN_MIN_LENGTH = 6
# Cost of one PIN guess (Argon2id): memory in KiB and rounds; kept with each key, so raising it is safe.
SIGNING_ARGON2_MEMORY = 64 * 1024
SIGNING_ARGON2_ROUNDS = 2
# Trusted roots and, in the demo, the whole authority with its encrypted keys. Never in git.
_VAR_DIR = Path(env.text("VAR_DIR", str(Path(__file__).resolve().parents[3] / "var")))
SIGNING_PKI_DIR = Path(env.text("SIGNING_PKI_DIR", str(_VAR_DIR / "pki")))
# RFC 3161 authority; empty: PAdES B-B, the time of receipt stands for the time of signing.
SIGNING_TIMESTAMP_URL = env.text("SIGNING_TIMESTAMP_URL", "")
# Where the demo's authority publishes its revocation lists; written into the certificates that it issues.
SIGNING_CRL_URL = env.text("SIGNING_CRL_URL", "http://127.0.0.1:8765/crl")
SIGNING_CRL_TIMEOUT = 10  # seconds
