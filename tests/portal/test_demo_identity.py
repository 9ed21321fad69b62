"""The demo's provider of identities: a process that serves at EID_ISSUER, and only on this machine."""

import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.support.processes import wait_until

ROOT = Path(__file__).resolve().parents[2]


def started(issuer: str, **variables: str) -> subprocess.Popen[str]:
    own = {"EID_ISSUER": issuer, "EID_CLIENT_ID": "demo", "EID_CLIENT_SECRET": "x" * 20} | variables
    return subprocess.Popen(
        [sys.executable, "manage.py", "serve_demo_identity"],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "egov.settings.test"} | own,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def answers(issuer: str) -> bool:
    try:
        with urllib.request.urlopen(f"{issuer}/.well-known/openid-configuration", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def test_it_serves_until_it_is_ended():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        issuer = f"http://127.0.0.1:{free.getsockname()[1]}"
    with started(issuer) as process:
        try:
            wait_until(lambda: answers(issuer), "the provider", 60)
        finally:
            process.terminate()
        _words, faults = process.communicate(timeout=30)
    assert (process.returncode, faults) == (0, "")


@pytest.mark.parametrize("issuer", ["http://id.example:8700", "http://127.0.0.1", ""])
def test_it_vouches_for_nobody_elsewhere(issuer: str):
    with started(issuer) as process:
        _words, faults = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "must name a port of this machine" in faults
