"""Row 8: checking the two signatures of a sealed document, against raw pyHanko with the same trust at
hand."""

import asyncio
from datetime import datetime
from io import BytesIO

from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from bench.cast import Cast
from bench.table import Line, at_least, timed
from documents.actions.paper import read_paper
from egov.signing.models import Authority, RevocationList
from egov.signing.verify import verify

COUNTS = (1, 10, 100)


def lines(cast: Cast) -> list[Line]:
    """Whole documents a second: a personal and an agency signature each."""
    paper = read_paper(cast.sealed(cast.others[:1]))
    at = timezone.now()
    assert verify(paper, at=at).is_valid
    return [_compare(paper, at, count) for count in COUNTS]


def _compare(paper: bytes, at: datetime, count: int) -> Line:
    ours = timed(lambda: [verify(paper, at=at) for _ in range(count)])
    raw = timed(lambda: [_raw(paper, at) for _ in range(count)])
    return at_least(8, f"Checking {count} documents of two signatures", ours, raw, 0.8, count=count)


def _raw(paper: bytes, at: datetime) -> None:
    authorities = list(Authority.objects.all())
    context = ValidationContext(
        trust_roots=[_parsed(one.der) for one in authorities if one.is_root],
        other_certs=[_parsed(one.der) for one in authorities if not one.is_root],
        crls=[bytes(held.der) for held in RevocationList.objects.all()],
        moment=at,
        revocation_mode="hard-fail",
    )
    reader = PdfFileReader(BytesIO(paper))

    async def all_of_them() -> None:
        for signature in reader.embedded_signatures:
            status = await async_validate_pdf_signature(signature, context)
            assert status.bottom_line

    asyncio.run(all_of_them())


def _parsed(der: bytes) -> object:
    from asn1crypto import x509  # noqa: PLC0415

    return x509.Certificate.load(bytes(der))
