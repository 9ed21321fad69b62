"""Row 6: PAdES B-B signatures a second on one core, against raw pyHanko with the key kept and room
reserved."""

import asyncio
from datetime import datetime
from io import BytesIO

from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from bench.cast import PIN, Cast
from bench.table import Line, at_least, timed
from documents.actions.paper import read_paper
from egov.signing.appearance import personal_look
from egov.signing.form import PERSONAL_FIELD
from egov.signing.models import Certificate
from egov.signing.providers.interface import OpenKey
from egov.signing.providers.software import SoftwareProvider
from egov.signing.sign import KeptKeySigner, _room, _size, sign_personal

COUNTS = (1, 10, 100)
WORDS = {"name": "Trần Văn Bình", "position": "Chủ tịch", "agency": "Ủy ban nhân dân tỉnh Thái Bình"}


def lines(cast: Cast) -> list[Line]:
    """One key open for the whole ceremony; 1, 10 and 100 documents show the slope."""
    paper = read_paper(cast.prepared())
    certificate = Certificate.objects.get(user=cast.leader.user, is_active=True)
    at = timezone.now()
    with SoftwareProvider().open(certificate, PIN, at=at) as key:
        return [_compare(paper, key, at, count) for count in COUNTS]


def _compare(paper: bytes, key: OpenKey, at: datetime, count: int) -> Line:
    ours = timed(lambda: [sign_personal(paper, key, at=at, **WORDS) for _ in range(count)])
    raw = timed(lambda: [_raw(paper, key, at) for _ in range(count)])
    return at_least(6, f"Signing {count} documents, RSA-2048, B-B, visible", ours, raw, 0.9, count=count)


def _raw(paper: bytes, key: OpenKey, at: datetime) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(paper))
    width, height = _size(writer, PERSONAL_FIELD)
    signer = PdfSigner(
        PdfSignatureMetadata(
            field_name=PERSONAL_FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.FILL_FORMS,
        ),
        KeptKeySigner(key),
        stamp_style=personal_look(width, height, at=at, **WORDS),
    )
    output = BytesIO()
    asyncio.run(
        signer.async_sign_pdf(
            writer, output=output, existing_fields_only=True, bytes_reserved=_room(key, timestamped=False)
        )
    )
    return output.getvalue()
