"""The applicant brings what was asked for: the papers join the dossier, and the clock runs on."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from egov.notifications.send import Message, tell_members
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.filing import HandedPaper
from onestop.actions.keep_in_store import keep_scanned
from onestop.actions.resume import end_stop
from onestop.enums import DossierState
from onestop.models import Dossier, Paper, SupplementItem, SupplementRequest

BROUGHT = "onestop.supplement_brought"


class StillMissing(Refusal):
    """Some of what was asked for is not there: the clock goes on standing still."""


class NotAskedFor(Refusal):
    """A paper that nobody asked for is not part of a supplement."""


@action("onestop.receive_supplement", allowed=rules.may_receive_supplement)
def receive_supplement(
    performer: Performer, dossier: Dossier, papers: Sequence[HandedPaper], *, at: datetime
) -> SupplementRequest:
    """Take in every paper that was asked for, and go on where the dossier stood (5 → 1, 2 or 4).

    A paper takes the place of the earlier one of the same line, which is kept.
    Raises StillMissing, NotAskedFor.
    """
    request = dossier.supplements.select_for_update(of=("self",)).get(
        issued_at__isnull=False, answered_at=None, closed_at=None
    )
    items = {item.requirement_id: item for item in request.items.select_related("requirement")}
    brought = {paper.requirement.pk: paper for paper in papers if paper.requirement is not None}
    if len(brought) != len(papers) or brought.keys() - items.keys():
        raise NotAskedFor(_("Chỉ nhận những giấy tờ ghi trong phiếu yêu cầu bổ sung."))
    missing = [item.name for key, item in items.items() if key not in brought]
    if missing:
        raise StillMissing(
            _("Còn thiếu: %(papers)s. Chỉ tính tiếp thời gian khi đã bổ sung đủ.")
            % {"papers": "; ".join(missing)}
        )
    for key, item in items.items():
        _add(dossier, item, brought[key], at=at)
    keep_scanned(dossier)
    request.answered_at = at
    request.save(update_fields=["answered_at"])
    end_stop(dossier, _("Đã bổ sung đủ giấy tờ"), by=performer, at=at)
    move(dossier, to=_state_before(dossier), by=performer, at=at, note=_("Đã bổ sung đủ giấy tờ"))
    _tell_asker(dossier, request)
    return request


def _add(dossier: Dossier, item: SupplementItem, handed: HandedPaper, *, at: datetime) -> None:
    earlier = list(dossier.papers.filter(requirement=item.requirement, replaced_by=None))
    paper = Paper.objects.create(
        dossier=dossier,
        requirement=item.requirement,
        name=item.name,
        originals=handed.originals,
        certified_copies=handed.certified_copies,
        photocopies=handed.photocopies,
        source=handed.source,
        file=handed.file,
        file_name=handed.file_name,
        added_at=at,
    )
    # One to one: the latest of the line is the one that was replaced.
    if earlier:
        earlier[-1].replaced_by = paper
        earlier[-1].save(update_fields=["replaced_by"])
    item.brought = paper
    item.save(update_fields=["brought"])


def _state_before(dossier: Dossier) -> DossierState:
    asked = dossier.changes.filter(after=DossierState.SUPPLEMENT).latest("at", "id")
    return DossierState(asked.before)


def _tell_asker(dossier: Dossier, request: SupplementRequest) -> None:
    message = Message(
        event=BROUGHT,
        text=_("Hồ sơ %(code)s đã được bổ sung giấy tờ; thời gian giải quyết tính tiếp từ bây giờ.")
        % {"code": dossier},
        key=str(request.pk),
        about=dossier,
    )
    tell_members([request.proposed_by], message)
