"""Sealing: what one guess at a passphrase costs (Argon2id). Kept with each key, so raising it is safe.

As they stand: RFC 9106, section 4, second recommended option: 64 MiB, 3 rounds, 4 lanes.
"""

SEALING_ARGON2_MEMORY = 64 * 1024  # KiB
SEALING_ARGON2_ROUNDS = 3
SEALING_ARGON2_LANES = 4
