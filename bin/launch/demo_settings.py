"""What the demo's processes find in their environment: addresses, and secrets made for this checkout only."""

import json
import os
import secrets
import socket
from pathlib import Path

from launch.places import LOGS, VAR
from launch.steps import Refusal

FIRST_WEB_PORT = 8000
FIRST_PKI_PORT = 8600
FIRST_IDENTITY_PORT = 8700
PORTS_TRIED = 100
SECRETS = ("SECRET_KEY", "SIGNING_PEPPER", "SIGNING_SYSTEM_PIN")
PKI_PORT_FILE = VAR / "pki.port"


def environment(*, pki_port: int) -> dict[str, str]:
    """The environment of every process of the demo; what the person has set stays as it is."""
    own = {
        "DJANGO_SETTINGS_MODULE": "egov.settings.dev",
        "PYTHONUNBUFFERED": "1",
        "VAR_DIR": str(VAR),
        "SIGNING_PKI_DIR": str(VAR / "pki"),
        "SIGNING_TIMESTAMP_URL": f"http://127.0.0.1:{pki_port}/tsa",
        "SIGNING_CRL_URL": f"http://127.0.0.1:{pki_port}/crl",
    }
    for name in SECRETS:
        if name not in os.environ:
            own[f"{name}_FILE"] = str(_secret(name))
    return own | dict(os.environ)


def identity_provider() -> dict[str, str]:
    """Where citizens of the demo sign in; nothing when the person has named a provider of their own."""
    if "EID_ISSUER" in os.environ:
        return {}
    return {
        "EID_ISSUER": f"http://127.0.0.1:{_first_free(FIRST_IDENTITY_PORT)}",
        "EID_CLIENT_ID": "demo",
        "EID_CLIENT_SECRET_FILE": str(_secret("EID_CLIENT_SECRET")),
    }


def web_port(wanted: int | None) -> int:
    """The port for the pages: the wanted one or none, else the first free one from 8000."""
    if wanted is None:
        return _first_free(FIRST_WEB_PORT)
    if not _is_free(wanted):
        raise Refusal(f"Port {wanted} is taken by another program: stop it, or leave out --port.")
    return wanted


def pki_port() -> int:
    """The port of the demo's certificate authority: always the same, since the certificates name it."""
    port = known_pki_port()
    if not _is_free(port):
        raise Refusal(
            f"Port {port}, which the demo's certificates name, is taken by another program: "
            "stop that program, or start afresh with bin/demo --reset."
        )
    return port


def known_pki_port() -> int:
    """The port of the demo's certificate authority, whether it runs or not."""
    if not PKI_PORT_FILE.exists():
        PKI_PORT_FILE.write_text(str(_first_free(FIRST_PKI_PORT)))
    return int(PKI_PORT_FILE.read_text())


def note_address(lock: Path, address: str) -> None:
    """Tell a second demo where this one is."""
    lock.write_text(json.dumps({"pid": os.getpid(), "address": address}))


def noted_address(lock: Path) -> str:
    """Where the running demo is, in words."""
    try:
        note = json.loads(lock.read_text())
    except (OSError, ValueError):
        return "and is still starting"
    return f"at {note['address']} (process {note['pid']})"


def log_of(name: str) -> Path:
    """The log of a process of the demo."""
    return LOGS / f"{name}.log"


def _secret(name: str) -> Path:
    """A file with a secret that only its owner can read, made at the first run."""
    path = VAR / "secrets" / name.lower()
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        new = path.with_suffix(".new")
        new.unlink(missing_ok=True)
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(64))
        new.rename(path)
    return path


def _first_free(first: int) -> int:
    for port in range(first, first + PORTS_TRIED):
        if _is_free(port):
            return port
    raise Refusal(f"No free port from {first} to {first + PORTS_TRIED - 1}: name one with --port.")


def _is_free(port: int) -> bool:
    """Whether the port is free on loopback; one that listens on every address also counts as taken."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
