"""Resumable uploads: a server of the tus protocol 1.0 (https://tus.io), with creation, checksum, termination
and expiration; one file is for one paper of one draft (docs/decisions/0009).
"""

import base64
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import update_wrapper
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _

from egov.workflow.refusal import Refusal
from portal.actions.partial_file import CHECKSUMS, CHUNK, Checksum
from portal.actions.upload import Announced, begin_upload, remove_upload, send_bytes
from portal.middleware import signed_in
from portal.models import Citizen, Draft, Upload
from portal.views.draft_steps import prepare

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

VERSION = "1.0.0"
EXTENSIONS = "creation,checksum,termination,expiration"
PIECE = "application/offset+octet-stream"
LONGEST_NUMBER = 15
HASH = re.compile(r"[0-9a-f]{64}")


class ProtocolError(Refusal):
    """The client does not speak the protocol as it is written; the sentence is for whoever programs it."""

    status = 400


class SignInEnded(Refusal):
    """Nobody is signed in: the client waits until the person has signed in again, then goes on."""

    status = 401

    def __init__(self) -> None:
        super().__init__(_("Phiên đăng nhập đã hết. Hãy đăng nhập lại; phần tệp đã gửi vẫn còn."))


def tus(view: View[P]) -> View[P]:
    """What every answer of the protocol has; a refusal as a plain sentence, never a page."""

    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        _take_over_method(request)
        if request.method == "OPTIONS":
            response = _capabilities()
        elif request.headers.get("Tus-Resumable") != VERSION:
            response = HttpResponse(status=412, headers={"Tus-Version": VERSION})
        else:
            try:
                response = view(request, *args, **kwargs)
            except Http404:
                response = HttpResponse(status=404)
            except Refusal as refusal:
                response = HttpResponse(
                    str(refusal), status=refusal.status, content_type="text/plain; charset=utf-8"
                )
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    update_wrapper(answer, view)
    return login_not_required(answer)


@tus
def upload_create(request: HttpRequest) -> HttpResponse:
    """Announce a file: its length, its name, its paper and its draft, before any byte is sent."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "OPTIONS, POST"})
    citizen = _citizen(request)
    told = _metadata(request)
    if "Upload-Defer-Length" in request.headers:
        raise ProtocolError(_("Phải cho biết độ dài tệp ngay từ đầu."))
    draft = _draft(citizen, told.get("draft", ""))
    prepared = prepare(citizen, draft)
    if isinstance(prepared, Refusal):
        raise prepared
    sha256 = told.get("sha256", "").lower()
    if sha256 and not HASH.fullmatch(sha256):
        raise ProtocolError(_("Mã SHA-256 của tệp phải là 64 chữ số thập lục phân."))
    announced = Announced(
        paper=told.get("paper", ""),
        name=told.get("filename", ""),
        size=_number(request, "Upload-Length"),
        sha256=sha256,
    )
    upload = begin_upload(citizen, draft, announced=announced, papers=prepared.paper_names, at=timezone.now())
    address = request.build_absolute_uri(reverse("portal:upload", args=[upload.pk]))
    return _progress(upload, status=201, Location=address)


@tus
def upload(request: HttpRequest, upload_pk: UUID) -> HttpResponse:
    """Ask how far it has come (HEAD), go on (PATCH), or take it off (DELETE)."""
    citizen = _citizen(request)
    found = Upload.objects.visible_to(citizen).select_related("draft").filter(pk=upload_pk).first()
    if found is None:
        raise Http404
    if request.method == "HEAD":
        return _standing(found)
    if request.method == "PATCH":
        return _go_on(request, citizen, found)
    if request.method == "DELETE":
        remove_upload(citizen, found, at=timezone.now())
        return HttpResponse(status=204)
    return HttpResponse(status=405, headers={"Allow": "OPTIONS, HEAD, PATCH, DELETE"})


def _standing(found: Upload) -> HttpResponse:
    if found.refusal or (found.is_open and found.expires_at <= timezone.now()):
        return HttpResponse(status=410)
    return _progress(found, status=200, **{"Upload-Length": str(found.size)})


def _go_on(request: HttpRequest, citizen: Citizen, found: Upload) -> HttpResponse:
    if request.content_type != PIECE:
        return HttpResponse(status=415)
    sent = send_bytes(
        citizen,
        found,
        offset=_number(request, "Upload-Offset"),
        pieces=_pieces(request),
        checksum=_checksum(request),
        at=timezone.now(),
    )
    return _progress(sent, status=204)


def _progress(upload: Upload, *, status: int, **headers: str) -> HttpResponse:
    response = HttpResponse(status=status, headers=headers)
    response["Upload-Offset"] = str(upload.received)
    if upload.is_open:
        response["Upload-Expires"] = _http_date(upload.expires_at)
    return response


def _capabilities() -> HttpResponse:
    return HttpResponse(
        status=204,
        headers={
            "Tus-Version": VERSION,
            "Tus-Extension": EXTENSIONS,
            "Tus-Max-Size": str(settings.FILES_MAX_BYTES),
            "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
        },
    )


def _take_over_method(request: HttpRequest) -> None:
    """For clients and proxies that know neither PATCH nor DELETE, as the protocol asks."""
    other = request.headers.get("X-HTTP-Method-Override", "").upper()
    if request.method == "POST" and other in {"PATCH", "DELETE", "HEAD"}:
        request.method = other


def _citizen(request: HttpRequest) -> Citizen:
    citizen = signed_in(request)
    if citizen is None:
        raise SignInEnded
    return citizen


def _draft(citizen: Citizen, key: str) -> Draft:
    try:
        named = UUID(key)
    except ValueError as error:
        raise Http404 from error
    draft = Draft.objects.visible_to(citizen).filter(pk=named).first()
    if draft is None:
        raise Http404
    return draft


def _metadata(request: HttpRequest) -> dict[str, str]:
    """Pairs of a name and a text in base64, separated by commas."""
    told = {}
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        name, _space, text = pair.strip().partition(" ")
        try:
            told[name] = base64.b64decode(text, validate=True).decode()
        except ValueError as error:
            raise ProtocolError(_("Upload-Metadata không đúng dạng.")) from error
    return told


def _number(request: HttpRequest, header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit()) or len(text) > LONGEST_NUMBER:
        raise ProtocolError(_("%(header)s phải là một số không âm.") % {"header": header})
    return int(text)


def _checksum(request: HttpRequest) -> Checksum | None:
    told = request.headers.get("Upload-Checksum")
    if told is None:
        return None
    algorithm, _space, text = told.partition(" ")
    if algorithm in CHECKSUMS:
        try:
            return Checksum(algorithm, base64.b64decode(text, validate=True))
        except ValueError as error:
            raise ProtocolError(_("Upload-Checksum phải có mã băm dạng base64.")) from error
    raise ProtocolError(_("Upload-Checksum chỉ nhận %(kinds)s.") % {"kinds": ", ".join(CHECKSUMS)})


def _pieces(request: HttpRequest) -> Iterator[bytes]:
    """The body while it comes in; a line that breaks ends it, and what came before is kept."""
    while True:
        try:
            piece = request.read(CHUNK)
        except UnreadablePostError:
            return
        if not piece:
            return
        yield piece


def _http_date(moment: datetime) -> str:
    return http_date(moment.timestamp())
