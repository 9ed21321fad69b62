"""Tell an applicant at the counter, on form 02, what is missing before anything is received."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workflow.action import action
from onestop import rules
from onestop.actions.filing import Applicant, Filing
from onestop.actions.issue_form import form_of_day, next_slip_number
from onestop.actions.reason import reason_in_words
from onestop.actions.request_supplement import Asked, DeadlineNotAhead, demandable
from onestop.enums import FormKind
from onestop.models import CounterSlip, Dossier, IntakeDraft, Party
from onestop.queries.slips import slip


@dataclass(frozen=True, kw_only=True)
class Missing:
    """What the applicant still has to bring, and why; a last day only where the law sets one."""

    papers: Sequence[Asked]
    reason: str
    deadline_on: date | None = None


@action("onestop.ask_before_receipt", allowed=rules.may_ask_before_receipt)
def ask_before_receipt(
    actor: Actor, draft: IntakeDraft, filing: Filing, missing: Missing, *, at: datetime
) -> CounterSlip:
    """Issue form 02 with everything that is missing, each line once.

    Nothing is received: no dossier, no code, no clock; what was typed is kept for when the applicant comes
    back. Raises NothingAskedFor, PaperNotDemandable, DeadlineNotAhead, ReasonMissing, FormNotLoaded.
    """
    on = timezone.localdate(at)
    reason = reason_in_words(missing.reason, _("Hãy ghi rõ vì sao phải bổ sung."))
    if missing.deadline_on is not None and missing.deadline_on <= on:
        raise DeadlineNotAhead(_("Thời hạn bổ sung phải sau ngày hôm nay."))
    asked = demandable(filing.case.pk, missing.papers)
    form = form_of_day(FormKind.SUPPLEMENT, on)
    number = next_slip_number(actor.agency, FormKind.SUPPLEMENT, on)
    content = {
        "papers": [[requirement.name, demand] for requirement, demand in asked],
        "reason": reason,
        "deadline": missing.deadline_on,
        "contact": ", ".join(part for part in (actor.user.full_name, actor.agency.phone) if part),
    }
    words = slip(
        _as_it_would_be(filing),
        form,
        number=number,
        agency=actor.agency,
        person=actor.user.full_name,
        content=content,
        at=at,
    )
    return CounterSlip.objects.create(
        kind=FormKind.SUPPLEMENT,
        form=form,
        agency=actor.agency,
        year=on.year,
        number=number,
        draft=draft,
        content=words | {"code": "", "qr_text": ""},
        issued_at=at,
        issued_by=actor.membership,
    )


def _as_it_would_be(filing: Filing) -> Dossier:
    """What the form reads of people and procedure; never saved."""
    owner = _party(filing.owner)
    return Dossier(
        version=filing.case.version,
        case=filing.case,
        receiving_agency=filing.agency,
        owner=owner,
        submitter=_party(filing.submitter) if filing.submitter else owner,
        content=filing.content or str(filing.case.version),
    )


def _party(applicant: Applicant) -> Party:
    return Party(
        name=applicant.name,
        personal_number=applicant.personal_number,
        tax_code=applicant.tax_code,
        address=applicant.address,
        phone=applicant.phone,
        email=applicant.email,
    )
