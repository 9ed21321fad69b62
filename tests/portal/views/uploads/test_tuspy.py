"""Resumable uploads with ``tuspy``, a client that knows nothing of us but the protocol."""

import hashlib
from io import BytesIO

import pytest
import requests
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError, TusUploadFailed

from portal.models import Citizen, CitizenSession, Draft, Upload
from tests.factories.citizens import signed_in_citizen
from tests.factories.filing import parts_left
from tests.portal.views.uploads.tus import first_paper


class TestWithAnotherClient:
    """``tuspy`` knows nothing of us but the protocol."""

    def tus_client(self, live_server, em: Citizen) -> TusClient:
        browser = signed_in_citizen(Client(), em)
        cookie = browser.cookies[settings.CITIZEN_COOKIE_NAME].value
        session = requests.Session()
        session.cookies.set(settings.CITIZEN_COOKIE_NAME, cookie)
        page = session.get(f"{live_server.url}{reverse('portal:receipt_check')}")
        token = session.cookies[settings.CSRF_COOKIE_NAME]
        assert page.ok
        return TusClient(
            f"{live_server.url}{reverse('portal:upload_create')}",
            headers={
                "Cookie": f"{settings.CITIZEN_COOKIE_NAME}={cookie}; {settings.CSRF_COOKIE_NAME}={token}",
                "X-CSRFToken": token,
            },
        )

    def metadata(self, draft: Draft) -> dict[str, str]:
        return {"draft": str(draft.pk), "paper": first_paper(), "filename": "to-khai.pdf"}

    @pytest.mark.django_db(transaction=True)
    def test_it_uploads_resumes_and_checks(self, live_server, em, draft, pdf, uploads_folder):
        client = self.tus_client(live_server, em)
        first = client.uploader(
            file_stream=BytesIO(pdf), chunk_size=4096, metadata=self.metadata(draft), upload_checksum=True
        )
        first.upload_chunk()
        assert Upload.objects.get().received == 4096
        # Another device, another day: it knows the address alone.
        again = client.uploader(
            file_stream=BytesIO(pdf), chunk_size=4096, url=first.url, upload_checksum=True
        )
        assert again.offset == 4096
        again.upload()
        assert Upload.objects.get().file.sha256 == hashlib.sha256(pdf).hexdigest()
        assert list(parts_left(uploads_folder)) == []

    @pytest.mark.django_db(transaction=True)
    def test_it_is_told_of_a_refusal(self, live_server, em, draft):
        client = self.tus_client(live_server, em)
        with pytest.raises(TusCommunicationError, match="413"):
            client.uploader(
                file_stream=Oversized(settings.FILES_MAX_BYTES + 1), metadata=self.metadata(draft)
            ).upload()
        hostile = client.uploader(file_stream=BytesIO(b"MZ" * 3000), metadata=self.metadata(draft))
        with pytest.raises(TusUploadFailed):
            hostile.upload()
        assert "không phải tệp PDF" in Upload.objects.get().refusal

    @pytest.mark.django_db(transaction=True)
    def test_without_a_sign_in_it_gets_nowhere(self, live_server, em, draft, pdf):
        client = self.tus_client(live_server, em)
        CitizenSession.objects.all().delete()
        with pytest.raises(TusCommunicationError, match="401"):
            client.uploader(file_stream=BytesIO(pdf), metadata=self.metadata(draft)).upload()


class Oversized(BytesIO):
    """A stream that is as long as it says, without the bytes."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.length = size

    def seek(self, offset: int, whence: int = 0) -> int:
        return self.length if whence == 2 else super().seek(offset, whence)

    def tell(self) -> int:
        return self.length
