"""Whether a receipt is what it says, and whether files are those that it lists. Nothing is kept of either."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from egov.files.inspect import inspect_pdf
from egov.files.refusals import FileTooLarge
from egov.files.store import measure
from egov.signing.system import is_of_system
from egov.signing.verification import Check, Status, Verification
from egov.signing.verify import verify
from portal.queries.filing_receipt import Listing, listing_of

MEGABYTE = 1024 * 1024
LARGEST_RECEIPT = 5 * MEGABYTE


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One of the files that were brought along."""

    name: str
    size: int
    sha256: str
    # Its place in the list of the receipt, from 1; None: it is not in it.
    place: int | None


@dataclass(frozen=True, slots=True)
class ReceiptCheck:
    """What was found, each question on its own line (rule 35 of documents)."""

    sentences: tuple[str, ...]
    checks: tuple[Check, ...]
    status: Status
    # Signed with the key of this very system.
    is_ours: bool
    listing: Listing | None
    files: tuple[CheckedFile, ...]
    # How many files of the list nobody brought along.
    not_brought: int

    @property
    def holds(self) -> bool:
        """A receipt of this system whose signature is valid."""
        return self.status == Status.VALID and self.is_ours and self.listing is not None

    @property
    def verdict(self) -> str:
        """The whole in one sentence."""
        if self.status == Status.INVALID or not self.sentences:
            return _("Giấy xác nhận KHÔNG hợp lệ.")
        if not self.is_ours or self.listing is None:
            return _("Đây không phải giấy xác nhận do Cổng thông tin điện tử tỉnh Thái Bình cấp.")
        if self.status != Status.VALID:
            return _("Chưa xác định được giá trị của giấy xác nhận này.")
        return _("Giấy xác nhận hợp lệ: do hệ thống của tỉnh Thái Bình ký, không bị thay đổi từ khi ký.")


def check_receipt(
    pdf: IO[bytes], name: str, files: Iterable[tuple[str, IO[bytes]]], *, at: datetime
) -> ReceiptCheck:
    """Look into the PDF as into any file that comes from outside, check its signature, compare the files.

    Raises FileRefused, FileTooLarge in words.
    """
    if pdf.seek(0, 2) > LARGEST_RECEIPT:
        raise FileTooLarge(
            _("Giấy xác nhận lớn hơn %(limit)s nên không phải do hệ thống cấp.")
            % {"limit": filesizeformat(LARGEST_RECEIPT)}
        )
    inspect_pdf(pdf, name)
    pdf.seek(0)
    content = pdf.read()
    found = verify(content, at=at, attachment=True)
    is_ours = _is_ours(found)
    listing = listing_of(content) if is_ours else None
    measured = [(file_name, *measure(stream)) for file_name, stream in files]
    hashes = listing.hashes if listing else ()
    return ReceiptCheck(
        sentences=tuple(one.sentence for one in found.signatures)
        or tuple(one.sentence for one in found.checks if one.status == Status.INVALID),
        checks=tuple(check for one in found.signatures for check in one.checks),
        status=found.status,
        is_ours=is_ours,
        listing=listing,
        files=tuple(
            CheckedFile(file_name, size, sha256, hashes.index(sha256) + 1 if sha256 in hashes else None)
            for file_name, sha256, size in measured
        ),
        not_brought=len(set(hashes) - {sha256 for _name, sha256, _size in measured}),
    )


def _is_ours(found: Verification) -> bool:
    """One signature, of the system's own key, over bytes that are as they were signed: only then is what the
    paper lists believed."""
    if len(found.signatures) != 1:
        return False
    (signature,) = found.signatures
    return signature.status != Status.INVALID and signature.intact and is_of_system(signature.fingerprint)
