"""Roots that an administrator puts into a folder."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from django.core.management import CommandError, call_command

from egov.signing.models import Authority
from egov.signing.revocation import keep_list
from egov.signing.verification import Status
from egov.signing.verify import verify
from tests.egov.signing.conftest import signed_by
from tests.egov.signing.pki import NOW, Pki


def put(folder: Path, pki: Pki) -> None:
    for name, certificate in (("root.pem", pki.root), ("issuing.pem", pki.issuing)):
        (folder / name).write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def test_roots_are_trusted_and_others_only_known(
    db: None, clock: object, pki: Pki, tmp_path: Path, prepared: bytes
) -> None:
    put(tmp_path, pki)
    (tmp_path / "issuing.crl-url").write_text("http://127.0.0.1/issuing.crl\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("not a certificate", encoding="utf-8")
    for _again in range(2):
        call_command("load_trust", tmp_path, verbosity=0)
    root, issuing = Authority.objects.order_by("-is_root")
    assert (root.is_root, issuing.is_root) == (True, False)
    assert (root.crl_url, issuing.crl_url) == ("", "http://127.0.0.1/issuing.crl")
    for authority, der in zip((root, issuing), pki.lists(), strict=True):
        keep_list(authority, der)
    assert verify(signed_by(prepared, pki.person()), at=NOW).signatures[0].status == Status.VALID


def test_only_an_authority_is_taken(db: None, pki: Pki, tmp_path: Path) -> None:
    (tmp_path / "someone.der").write_bytes(pki.person().certificate_der)
    call_command("load_trust", tmp_path)
    assert not Authority.objects.exists()


def test_a_file_that_is_no_certificate_is_named(db: None, tmp_path: Path) -> None:
    (tmp_path / "broken.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nrubbish")
    with pytest.raises(CommandError, match=r"broken\.pem"):
        call_command("load_trust", tmp_path)
