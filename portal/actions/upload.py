"""Files come into a draft: announced, sent piece by piece, inspected when whole, taken off again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from egov.files.filenames import clean_filename, extension_of
from egov.files.forget import forget_unused
from egov.files.inspect import MEDIA_TYPES, Inspected, inspect_attachment
from egov.files.refusals import FileRefused, FileTooLarge
from egov.files.store import measure, put
from egov.workflow.action import action
from egov.workflow.refusal import NotPermitted, Refusal
from portal import rules
from portal.actions.draft import touch
from portal.actions.partial_file import Checksum, append, begin_partial, drop_partial, held_partial
from portal.models import Citizen, Draft, Upload


class PaperNotAskedFor(Refusal):
    """The file is for a paper that this filing does not ask for."""


class WrongOffset(Refusal):
    """The piece does not begin where the last one ended; its sender asks again how far it has come."""


class UploadEnded(Refusal):
    """It was refused, taken off, or is whole: there is nothing to send any more."""

    status = 410


class UploadRefused(FileRefused):
    """The whole file was looked into and is not taken; the row keeps why."""


@dataclass(frozen=True, kw_only=True)
class Announced:
    """What somebody wants to send; ``sha256`` in hexadecimal where they know it."""

    paper: str
    name: str
    size: int
    sha256: str = ""


@action("portal.begin_upload", allowed=rules.may_write_draft)
def begin_upload(
    citizen: Citizen,  # noqa: ARG001
    draft: Draft,
    *,
    announced: Announced,
    papers: Mapping[str, str],
    at: datetime,
) -> Upload:
    """Make room for a file before its first byte is sent; ``papers`` are those that it may be for, by key.

    Raises FileRefused, FileTooLarge, PaperNotAskedFor, StoreFull.
    """
    name = clean_filename(announced.name)
    _require_acceptable(draft, paper=announced.paper, papers=papers, name=name, size=announced.size)
    upload = Upload.objects.create(
        draft=draft,
        paper=announced.paper,
        paper_name=papers[announced.paper],
        name=name,
        size=announced.size,
        announced_sha256=announced.sha256,
        begun_at=at,
        expires_at=at + settings.UPLOAD_LASTS,
    )
    begin_partial(upload)
    return upload


def send_bytes(
    citizen: Citizen,
    upload: Upload,
    *,
    offset: int,
    pieces: Iterator[bytes],
    checksum: Checksum | None = None,
    at: datetime,
) -> Upload:
    """Add a piece; the last one brings the inspection. No transaction is open while bytes come in slowly.

    Raises WrongOffset, UploadEnded, UploadBusy, ChecksumWrong, UploadRefused, StoreFull, StoreUnavailable;
    what had come before stays, but of a file that is refused.
    """
    with held_partial(upload) as file:
        upload = Upload.objects.select_related("draft").get(pk=upload.pk)
        verdict = rules.may_send_bytes(citizen, upload)
        if not verdict:
            raise NotPermitted(verdict.reason)
        if not upload.is_open:
            raise UploadEnded(_("Tệp này đã nhận xong hoặc đã bị từ chối."))
        if offset != upload.received:
            raise WrongOffset(_("Phần tệp vừa gửi không nối tiếp phần đã nhận."))
        received = append(file, pieces, offset=offset, most=upload.size - offset, checksum=checksum)
        if received < upload.size:
            upload.received, upload.expires_at = received, at + settings.UPLOAD_LASTS
            upload.save(update_fields=["received", "expires_at"])
            return upload
        upload = keep_upload(citizen, upload, file=file, at=at)
    drop_partial(upload)
    if upload.refusal:
        raise UploadRefused(upload.refusal)
    return upload


@action("portal.keep_upload", allowed=rules.may_send_bytes)
def keep_upload(citizen: Citizen, upload: Upload, *, file: IO[bytes], at: datetime) -> Upload:  # noqa: ARG001
    """Look into the whole file and keep it under its hash, or note why it is not taken.

    Raises StoreFull, StoreUnavailable: the last piece can then be sent again.
    """
    try:
        inspected = inspect_attachment(file, upload.name)
        _require_announced(upload, file)
    except FileRefused as refusal:
        upload.refusal = str(refusal)
        upload.save(update_fields=["refusal"])
        return upload
    _keep(upload, file, inspected, at)
    return upload


@action("portal.add_file", allowed=rules.may_write_draft)
def add_file(
    citizen: Citizen,  # noqa: ARG001
    draft: Draft,
    *,
    paper: str,
    papers: Mapping[str, str],
    file: IO[bytes],
    filename: str,
    at: datetime,
) -> Upload:
    """Take a file that came with a form, all at once; the same file for the same paper is kept once.

    Raises what ``begin_upload`` raises, and StoreUnavailable.
    """
    size = file.seek(0, 2)
    name = clean_filename(filename)
    _require_acceptable(draft, paper=paper, papers=papers, name=name, size=size)
    inspected = inspect_attachment(file, name)
    sha256, _size = measure(file)
    earlier = draft.uploads.kept().filter(paper=paper, file__sha256=sha256).first()
    if earlier is not None:
        return earlier
    upload = Upload(
        draft=draft,
        paper=paper,
        paper_name=papers[paper],
        name=name,
        size=size,
        begun_at=at,
        expires_at=at + settings.UPLOAD_LASTS,
    )
    _keep(upload, file, inspected, at)
    return upload


@action("portal.remove_upload", allowed=rules.may_send_bytes)
def remove_upload(citizen: Citizen, upload: Upload, *, at: datetime) -> None:  # noqa: ARG001
    """Take a file off, whole or not; its bytes go with it unless something else needs them."""
    Upload.objects.filter(pk=upload.pk).delete()
    touch(upload.draft, at)
    transaction.on_commit(lambda: drop_partial(upload))
    if upload.file is not None:
        forget_unused([upload.file])


def _require_acceptable(draft: Draft, *, paper: str, papers: Mapping[str, str], name: str, size: int) -> None:
    """What can be said before a byte is sent."""
    if paper not in papers:
        raise PaperNotAskedFor(_("Tệp “%(name)s” không thuộc giấy tờ nào của hồ sơ này.") % {"name": name})
    if extension_of(name) not in MEDIA_TYPES:
        raise FileRefused(
            _("“%(name)s” thuộc loại tệp không được nhận. Các loại được nhận: %(kinds)s.")
            % {"name": name, "kinds": ", ".join(kind.lstrip(".") for kind in MEDIA_TYPES)}
        )
    if size <= 0:
        raise FileRefused(_("Tệp rỗng."))
    if size > settings.FILES_MAX_BYTES:
        raise FileTooLarge(
            _("Tệp có %(size)s, lớn hơn mức cho phép là %(limit)s.")
            % {"size": filesizeformat(size), "limit": filesizeformat(settings.FILES_MAX_BYTES)}
        )
    there = draft.uploads.filter(refusal="")
    if there.count() >= settings.FILING_MAX_FILES:
        raise FileRefused(_("Mỗi hồ sơ có tối đa %(most)d tệp.") % {"most": settings.FILING_MAX_FILES})
    taken = there.aggregate(bytes=Sum("size", default=0))["bytes"]
    if taken + size > settings.FILING_MAX_BYTES:
        raise FileTooLarge(
            _("Các tệp của một hồ sơ có tối đa %(limit)s; hồ sơ này còn nhận được %(left)s.")
            % {
                "limit": filesizeformat(settings.FILING_MAX_BYTES),
                "left": filesizeformat(max(0, settings.FILING_MAX_BYTES - taken)),
            }
        )


def _require_announced(upload: Upload, file: IO[bytes]) -> None:
    if upload.announced_sha256 and measure(file)[0] != upload.announced_sha256:
        raise FileRefused(
            _("“%(name)s” nhận được không giống tệp đã chọn (khác mã SHA-256). Hãy tải lên lại.")
            % {"name": upload.name}
        )


def _keep(upload: Upload, file: IO[bytes], inspected: Inspected, at: datetime) -> None:
    upload.file = put(file, media_type=inspected.media_type)
    upload.received = upload.size
    upload.save()
    # Whoever sends files is at work on the draft.
    touch(upload.draft, at)
