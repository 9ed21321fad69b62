"""Seals what may be read by named people alone, also against whoever runs the database.

Pure cryptography: no models, no settings, nothing is kept or logged. Who may open what is the caller's law.
Everything comes from ``cryptography``: Argon2id (RFC 9106), HPKE (RFC 9180), AES-256-GCM, HKDF, HMAC.
"""
