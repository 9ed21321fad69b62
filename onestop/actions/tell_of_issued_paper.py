"""A result asked for as an official paper has been issued: whoever has the dossier in hand is told."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from documents.public import PaperRef, issued_papers
from egov.notifications.send import Message, tell_members
from egov.organizations.models import Membership
from onestop.enums import StepState
from onestop.models import Dossier, RequestedPaper, Step

ISSUED = "onestop.paper_issued"


def tell_of_issued_paper(document_id: int, at: datetime) -> None:
    """Tell the officers who hold the dossier, and who asked for the paper; nobody for any other paper.

    Runs inside the documents' own action, so the message is there when the issue is.
    """
    requested = (
        RequestedPaper.objects.filter(document_id=document_id, result=None)
        .select_related("dossier", "requested_by")
        .first()
    )
    if requested is None:
        return
    ref = PaperRef(document_id)
    paper = issued_papers([ref])[ref]
    dossier = requested.dossier
    with override("vi"):
        text = _(
            "Văn bản “%(name)s” số %(notation)s đã phát hành lúc %(at)s. "
            "Hãy lấy làm kết quả của hồ sơ %(code)s."
        ) % {
            "name": requested.name,
            "notation": paper.notation,
            "at": f"{timezone.localtime(at):%H:%M %d/%m/%Y}",
            "code": dossier,
        }
    message = Message(event=ISSUED, text=text, key=str(requested.pk), about=dossier)
    tell_members(_in_hand(dossier, requested), message)


def _in_hand(dossier: Dossier, requested: RequestedPaper) -> list[Membership]:
    steps = Step.objects.filter(leg__dossier=dossier, state=StepState.RUNNING, holder__isnull=False)
    found = {step.holder_id: step.holder for step in steps.select_related("holder") if step.holder}
    found[requested.requested_by_id] = requested.requested_by
    if dossier.holder is not None:
        found[dossier.holder_id] = dossier.holder
    return list(found.values())
