"""Keeps who denounces out of every text that is not sealed: what says a sealed name or number is refused.

To be told that a text names the one is to learn who it is. So each such refusal is counted, for each person
and letter, where no rollback forgets it; after a few, nothing more can be written about the letter by that
person, and whoever would try a list of colleagues has reached the end of it long before.
"""

import structlog
from django.utils.translation import gettext as _

from complaints.enums import MatterKind
from complaints.models import Letter
from complaints.queries.sealed import speaks_of_sealed
from egov.organizations.actor import Actor
from egov.signing.models import PinCounter
from egov.signing.pin_guard import PinGuard
from egov.workflow.refusal import Refusal

MOST_SLIPS = 3
log = structlog.get_logger(__name__)


class NamesDenouncer(Refusal):
    """The words say a name or number that lies in the letter's seal, or the person has tried too often."""


def require_unnamed(actor: Actor, letter: Letter, *texts: str) -> None:
    """Raises NamesDenouncer where one of the texts names somebody who is sealed in the letter."""
    if not letter.is_protected:
        return
    slips = f"named {letter.pk} {actor.user.pk}"
    if PinCounter.objects.filter(fingerprint=slips, locked_at__isnull=False).exists():
        raise NamesDenouncer(
            _("Bạn đã nhiều lần ghi danh tính đang niêm phong của đơn này nên không ghi thêm được nữa.")
        )
    if not speaks_of_sealed(letter, "\n".join(texts)):
        return
    with PinGuard(slips, limit=MOST_SLIPS) as guard:
        guard.wrong()
    log.warning("sealed_name_written", letter=letter.code, membership=actor.membership.pk)
    raise NamesDenouncer(
        _("Nội dung có ghi danh tính đang niêm phong. Hãy dùng mã đơn, không ghi họ tên, số định danh.")
    )


def require_contents_unnamed(letter: Letter) -> None:
    """The same of what was typed together with the names, by who typed both. Raises NamesDenouncer."""
    for matter in letter.matters.exclude(kind=MatterKind.INFORMATION):
        if speaks_of_sealed(letter, f"{matter.summary}\n{matter.request}\n{matter.subject}"):
            raise NamesDenouncer(
                _(
                    "Nội dung, yêu cầu hoặc đối tượng có ghi họ tên, số định danh hoặc điện thoại của người "
                    "tố cáo. Hãy bỏ khỏi phần này: danh tính chỉ ghi ở phần người gửi, được niêm phong."
                )
            )
