"""The demo's authority: made once, trusted, issues, revokes, publishes; time stamps over real HTTP."""

import stat
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from django.core.management import CommandError, call_command
from django.utils import timezone

from egov.signing.authority.demo import issue_certificate, revoke
from egov.signing.authority.hierarchy import DemoAuthority
from egov.signing.authority.server import make_server
from egov.signing.models import Authority, RevocationList
from egov.signing.providers.software import provider
from egov.signing.refusals import CertificateNotUsable
from egov.signing.revocation import ListNotUsable, keep_list, refresh_revocation
from egov.signing.sign import place_number_and_date, sign_personal, sign_seal
from egov.signing.verification import Question, Status
from egov.signing.verify import verify
from tests.egov.signing.pki import rsa_key
from tests.factories.accounts import UserFactory
from tests.factories.organizations import AgencyFactory

PIN = "246813"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.SIGNING_PKI_DIR = tmp_path / "pki"
    settings.SIGNING_ARGON2_MEMORY = 64
    settings.SIGNING_ARGON2_ROUNDS = 1
    numbers = iter(range(30, 60))
    monkeypatch.setattr("egov.signing.authority.hierarchy.new_key", lambda: rsa_key(next(numbers)))
    return tmp_path / "pki"


@pytest.fixture
def service(db: None, settings: object) -> Iterator[str]:
    """The trust service on a free port, as serve_demo_pki runs it."""
    server = make_server(DemoAuthority.here(), "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    settings.SIGNING_CRL_URL = f"{address}/crl"
    DemoAuthority.here().trust()
    try:
        yield address
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def finished(prepared: bytes, **people: object) -> bytes:
    """Signed, numbered and sealed with certificates of the demo's authority."""
    now = timezone.now()
    person = people.get("person") or issue_certificate(
        user=UserFactory(full_name="Trần Văn Bình"), pin=PIN, key=rsa_key(1)
    )
    agency = people.get("agency") or issue_certificate(
        agency=AgencyFactory(province=True), pin=PIN, key=rsa_key(2)
    )
    with provider.open(person, PIN, at=now) as key:
        pdf = sign_personal(prepared, key, at=now, name="Trần Văn Bình", position="Chủ tịch", agency="UBND")
    pdf = place_number_and_date(pdf, number_text="07/QĐ-UBND", date_text="ngày 15 tháng 9 năm 2025")
    with provider.open(agency, PIN, at=now) as key:
        return sign_seal(pdf, key, at=now, agency_name=agency.agency.name)


def test_keys_lie_closed_in_a_folder_that_only_the_service_reads(db: None, own_folder: Path) -> None:
    call_command("make_demo_pki")
    assert stat.S_IMODE(own_folder.stat().st_mode) == 0o700
    files = [path for path in own_folder.iterdir() if path.name != ".lock"]
    assert {path.name for path in files} >= {"root.key", "issuing.key", "tsa.key", "root.crl", "passphrase"}
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)
    assert b"ENCRYPTED PRIVATE KEY" in (own_folder / "root.key").read_bytes()


def test_made_again_nothing_changes(db: None, own_folder: Path) -> None:
    call_command("make_demo_pki")
    before = {path.name: path.read_bytes() for path in own_folder.iterdir()}
    call_command("make_demo_pki")
    assert {path.name: path.read_bytes() for path in own_folder.iterdir()} == before
    assert Authority.objects.count() == RevocationList.objects.count() == 2


def test_cast_signs_numbers_and_seals(db: None, prepared: bytes) -> None:
    call_command("make_demo_pki")
    found = verify(finished(prepared), at=timezone.now())
    assert found.status == Status.VALID, found.sentences
    assert found.personal is not None
    assert found.personal.signer == "Trần Văn Bình"
    assert found.agency is not None
    assert found.agency.agency_code


@pytest.mark.django_db(transaction=True)
def test_time_stamps_come_over_http_and_say_when(service: str, prepared: bytes, settings: object) -> None:
    settings.SIGNING_TIMESTAMP_URL = f"{service}/tsa"
    before = timezone.now().replace(microsecond=0)
    pdf = finished(prepared)
    # Checked a year later: the time stamp, not the day of the check, is the time of signing.
    found = verify(pdf, at=timezone.now() + timedelta(days=365))
    assert found.status == Status.VALID, found.sentences
    for signature in found.signatures:
        assert signature.has_timestamp
        assert before <= signature.signed_at <= timezone.now()


@pytest.mark.django_db(transaction=True)
@pytest.mark.rule("documents", 34)
def test_revocation_reaches_the_checker_through_the_published_list(service: str, prepared: bytes) -> None:
    person = issue_certificate(user=UserFactory(full_name="Trần Văn Bình"), pin=PIN, key=rsa_key(1))
    pdf = finished(prepared, person=person)
    at = timezone.now()
    DemoAuthority.here().revoke(int(person.serial, 16), at=at - timedelta(hours=1))
    assert verify(pdf, at=at).status == Status.VALID, "the list at hand does not know yet"
    assert [result.problem for result in refresh_revocation()] == ["", ""]
    found = verify(pdf, at=at)
    assert found.status == Status.INVALID
    assert "thu hồi" in found.signatures[0].sentence
    with pytest.raises(CertificateNotUsable), provider.open(person, PIN, at=at):
        pass


def test_revoke_is_known_at_once_here(db: None, prepared: bytes) -> None:
    call_command("make_demo_pki")
    person = issue_certificate(user=UserFactory(full_name="Trần Văn Bình"), pin=PIN, key=rsa_key(1))
    pdf = finished(prepared, person=person)
    revoke(person, at=timezone.now() + timedelta(minutes=1))
    found = verify(pdf, at=timezone.now())
    assert found.status == Status.VALID
    check = next(check for check in found.signatures[0].checks if check.question == Question.REVOCATION)
    assert check.reason == "revoked_later"
    revoke(person, at=timezone.now())
    assert len(DemoAuthority.here()._entries("issuing")) == 1


@pytest.mark.django_db(transaction=True)
def test_an_authority_that_does_not_answer_is_told_and_the_old_list_stays(
    service: str, settings: object
) -> None:
    Authority.objects.update(crl_url="http://127.0.0.1:9/none.crl")
    assert all(result.problem for result in refresh_revocation())
    assert RevocationList.objects.count() == 2
    with pytest.raises(CommandError, match="2 of 2"):
        call_command("refresh_revocation")


def test_a_list_of_someone_else_or_an_older_one_is_not_kept(db: None) -> None:
    call_command("make_demo_pki")
    authority = DemoAuthority.here()
    issuing = Authority.objects.get(is_root=False)
    with pytest.raises(ListNotUsable, match="not signed"):
        keep_list(issuing, authority.revocation_list("root"))
    with pytest.raises(ListNotUsable, match="cannot be read"):
        keep_list(issuing, b"<html>Not found</html>")
    old = authority.revocation_list("issuing")
    RevocationList.objects.filter(authority=issuing).update(this_update=timezone.now() + timedelta(hours=1))
    with pytest.raises(ListNotUsable, match="older"):
        keep_list(issuing, old)


@pytest.mark.django_db(transaction=True)
def test_the_service_answers_bad_requests_without_falling_over(service: str) -> None:
    assert requests.get(f"{service}/crl/../passphrase", timeout=5).status_code == 404
    assert requests.get(f"{service}/crl/tsa.crl", timeout=5).status_code == 404
    reply = requests.post(f"{service}/tsa", data=b"rubbish", timeout=5)
    assert reply.headers["Content-Type"] == "application/timestamp-reply"
    assert requests.post(f"{service}/tsa", data=b"x" * 100_000, timeout=5).status_code == 413
    assert requests.get(f"{service}/health", timeout=5).status_code == 200
