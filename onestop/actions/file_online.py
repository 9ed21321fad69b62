"""File from home: kept as a filing until the counter has looked at it. No clock runs yet, and no code is
given."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.workflow.action import action
from egov.workflow.performer import Performer
from onestop import rules
from onestop.actions.charge import lay_charges
from onestop.actions.dossier_code import new_secret, next_filing_number
from onestop.actions.enter_filing import NotTakenHere, enter, examined, hold_key
from onestop.actions.filing import Filing, cleaned, require_number_of_submitter
from onestop.enums import Channel, DossierState, RequirementKind
from onestop.fees import undetermined
from onestop.models import Dossier


@action("onestop.file_online", allowed=rules.may_file_online)
def file_online(performer: Performer, filing: Filing, *, at: datetime) -> Dossier:
    """File online. The answer of the counter comes within eight working hours (domain: 3.4).

    The person files in their own name; an official who types for somebody is noted as helper, never as
    applicant. A paper that stands on the list and is handed in has its file. The same idempotency key gives
    the first one's dossier. Where the procedure asks for payment first, what it costs is laid down now, to be
    paid before it is taken up; an exemption is the counter's to grant, who compares its evidence.

    Raises what ``receive`` does, but no DuplicateFiling: that is for the staff to see.
    """
    if (earlier := hold_key(filing.idempotency_key)) is not None:
        return earlier
    version = filing.case.version
    if filing.channel != Channel.ONLINE or not rules.takes_online(version):
        raise NotTakenHere(_("Thủ tục này không nhận hồ sơ trực tuyến."))
    filing = cleaned(filing)
    require_number_of_submitter(filing)
    _require_own_name(performer, filing)
    taken = examined(filing, on=timezone.localdate(at), at=at)
    bare = [
        paper.name
        for paper in taken.papers
        if paper.requirement is not None
        and paper.requirement.kind == RequirementKind.SUBMITTED
        and paper.source != "database"
        and paper.file is None
    ]
    if bare:
        raise NotTakenHere(_("Hãy tải tệp của giấy tờ: %(papers)s.") % {"papers": "; ".join(bare)})
    dossier = enter(
        taken,
        by=performer,
        at=at,
        state=DossierState.FILED,
        filing_number=next_filing_number(filing.agency, at),
        secret=new_secret(),
    )
    # An amount that nobody has set is the counter's trouble, who is told when taking it up.
    if version.online_payment_required and not undetermined(filing.case, filing.channel, filing.quantities):
        lay_charges(dossier, quantities=filing.quantities, exemption=None, by=performer, at=at)
    return dossier


def _require_own_name(performer: Performer, filing: Filing) -> None:
    if performer.machine_key and performer.agency_id != filing.agency.pk:
        raise NotTakenHere(_("Khóa kết nối chỉ nộp hồ sơ vào cơ quan của mình."))
    if not isinstance(performer, rules.Citizen):
        return
    submitter = filing.submitter or filing.owner
    if submitter.personal_number != performer.personal_number:
        raise NotTakenHere(_("Người nộp hồ sơ phải là người đã đăng nhập."))
