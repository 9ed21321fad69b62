"""Resumable uploads by the tus protocol 1.0 as it is written, and the limits that are told before."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from egov.files.models import StoredFile
from tests.factories.filing import parts_left
from tests.portal.views.uploads.tus import PIECE, TUS, checksum, create, head, patch


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
