"""Citizens sign in with an electronic identity, by OpenID Connect, when a provider's address is set."""

from datetime import timedelta
from urllib.parse import urlsplit

from egov.settings.env import env

# As the provider calls itself, to the letter; empty: nobody can sign in, public pages work all the same.
EID_ISSUER = env.text("EID_ISSUER", "")
EID_CLIENT_ID = env.text("EID_CLIENT_ID", None if EID_ISSUER else "")
EID_CLIENT_SECRET = env.text("EID_CLIENT_SECRET", None if EID_ISSUER else "")
if EID_ISSUER and env.flag("HTTPS", default=True) and urlsplit(EID_ISSUER).scheme != "https":
    env.faults.append("EID_ISSUER must begin with https://")

EID_SCOPES = env.words("EID_SCOPES", "openid,profile,address")
# Each provider has its own names: which claim says what.
EID_CLAIMS = {
    "personal_number": env.text("EID_CLAIM_NUMBER", "personal_number"),
    "name": env.text("EID_CLAIM_NAME", "name"),
    "level": env.text("EID_CLAIM_LEVEL", "identity_level"),
    "residence": env.text("EID_CLAIM_RESIDENCE", "address"),
}
# What the provider says of the level, and the level that it is.
EID_LEVELS: dict[str, int] = {}
for _pair in env.words("EID_LEVELS", "1=1,2=2"):
    _word, _is, _level = _pair.rpartition("=")
    if _word and _level.isdecimal():
        EID_LEVELS[_word] = int(_level)
    else:
        env.faults.append(f"EID_LEVELS must look like loa1=1,loa2=2, not {_pair!r}")
# Filing needs an identity that was checked in person: level 2 (Decree 69/2024/NĐ-CP).
EID_LEVEL_NEEDED = 2
# Signatures by a key pair alone: a shared secret or no signature would let others write identities.
EID_ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
# Seconds for each answer of the provider, and by which its clock may differ from ours.
EID_TIMEOUT = 10
EID_LEEWAY = 60
# Seconds for which what the provider publishes of itself is believed.
EID_METADATA_SECONDS = 3600

CITIZEN_SIGN_IN_LASTS = timedelta(hours=8)
CITIZEN_SIGN_IN_IDLE = timedelta(minutes=30)
CITIZEN_COOKIE_NAME = "__Host-citizen" if env.flag("HTTPS", default=True) else "citizen"
