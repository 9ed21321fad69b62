"""Stops an upload that is too large while it is still coming in, and says so on a page.

The first handler of Django's chain counts; the two after it (memory for small files, a temporary file for
large ones) store. :class:`UploadMiddleware` answers a request that announces too much before a byte of it
is read.
"""

import errno
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from egov.files.refusals import FileTooLarge, StoreFull

# After the answer the rest is read for a moment: a server that hangs up on a browser still sending makes it
# show "connection reset" instead of the answer.
LINGER_BYTES = 64 * 1024 * 1024
LINGER_SECONDS = 3.0
CHUNK = 256 * 1024
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class BoundedUploadHandler(FileUploadHandler):
    """Lets the bytes pass to the handlers after it until one file has too many of them."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002  (Django's signature)
        self.received += len(raw_data)
        if self.received > settings.FILES_MAX_BYTES:
            raise too_large()
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
            try:
                request.POST  # noqa: B018  (reading it is the point: Django parses the upload here)
            except FileTooLarge as refusal:
                return _refused(request, refusal)
            except OSError as error:
                if error.errno not in FULL:
                    raise
                return _refused(request, StoreFull(_("Máy chủ hết chỗ nhận tệp. Hãy báo quản trị hệ thống.")))
        return self.get_response(request)


def announced_length(request: HttpRequest) -> int:
    """Content-Length; 0 when there is none or it is no number (Django then reads nothing)."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdigit() else 0


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
