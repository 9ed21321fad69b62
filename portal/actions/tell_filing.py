"""Let a citizen hear of what they prepare: that it was filed, and that a draft is about to end."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from egov.notifications.announce import Announcement
from egov.organizations.models import Agency
from egov.organizations.queries.tree import resolve_code, root
from portal.actions.notices import hear
from portal.actions.sweep_filings import drafts_to_warn
from portal.models import Draft, FilingReceipt


def tell_filed(receipt: FilingReceipt, *, at: datetime) -> None:
    """The filing has its number; the signed receipt lies on its page, behind the sign-in."""
    _tell(
        receipt.draft,
        "portal.filed",
        key=str(receipt.pk),
        code=receipt.number,
        at=at,
    )


@transaction.atomic
def warn_of_end(at: datetime) -> int:
    """Tell whose drafts are about to be deleted, each once; how many."""
    drafts = drafts_to_warn(at)
    for draft in drafts:
        _tell(
            draft,
            "portal.draft_ending",
            # Gone on with and left again, it is a new occasion.
            key=f"{draft.pk}:{draft.saved_at.isoformat()}",
            code=draft.procedure_code,
            at=at,
            deadline_on=timezone.localdate(draft.expires_at).isoformat(),
        )
    return len(drafts)


def _tell(draft: Draft, event: str, *, key: str, code: str, at: datetime, **facts: str) -> None:
    agency = _agency_of(draft, at)
    if agency is None:
        return
    hear(
        Announcement(
            event=event,
            key=key,
            people=(draft.citizen.personal_number,),
            agency_id=agency.pk,
            subject_code=code,
            subject_name=draft.procedure_name,
            at=at,
            facts=facts,
        )
    )


def _agency_of(draft: Draft, at: datetime) -> Agency | None:
    """Whose staff see that the person was told: the chosen agency, the province while none is chosen."""
    on = timezone.localdate(at)
    code = draft.said("agency")
    return (resolve_code(code, on) if code else None) or root(on)
