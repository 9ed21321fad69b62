"""Resumable uploads by the tus protocol 1.0: as it is written, with a client that is not ours, and abused."""

import base64
import hashlib
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from egov.files.models import StoredFile
from egov.organizations.models import Agency
from onestop.models import ProcedureVersion
from portal.actions.partial_file import held_partial, path_of
from portal.actions.sweep_filings import sweep_uploads
from portal.models import Citizen, CitizenSession, Draft, Upload
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.citizens import CitizenFactory, signed_in_citizen
from tests.factories.documents import pdf_of
from tests.factories.filing import begun, parts_left
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import ProcedureVersionFactory

TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"


@pytest.fixture
def em(db: None) -> Citizen:
    return CitizenFactory(name="Vũ Thị Em")


@pytest.fixture
def version(db: None) -> ProcedureVersion:
    return ProcedureVersionFactory()


@pytest.fixture
def commune(db: None) -> Agency:
    return AgencyFactory(name="Ủy ban nhân dân xã Thụy Xuân")


@pytest.fixture
def draft(em: Citizen, version: ProcedureVersion, commune: Agency) -> Draft:
    return begun(em, version)


@pytest.fixture
def browser(client: Client, em: Citizen) -> Client:
    return signed_in_citizen(client, em)


def paper_of(draft: Draft) -> str:
    return str(ProcedureVersion.objects.get().cases.get().requirements.first().pk)


def told(draft: Draft, **changes: str) -> str:
    words = {"draft": str(draft.pk), "paper": paper_of(draft), "filename": "tờ khai.pdf", **changes}
    return ",".join(f"{name} {base64.b64encode(text.encode()).decode()}" for name, text in words.items())


def create(browser: Client, draft: Draft, size: object, **changes: str):
    headers = {**TUS, "Upload-Length": str(size), "Upload-Metadata": told(draft, **changes)}
    return browser.post(reverse("portal:upload_create"), headers=headers)


def patch(browser: Client, address: str, offset: object, body: bytes, **headers: str):
    return browser.patch(
        address, body, content_type=PIECE, headers={**TUS, "Upload-Offset": str(offset), **headers}
    )


def head(browser: Client, address: str):
    return browser.head(address, headers=TUS)


def checksum(body: bytes, algorithm: str = "sha256") -> str:
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, body).digest()).decode()}"


@pytest.fixture
def pdf() -> bytes:
    return pdf_of("Tờ khai đăng ký khai sinh").read()


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
class TestProtocol:
    """What the protocol promises a client."""

    def test_capabilities_are_told_without_a_version(self, client):
        answer = client.options(reverse("portal:upload_create"))
        assert answer.status_code == 204
        assert answer["Tus-Version"] == "1.0.0"
        assert set(answer["Tus-Extension"].split(",")) == {
            "creation",
            "checksum",
            "termination",
            "expiration",
        }
        assert answer["Tus-Max-Size"] == str(settings.FILES_MAX_BYTES)

    def test_another_version_is_a_failed_precondition(self, browser, draft):
        answer = browser.post(reverse("portal:upload_create"), headers={"Tus-Resumable": "0.2.2"})
        assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")

    def test_piece_by_piece_and_bound_to_its_hash(self, browser, draft, pdf, uploads_folder):
        answer = create(browser, draft, len(pdf), sha256=hashlib.sha256(pdf).hexdigest())
        address = answer["Location"]
        assert answer.status_code == 201
        assert "GMT" in answer["Upload-Expires"]
        assert patch(browser, address, 0, pdf[:1000])["Upload-Offset"] == "1000"
        standing = head(browser, address)
        assert (standing["Upload-Offset"], standing["Upload-Length"]) == ("1000", str(len(pdf)))
        assert standing["Cache-Control"] == "no-store"
        assert not StoredFile.objects.exists()
        last = patch(browser, address, 1000, pdf[1000:])
        assert (last.status_code, last["Upload-Offset"]) == (204, str(len(pdf)))
        upload = draft.uploads.get()
        assert upload.file.sha256 == hashlib.sha256(pdf).hexdigest()
        assert (upload.name, upload.paper_name) == ("tờ khai.pdf", "Tờ khai đăng ký khai sinh")
        # What is whole is asked about once more by a client that lost the last answer.
        assert head(browser, address)["Upload-Offset"] == str(len(pdf))

    def test_a_piece_elsewhere_than_at_the_end_is_a_conflict(self, browser, draft, pdf):
        address = create(browser, draft, len(pdf))["Location"]
        patch(browser, address, 0, pdf[:1000])
        for offset in (0, 999, 1001):
            assert patch(browser, address, offset, pdf[1000:]).status_code == 409
        assert head(browser, address)["Upload-Offset"] == "1000"

    @pytest.mark.parametrize("algorithm", ["sha256", "sha1"])
    def test_a_piece_that_arrives_otherwise_than_sent_is_dropped(self, browser, draft, pdf, algorithm):
        address = create(browser, draft, len(pdf))["Location"]
        wrong = patch(browser, address, 0, pdf[:1000], **{"Upload-Checksum": checksum(pdf[:999], algorithm)})
        assert wrong.status_code == 460
        assert head(browser, address)["Upload-Offset"] == "0"
        right = patch(browser, address, 0, pdf[:1000], **{"Upload-Checksum": checksum(pdf[:1000], algorithm)})
        assert right["Upload-Offset"] == "1000"

    @pytest.mark.parametrize("words", ["md5 AAAA", "sha256", "sha256 %%%", "", "sha256 AA\u00e9"])
    def test_a_checksum_that_is_none_is_refused(self, browser, draft, pdf, words):
        address = create(browser, draft, len(pdf))["Location"]
        answer = patch(browser, address, 0, pdf, **{"Upload-Checksum": words})
        assert answer.status_code in {400, 460}
        assert head(browser, address)["Upload-Offset"] == "0"

    def test_termination_leaves_nothing(self, browser, draft, pdf, uploads_folder):
        address = create(browser, draft, len(pdf))["Location"]
        patch(browser, address, 0, pdf[:1000])
        with django_commits():
            assert browser.delete(address, headers=TUS).status_code == 204
        assert head(browser, address).status_code == 404
        assert list(parts_left(uploads_folder)) == []

    def test_a_proxy_without_patch_is_passed_by_the_override(self, browser, draft, pdf):
        address = create(browser, draft, len(pdf))["Location"]
        headers = {**TUS, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
        answer = browser.post(address, pdf[:10], content_type=PIECE, headers=headers)
        assert answer["Upload-Offset"] == "10"

    def test_a_body_of_another_type_is_not_taken(self, browser, draft, pdf):
        address = create(browser, draft, len(pdf))["Location"]
        answer = browser.patch(address, pdf, content_type="text/plain", headers={**TUS, "Upload-Offset": "0"})
        assert answer.status_code == 415


@contextmanager
def django_commits() -> Iterator[None]:
    """What waits for the commit happens at the end of the block, as in a test nothing is committed."""
    waiting = connection.run_on_commit[:]
    yield
    for _sids, function, _robust in connection.run_on_commit[len(waiting) :]:
        function()


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
class TestLimits:
    """Told before a byte is sent, and held while bytes come in."""

    @pytest.mark.parametrize("size", ["", "-1", "1.5", "x", "9" * 40, "١"])
    def test_a_length_that_is_none(self, browser, draft, size):
        assert create(browser, draft, size).status_code == 400

    def test_too_large_too_many_too_much(self, browser, draft, settings):
        too_large = create(browser, draft, settings.FILES_MAX_BYTES + 1)
        assert too_large.status_code == 413
        assert "lớn hơn mức cho phép" in too_large.content.decode()
        assert "Tệp rỗng" in create(browser, draft, 0).content.decode()
        settings.FILING_MAX_BYTES = 5000
        assert create(browser, draft, 4000).status_code == 201
        too_much = create(browser, draft, 2000)
        assert too_much.status_code == 413
        assert "còn nhận được 1000\xa0byte" in too_much.content.decode()
        settings.FILING_MAX_FILES = 1
        assert "tối đa 1 tệp" in create(browser, draft, 10).content.decode()

    def test_more_bytes_than_announced_are_cut(self, browser, draft, pdf):
        address = create(browser, draft, len(pdf))["Location"]
        patch(browser, address, 0, pdf + b"more")
        assert draft.uploads.get().file.sha256 == hashlib.sha256(pdf).hexdigest()

    def test_a_paper_that_is_not_asked_for(self, browser, draft):
        for paper in ("0", "authorisation", "x", ""):
            assert create(browser, draft, 10, paper=paper).status_code == 409

    @pytest.mark.parametrize("metadata", ["draft", "draft ====", "draft é", "draft gIA="])
    def test_metadata_that_is_none(self, browser, draft, metadata):
        headers = {**TUS, "Upload-Length": "10", "Upload-Metadata": metadata.encode().decode("latin-1")}
        assert browser.post(reverse("portal:upload_create"), headers=headers).status_code in {400, 404}

    def test_a_hostile_name_is_kept_as_a_plain_one(self, browser, draft):
        create(browser, draft, 10, filename="..\\..\\/etc/\u202epasswd.pdf")
        assert draft.uploads.get().name == "passwd.pdf"


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
class TestHostile:
    """The whole file is looked into as every file is; a refused one says why and loses nothing else."""

    def test_what_is_not_what_its_name_says(self, browser, draft, pdf, uploads_folder):
        good = create(browser, draft, len(pdf))["Location"]
        patch(browser, good, 0, pdf)
        body = b"MZ" + b"\0" * 2000
        address = create(browser, draft, len(body))["Location"]
        answer = patch(browser, address, 0, body)
        assert answer.status_code == 422
        assert "không phải tệp PDF" in answer.content.decode()
        assert head(browser, address).status_code == 410
        assert patch(browser, address, 0, body).status_code == 410
        assert draft.uploads.kept().count() == 1
        assert list(parts_left(uploads_folder)) == []
        page = browser.get(reverse("portal:draft_step", args=[draft.pk, "papers"])).content.decode()
        assert "không phải tệp PDF" in page

    def test_a_file_that_is_not_the_announced_one(self, browser, draft, pdf):
        address = create(browser, draft, len(pdf), sha256="0" * 64)["Location"]
        answer = patch(browser, address, 0, pdf)
        assert answer.status_code == 422
        assert "khác mã SHA-256" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
class TestWhose:
    """To everybody but its citizen an upload does not exist."""

    def test_another_citizens_draft_and_upload(self, browser, draft, pdf):
        address = create(browser, draft, len(pdf))["Location"]
        thief = signed_in_citizen(Client(), CitizenFactory())
        assert create(thief, draft, 10).status_code == 404
        assert head(thief, address).status_code == 404
        assert patch(thief, address, 0, pdf).status_code == 404
        assert thief.delete(address, headers=TUS).status_code == 404
        assert draft.uploads.get().received == 0

    def test_an_ended_sign_in_is_told_and_the_part_stays(self, browser, draft, pdf, em):
        address = create(browser, draft, len(pdf))["Location"]
        patch(browser, address, 0, pdf[:1000])
        CitizenSession.objects.all().delete()
        assert patch(browser, address, 1000, pdf[1000:]).status_code == 401
        signed_in_citizen(browser, em)
        assert patch(browser, address, 1000, pdf[1000:]).status_code == 204

    def test_a_form_of_another_site_sends_nothing(self, em, draft):
        strict = signed_in_citizen(Client(enforce_csrf_checks=True), em)
        assert create(strict, draft, 10).status_code == 403

    def test_what_is_filed_takes_no_more(self, browser, draft, pdf):
        address = create(browser, draft, len(pdf))["Location"]
        Draft.objects.update(submitted_at=NOW)
        assert create(browser, draft, 10).status_code == 403
        assert patch(browser, address, 0, pdf).status_code == 403


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
class TestFaults:
    """A killed process, a full disk, two writers, nobody who comes back."""

    def test_what_a_killed_process_wrote_beyond_the_row_is_cut_off(self, browser, draft, pdf):
        address = create(browser, draft, len(pdf))["Location"]
        patch(browser, address, 0, pdf[:1000])
        with path_of(draft.uploads.get()).open("ab") as part:
            part.write(b"half a piece")
        patch(browser, address, 1000, pdf[1000:])
        assert draft.uploads.get().file.sha256 == hashlib.sha256(pdf).hexdigest()

    def test_a_lost_part_is_told_and_only_that_file_begins_anew(self, browser, draft, pdf):
        address = create(browser, draft, len(pdf))["Location"]
        patch(browser, address, 0, pdf[:1000])
        path_of(draft.uploads.get()).unlink()
        answer = patch(browser, address, 1000, pdf[1000:])
        assert answer.status_code == 410
        assert "từ đầu" in answer.content.decode()

    def test_a_full_disk_is_told_and_what_had_come_stays(self, browser, draft, pdf):
        address = create(browser, draft, len(pdf))["Location"]
        patch(browser, address, 0, pdf[:1000])
        with largest_file(1500):
            answer = patch(browser, address, 1000, pdf[1000:])
        assert answer.status_code == 507
        assert "hết chỗ" in answer.content.decode()
        assert head(browser, address)["Upload-Offset"] == "1000"
        assert patch(browser, address, 1000, pdf[1000:]).status_code == 204
        assert draft.uploads.get().file.sha256 == hashlib.sha256(pdf).hexdigest()

    def test_two_writers_do_not_mix(self, browser, draft, pdf):
        address = create(browser, draft, len(pdf))["Location"]
        with held_partial(draft.uploads.get()):
            assert patch(browser, address, 0, pdf).status_code == 423
        assert patch(browser, address, 0, pdf).status_code == 204

    def test_parts_that_nobody_goes_on_with_are_swept(self, browser, draft, pdf, uploads_folder, clock):
        create(browser, draft, len(pdf))
        stray = uploads_folder / "ab.part"
        stray.write_bytes(b"x")
        assert sweep_uploads(NOW) == 0
        clock.shift(settings.UPLOAD_LASTS + timedelta(minutes=1))
        assert sweep_uploads(NOW + settings.UPLOAD_LASTS) == 1
        assert not Upload.objects.exists()


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """A disk on which no file can grow beyond that: the operating system itself says no."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_the_folder_of_parts_is_no_ones_but_the_services(tmp_path: Path, settings) -> None:
    """Parts may hold anybody's papers."""
    settings.UPLOADS_DIR = tmp_path / "parts"
    from portal.actions.partial_file import begin_partial

    upload = Upload(name="x.pdf", size=1)
    begin_partial(upload)
    assert settings.UPLOADS_DIR.stat().st_mode & 0o077 == 0
    assert path_of(upload).stat().st_mode & 0o077 == 0
