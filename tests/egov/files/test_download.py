"""Headers and pieces of a file that is handed out."""

import gc
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import RequestFactory

from egov.files.models import StoredFile
from egov.files.refusals import DamagedFile
from egov.files.store import put
from egov.files.views.download import file_response

CONTENT = bytes(range(256)) * 4000  # a little over a megabyte
NAME = "Chỉ thị số 07 “khẩn”.pdf"


@pytest.fixture
def stored(db: None, folder: Path) -> StoredFile:
    return put(CONTENT, media_type="application/pdf")


def get(stored: StoredFile, *, inline: bool = False, name: str = NAME, **headers: str) -> Any:
    response = file_response(RequestFactory().get("/", headers=headers), stored, name, inline=inline)
    if response.streaming:
        response.received = b"".join(response.streaming_content)
    response.close()
    return response


def body(response: Any) -> bytes:
    return response.received


def test_the_whole_file_with_its_vietnamese_name(stored: StoredFile) -> None:
    response = get(stored)
    assert response.status_code == 200
    assert body(response) == CONTENT
    assert response["Content-Length"] == str(len(CONTENT))
    kind, name = response["Content-Disposition"].split("; ")
    assert kind == "attachment"
    assert unquote(name.removeprefix("filename*=utf-8''")) == NAME


def test_headers_let_a_file_be_data_and_nothing_else(stored: StoredFile) -> None:
    response = get(stored)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"
    assert response["ETag"] == f'"{stored.sha256}"'


def test_a_pdf_may_be_shown_in_our_own_page_only(stored: StoredFile) -> None:
    response = get(stored, inline=True)
    assert response["Content-Disposition"].startswith("inline;")
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("media_type", ["text/html", "image/svg+xml", "application/xml"])
def test_what_a_browser_would_run_is_never_shown_in_the_page(db: None, folder: Path, media_type: str) -> None:
    response = get(put(b"<script>1</script>", media_type=media_type), inline=True)
    assert response["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_name_cannot_add_headers_or_folders(stored: StoredFile) -> None:
    disposition = get(stored, name='../x\r\nSet-Cookie: a=b"; filename=evil.exe')["Content-Disposition"]
    assert "\r" not in disposition
    assert "\n" not in disposition
    assert "/" not in disposition


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=-5", len(CONTENT) - 5, len(CONTENT)),
        ("bytes=1000000-", 1_000_000, len(CONTENT)),
        ("bytes=0-99999999", 0, len(CONTENT)),
        ("bytes=-99999999", 0, len(CONTENT)),
    ],
)
def test_a_range_gives_that_piece(stored: StoredFile, asked: str, start: int, stop: int) -> None:
    response = get(stored, Range=asked)
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {start}-{stop - 1}/{len(CONTENT)}"
    assert response["Content-Length"] == str(stop - start)
    assert body(response) == CONTENT[start:stop]


@pytest.mark.parametrize(
    "asked", ["bytes=", "bytes=-", "bytes=a-b", "bytes=0-1,5-6", "lines=0-1", "bytes=1-2-3"]
)
def test_a_range_that_is_none_gives_the_whole_file(stored: StoredFile, asked: str) -> None:
    response = get(stored, Range=asked)
    assert response.status_code == 200
    assert body(response) == CONTENT


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=5-2", "bytes=-0"])
def test_a_range_outside_the_file_is_told(stored: StoredFile, asked: str) -> None:
    response = get(stored, Range=asked)
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(CONTENT)}"


def test_a_range_of_another_version_gives_the_whole_file(stored: StoredFile) -> None:
    assert get(stored, Range="bytes=0-1", **{"If-Range": '"other"'}).status_code == 200


def test_a_browser_that_has_the_file_is_told_so(stored: StoredFile) -> None:
    response = get(stored, **{"If-None-Match": f'"{stored.sha256}"'})
    assert response.status_code == 304
    assert response["ETag"] == f'"{stored.sha256}"'


def test_a_file_that_is_gone_is_a_refusal_in_words(stored: StoredFile, folder: Path) -> None:
    next(path for path in folder.rglob(stored.sha256)).unlink()
    with pytest.raises(DamagedFile, match="quản trị hệ thống"):
        get(stored)


def test_a_response_that_nobody_reads_gives_the_file_back(stored: StoredFile) -> None:
    """As for HEAD: an unclosed file would be a warning, and warnings are errors."""
    file_response(RequestFactory().head("/"), stored, NAME, inline=False).close()
    gc.collect()
