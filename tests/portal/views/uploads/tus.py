"""The protocol as a client speaks it, request by request."""

import base64
import hashlib

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from onestop.models import ProcedureVersion
from portal.models import Draft

TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"


def first_paper() -> str:
    """The key of the first paper that the only procedure asks for."""
    return str(ProcedureVersion.objects.get().cases.get().requirements.first().pk)


def told(draft: Draft, **changes: str) -> str:
    """``Upload-Metadata`` of a file for the first paper."""
    words = {"draft": str(draft.pk), "paper": first_paper(), "filename": "tờ khai.pdf", **changes}
    return ",".join(f"{name} {base64.b64encode(text.encode()).decode()}" for name, text in words.items())


def create(browser: Client, draft: Draft, size: object, **changes: str) -> HttpResponse:
    headers = {**TUS, "Upload-Length": str(size), "Upload-Metadata": told(draft, **changes)}
    return browser.post(reverse("portal:upload_create"), headers=headers)


def patch(browser: Client, address: str, offset: object, body: bytes, **headers: str) -> HttpResponse:
    return browser.patch(
        address, body, content_type=PIECE, headers={**TUS, "Upload-Offset": str(offset), **headers}
    )


def head(browser: Client, address: str) -> HttpResponse:
    return browser.head(address, headers=TUS)


def checksum(body: bytes, algorithm: str = "sha256") -> str:
    """``Upload-Checksum`` of a piece."""
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, body).digest()).decode()}"
