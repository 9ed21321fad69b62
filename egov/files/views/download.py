"""Sends a stored file to a browser. Whether the person may have it, the calling app asks before."""

import re
from collections.abc import Iterator
from typing import IO

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header, parse_etags

from egov.files.filenames import clean_filename
from egov.files.models.stored_file import StoredFile
from egov.files.store import open_stored

CHUNK = 256 * 1024
PDF = "application/pdf"
SHOWN_IN_PAGE = frozenset({PDF, "image/png", "image/jpeg"})
# One range, as PDF viewers ask for it; several at once get the whole file, which HTTP allows.
RANGE = re.compile(r"bytes=([0-9]*)-([0-9]*)")
# A file is data, never a page of ours. Browsers refuse to show a PDF in a sandbox, and a PDF cannot reach
# out of its viewer; it may only be framed by our own pages.
POLICY = "default-src 'none'; frame-ancestors 'self'; sandbox"
POLICY_OF_PDF = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


def file_response(
    request: HttpRequest, stored: StoredFile, filename: str, *, inline: bool
) -> HttpResponseBase:
    """The file with its own name, for showing in the page (``inline``: PDF and pictures only) or for keeping.

    Understands ``If-None-Match`` and a single ``Range``. Raises :class:`~egov.files.refusals.DamagedFile`.
    """
    etag = f'"{stored.sha256}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _with_headers(HttpResponseNotModified(), stored, filename, inline=inline)
    wanted = _range(request, stored, etag)
    if wanted is not None and wanted.start >= wanted.stop:
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{stored.size}"
        return response
    part = wanted if wanted is not None else range(stored.size)
    response = StreamingHttpResponse(
        _Pieces(open_stored(stored), part), status=200 if wanted is None else 206
    )
    response["Content-Length"] = str(len(part))
    if wanted is not None:
        response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{stored.size}"
    return _with_headers(response, stored, filename, inline=inline)


def _with_headers(
    response: HttpResponseBase, stored: StoredFile, filename: str, *, inline: bool
) -> HttpResponseBase:
    shown = inline and stored.media_type in SHOWN_IN_PAGE
    response["Content-Type"] = stored.media_type
    # filename* in UTF-8 (RFC 6266, RFC 5987) carries the Vietnamese name.
    response["Content-Disposition"] = (
        content_disposition_header(not shown, clean_filename(filename)) or "attachment"
    )
    response["ETag"] = f'"{stored.sha256}"'
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY_OF_PDF if shown and stored.media_type == PDF else POLICY
    response["X-Frame-Options"] = (
        "SAMEORIGIN"  # our page shows the paper in a frame; no page is framed itself
    )
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def _range(request: HttpRequest, stored: StoredFile, etag: str) -> range | None:
    """Bytes asked for: ``None`` for all of them, an empty range when they lie outside the file."""
    match = RANGE.fullmatch(request.headers.get("Range", ""))
    if not match or match[0] == "bytes=-" or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = match[1], match[2]
    if not first:
        return range(max(stored.size - int(last), 0), stored.size)
    stop = min(int(last) + 1, stored.size) if last else stored.size
    return range(int(first), stop)


class _Pieces:
    """Part of a stream, piece by piece; closed with the response, also when nobody read it (HEAD)."""

    def __init__(self, stream: IO[bytes], part: range) -> None:
        self._stream, self._left = stream, len(part)
        stream.seek(part.start)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._left <= 0:
            raise StopIteration
        piece = self._stream.read(min(CHUNK, self._left))
        if not piece:
            raise OSError("the stored file ended early")
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        """Give the file back."""
        self._stream.close()
