"""Stops an upload that is too large while it is still coming in, and says so on a page.

The first handler of Django's chain counts; the two after it (memory for small files, a temporary file for
large ones) store. :class:`UploadMiddleware` answers a request that announces too much before a byte of it
is read.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from egov.files.refusals import FileTooLarge, StoreFull
from egov.files.store import FULL

# After the answer the rest is read for a moment: a server that hangs up on a browser still sending makes it
# show "connection reset" instead of the answer.
LINGER_BYTES = 64 * 1024 * 1024
LINGER_SECONDS = 3.0
CHUNK = 256 * 1024
MOST_DIGITS = 18  # more is too large whatever it says


class BoundedUploadHandler(FileUploadHandler):
    """Lets the bytes pass to the handlers after it until one file has too many of them."""

    exceeded = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the piece on. Past the limit Django closes what it has and reads no further."""
        if start + len(raw_data) > settings.FILES_MAX_BYTES:
            self.exceeded = True
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002
        """The handlers that store make the file."""
        return


def too_large() -> FileTooLarge:
    """The refusal with the limit in it."""
    return FileTooLarge(
        _("Tệp lớn hơn mức cho phép là %(limit)s mỗi tệp; chưa có gì được lưu. Hãy nén hoặc tách tệp.")
        % {"limit": filesizeformat(settings.FILES_MAX_BYTES)}
    )


class UploadMiddleware:
    """Reads uploads before the CSRF check would, so that every fault gets its page in words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if announced_length(request) > settings.FILES_MAX_REQUEST_BYTES:
            return _refused(request, too_large())
        if request.method == "POST" and request.content_type == "multipart/form-data":
            refusal = _read_upload(request)
            if refusal:
                return _refused(request, refusal)
        return self.get_response(request)


def _read_upload(request: HttpRequest) -> FileTooLarge | StoreFull | None:
    """Let Django parse the upload (it keeps the result); the refusal if it did not get to its end."""
    try:
        request.POST  # noqa: B018  (reading it is the point)
    except OSError as error:
        for handler in request.upload_handlers:
            with suppress(OSError):  # closing writes what is left, to a disk that is full
                handler.upload_interrupted()
        if error.errno not in FULL:
            raise
        return StoreFull(_("Máy chủ hết chỗ nhận tệp. Hãy báo quản trị hệ thống."))
    if any(getattr(handler, "exceeded", False) for handler in request.upload_handlers):
        return too_large()
    return None


def announced_length(request: HttpRequest) -> int:
    """Content-Length; 0 when there is none or it is no number (Django then reads nothing)."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text[:MOST_DIGITS]) if text.isascii() and text.isdigit() else 0


def _refused(request: HttpRequest, refusal: FileTooLarge | StoreFull) -> HttpResponseBase:
    page = render_to_string("files/upload_refused.html", {"sentence": str(refusal)}).encode()
    response = StreamingHttpResponse(_page_then_rest(request, page), status=refusal.status)
    response["Content-Type"] = "text/html; charset=utf-8"
    response["Content-Length"] = str(len(page))
    response["Cache-Control"] = "no-store"
    return response


def _page_then_rest(request: HttpRequest, page: bytes) -> Iterator[bytes]:
    yield page
    end, left = time.monotonic() + LINGER_SECONDS, LINGER_BYTES
    try:
        while left > 0 and time.monotonic() < end:
            piece = request.read(min(CHUNK, left))
            if not piece:
                return
            left -= len(piece)
    except OSError:
        return  # the browser has gone: it has its answer
