"""What the system reads from its environment, checked once, all faults told in one message.

Each variable may also be given as a file (``NAME_FILE=/run/secrets/name``), as container secrets are.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off", ""})

KNOWN: dict[str, str] = {
    "DATABASE_URL": "address of PostgreSQL, e.g. postgres://user:password@host:5432/name",
    "REDIS_URL": "address of the broker (Valkey or Redis), e.g. redis://host:6379/0",
    "BROKER_URL": "address of another broker (RabbitMQ); REDIS_URL when not given",
    "BROKER_PREFIX": "what every key in the broker begins with, where several installations share it",
    "SECRET_KEY": "Django's secret, at least 50 characters",
    "SIGNING_PEPPER": "server part of the key that encrypts signing keys, at least 32 characters",
    "SIGNING_PKI_DIR": "folder of trusted roots (and, in the demo, of its certificate authority)",
    "SIGNING_TIMESTAMP_URL": "RFC 3161 time-stamp authority; empty: signatures without time stamp",
    "SIGNING_CRL_URL": "address where the demo's authority publishes its revocation list",
    "SIGNING_SYSTEM_PIN": "opens the key with which the system itself signs receipts, at least 12 characters",
    "ALLOWED_HOSTS": "host names that the site answers to, separated by commas",
    "CSRF_TRUSTED_ORIGINS": "origins (https://…) behind the proxy, separated by commas",
    "TRUSTED_PROXIES": "networks of the proxies that may name the client in X-Forwarded-For, e.g. 10.0.0.0/8",
    "FILE_STORE_URL": "file store: a folder, or s3://key:secret@endpoint/bucket",
    "UPLOADS_DIR": "folder for uploads that have not ended; shared where several web servers run",
    "VAR_DIR": "folder for what a single machine keeps (files, logs)",
    "HTTPS": "whether people reach the site over HTTPS (secure cookies, HSTS)",
    "EMAIL_URL": "SMTP server, e.g. smtp://user:password@host:587?from=van-thu@host; empty: no e-mail",
    "NATIONAL_PORTAL_URL": "interface of the national public-service portal; empty: statuses wait unsent",
    "NATIONAL_PORTAL_CLIENT_ID": "whom the national portal knows us as; needed with its address",
    "NATIONAL_PORTAL_SECRET": "the secret that goes with it",
    "LETTER_FEED_URL": "interface of the national database on letters; empty: what is to be told waits",
    "LETTER_FEED_CLIENT_ID": "whom that database knows us as; needed with its address",
    "LETTER_FEED_SECRET": "the secret that goes with it",
    "PAYMENT_GATEWAY_URL": "interface of the payment gateway; empty: nobody can pay online",
    "PAYMENT_GATEWAY_MERCHANT": "whom the gateway knows us as; needed with its address",
    "PAYMENT_GATEWAY_SECRET": "the secret with which both sides sign; needed with its address",
    "PAYMENT_CALLBACK_URL": "where the gateway tells of payments, e.g. https://host/payments/callback/",
    "EID_ISSUER": "OpenID Connect provider of citizens' identities; empty: nobody of the public can sign in",
    "EID_CLIENT_ID": "whom the provider knows us as; needed with its address",
    "EID_CLIENT_SECRET": "the secret that goes with it",
    "EID_SCOPES": "what is asked of the provider: openid,profile,address",
    "EID_CLAIM_NUMBER": "name of the claim with the personal number of 12 digits",
    "EID_CLAIM_NAME": "name of the claim with the person's name",
    "EID_CLAIM_LEVEL": "name of the claim with the level of the identity",
    "EID_CLAIM_RESIDENCE": "name of the claim with where the person lives",
    "EID_LEVELS": "levels in the provider's words, e.g. loa1=1,loa2=2",
    "PORTAL_URL": "address of the portal on slips and in messages, e.g. https://host; empty: slips name none",
    "INQUIRY_COORDINATOR": "code of the agency that sorts what citizens ask and report",
    "SMS_GATEWAY_URL": "interface of the operator that sends text messages; empty: none are sent",
    "SMS_GATEWAY_TOKEN": "the token that goes with it",
    "TEST_DATABASE_SUFFIX": "added to the name of the test database",
}


@dataclass
class Environment:
    """Reads variables and collects what is missing or wrong until :meth:`check`."""

    faults: list[str] = field(default_factory=list)

    def text(self, name: str, default: str | None = None, *, min_length: int = 0) -> str:
        """Text of a variable (or of its ``NAME_FILE``); a fault when it is missing or too short."""
        if name not in KNOWN:
            raise KeyError(f"{name} is not listed in egov.settings.env.KNOWN")
        value = os.environ.get(name)
        path = os.environ.get(f"{name}_FILE")
        if value is None and path:
            try:
                value = Path(path).read_text(encoding="utf-8").strip()
            except OSError as error:
                self.faults.append(f"{name}_FILE: cannot read {path} ({error.strerror})")
                return default or ""
        if value is None:
            if default is None:
                self.faults.append(f"{name} is missing: {KNOWN[name]}")
                return ""
            return default
        if len(value) < min_length:
            self.faults.append(f"{name} is too short: {KNOWN[name]}")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """Yes or no; a fault for any other word."""
        word = self.text(name, "yes" if default else "no").lower()
        if word in TRUE_WORDS:
            return True
        if word not in FALSE_WORDS:
            self.faults.append(f"{name} must be yes or no, not {word!r}: {KNOWN[name]}")
        return False

    def words(self, name: str, default: str | None = None) -> list[str]:
        """Comma-separated words."""
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def check(self) -> None:
        """Fail with one message that lists every fault."""
        if self.faults:
            raise ImproperlyConfigured("The environment is not complete:\n  " + "\n  ".join(self.faults))


env = Environment()
