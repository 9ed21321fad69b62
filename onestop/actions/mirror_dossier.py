"""Show a dossier that was filed in a ministry's system in ours too, under the code that it has there."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workflow.action import action
from onestop import rules
from onestop.actions.dossier_code import next_filing_number
from onestop.actions.enter_filing import hold_key
from onestop.actions.filing import Filing, cleaned, party_of
from onestop.actions.mirror_status import (
    BEFORE_RECEIPT,
    BEGINNING,
    MirrorRefused,
    SourceStatus,
    follow,
    free_code,
    keep_word,
)
from onestop.enums import DossierState, SystemOfRecord
from onestop.models import Dossier, MirroredDossier
from onestop.queries import intake


@dataclass(frozen=True, kw_only=True)
class MirroredFiling:
    """A dossier of the other system: what was filed, when, and how it stands."""

    filing: Filing
    status: SourceStatus
    submitted_at: datetime


@action("onestop.mirror_dossier", allowed=rules.may_mirror)
def mirror_dossier(actor: Actor, announced: MirroredFiling, *, at: datetime) -> Dossier:
    """Keep the dossier. The same idempotency key gives the first one's dossier.

    Nothing is computed here: no code, no appointment, no fee; the other system has done all that.
    Raises MirrorRefused, FilingNotAcceptable, NumberDoubtful.
    """
    if (earlier := hold_key(announced.filing.idempotency_key)) is not None:
        return earlier
    filing, said = cleaned(announced.filing), announced.status
    version = filing.case.version
    if version.procedure.system_of_record != SystemOfRecord.MINISTRY:
        raise MirrorRefused(_("Thủ tục này được tiếp nhận và giải quyết trên hệ thống của tỉnh."))
    deciding = filing.deciding_agency or intake.deciding_agency(version, filing.agency) or filing.agency
    owner = party_of(filing.owner)
    if not BEGINNING <= announced.submitted_at <= at:
        raise MirrorRefused(_("Thời điểm nộp hồ sơ không thể có."))
    received = said.state not in BEFORE_RECEIPT
    code = free_code(said.code) if received or said.code else None
    dossier = MirroredDossier.objects.create(
        code=code,
        filing_number=None if code else next_filing_number(filing.agency, at),
        external_code=filing.external_code,
        version=version,
        case=filing.case,
        channel=filing.channel,
        channel_rule=intake.channel_rule(filing.case, filing.channel),
        state=DossierState.RECEIVED if received else DossierState.FILED,
        receiving_agency=filing.agency,
        deciding_agency=deciding,
        current_agency=deciding,
        owner=owner,
        submitter=party_of(filing.submitter) if filing.submitter else owner,
        content=filing.content,
        delivery=filing.delivery,
        delivery_address=filing.delivery_address,
        submitted_at=announced.submitted_at,
        promised_at=said.due_at,
        legal_due_at=said.due_at,
        idempotency_key=filing.idempotency_key,
    )
    # It may have gone on over there before we heard of it: its beginning is part of the same word.
    first = said if dossier.state == said.state else _beginning(dossier, said)
    keep_word(dossier, first, at=at)
    dossier.changes.create(
        before="", after=dossier.state, at=at, user_id=actor.user_id, person=actor.caption, note=said.source
    )
    if first is not said:
        keep_word(dossier, said, at=at)
    follow(dossier, said, by=actor, at=at)
    return Dossier.objects.get(pk=dossier.pk)


def _beginning(dossier: Dossier, said: SourceStatus) -> SourceStatus:
    return replace(
        said,
        reference=f"{said.reference[:90]}#begin",
        state=DossierState(dossier.state),
        source_at=min(said.source_at, said.received_at or dossier.submitted_at),
    )
