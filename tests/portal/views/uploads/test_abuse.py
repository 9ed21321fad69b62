"""Uploads abused and interrupted: hostile files, other people, killed processes, full disks."""

import hashlib
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from portal.actions.partial_file import begin_partial, held_partial, path_of
from portal.actions.sweep_filings import sweep_uploads
from portal.models import CitizenSession, Draft, Upload
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.citizens import CitizenFactory, signed_in_citizen
from tests.factories.filing import parts_left
from tests.portal.views.uploads.tus import TUS, create, head, patch


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
    upload = Upload(name="x.pdf", size=1)
    begin_partial(upload)
    assert settings.UPLOADS_DIR.stat().st_mode & 0o077 == 0
    assert path_of(upload).stat().st_mode & 0o077 == 0
