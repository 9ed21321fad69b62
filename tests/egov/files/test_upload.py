"""Uploads that are too large: stopped early, answered in words, over a real server and a real connection."""

import io
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from egov.files.upload import UploadMiddleware

GIGABYTE = 1024**3
PAGE = "lớn hơn mức cho phép"


def take(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.FILES["file"].size))


urlpatterns = [path("take/", take)]


@pytest.fixture
def site(settings: Any) -> Any:
    settings.ROOT_URLCONF = __name__
    settings.FILES_MAX_BYTES = 10_000
    settings.FILES_MAX_REQUEST_BYTES = 50_000
    settings.MIDDLEWARE = ["egov.files.upload.UploadMiddleware"]
    return settings


def send(size: int) -> Any:
    return Client().post("/take/", {"file": SimpleUploadedFile("a.pdf", b"x" * size)})


@pytest.mark.parametrize("size", [1, 9_999, 10_000])
def test_a_file_within_the_limit_arrives(site: Any, size: int) -> None:
    assert send(size).content == str(size).encode()


@pytest.mark.parametrize("size", [10_001, 40_000, 60_000])
def test_a_larger_file_is_refused_on_a_page_in_words(site: Any, size: int) -> None:
    response = send(size)
    assert response.status_code == 413
    assert PAGE in b"".join(response.streaming_content).decode()


def test_several_files_are_counted_each(site: Any) -> None:
    files = {"file": SimpleUploadedFile("a", b"x" * 9000), "other": SimpleUploadedFile("b", b"x" * 9000)}
    assert Client().post("/take/", files).content == b"9000"


def test_nothing_of_a_refused_upload_stays_on_the_disk(site: Any, tmp_path: Path) -> None:
    site.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    site.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    send(40_000)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_while_receiving_is_told_in_words(site: Any, small_disk: Path) -> None:
    site.FILES_MAX_BYTES = site.FILES_MAX_REQUEST_BYTES = 10_000_000
    site.FILE_UPLOAD_TEMP_DIR = str(small_disk)
    response = send(4_000_000)
    assert response.status_code == 507
    assert "hết chỗ" in b"".join(response.streaming_content).decode()
    assert list(small_disk.iterdir()) == []


@pytest.mark.parametrize("length", ["", "-1", "abc", "١٢٣", "9" * 5000])
def test_odd_lengths_do_not_break_the_check(site: Any, length: str) -> None:
    request = RequestFactory().generic("POST", "/take/", b"", content_type="text/plain")
    request.META["CONTENT_LENGTH"] = length
    response = UploadMiddleware(lambda _request: HttpResponse("passed"))(request)
    assert response.status_code == (413 if length.startswith("9") else 200)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[int]:
    """Gunicorn with the project's settings, serving the page that takes a file."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    settings_file = tmp_path / "upload_settings.py"
    settings_file.write_text(
        "from egov.settings.test import *\nROOT_URLCONF = 'tests.egov.files.upload_site'\n"
        "MIDDLEWARE = ['egov.files.upload.UploadMiddleware']\n"
    )
    command = [sys.executable, "-m", "gunicorn", "-k", "gthread", "--threads", "2", "-b", f"127.0.0.1:{port}"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "tests.egov.files.upload_site:application"],
            env={**os.environ, "PYTHONPATH": str(tmp_path), "DJANGO_SETTINGS_MODULE": "upload_settings"},
            stdout=log,
            stderr=log,
        )
        try:
            until = time.monotonic() + 20
            while not _listens(port):
                assert time.monotonic() < until, (tmp_path / "log").read_text()
                time.sleep(0.1)
            yield port
        finally:
            process.terminate()
            process.wait(10)


def test_a_gigabyte_is_stopped_early_and_the_sender_reads_why(server: int) -> None:
    """A sender that pushes on regardless, as browsers do, still gets the whole page."""
    with socket.create_connection(("127.0.0.1", server), timeout=20) as connection:
        sent = _push(connection, GIGABYTE)
        answer = _answer(connection)
    assert answer.startswith(b"HTTP/1.1 413")
    assert PAGE in answer.decode()
    assert answer.rstrip().endswith(b"</html>")
    assert sent < GIGABYTE / 4


def _push(connection: socket.socket, size: int) -> int:
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    connection.sendall(
        b"POST /take/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        + f"Content-Length: {size}\r\n\r\n".encode()
        + head
    )
    sent, block = 0, b"x" * 65536
    try:
        while sent < size:
            connection.sendall(block)
            sent += len(block)
    except (BrokenPipeError, ConnectionResetError):
        return sent  # the server has said enough
    return sent


def _answer(connection: socket.socket) -> bytes:
    out = io.BytesIO()
    try:
        while piece := connection.recv(65536):
            out.write(piece)
    except ConnectionResetError:
        pass  # what had arrived before stays readable
    return out.getvalue()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
