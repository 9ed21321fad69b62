"""Issue a slip on the standard form of the day: its words are kept at once, its file when it is printed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.numbering.next_number import next_number
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal
from onestop.enums import FormKind
from onestop.models import Dossier, IssuedForm, StandardForm
from onestop.queries.slips import slip


class FormNotLoaded(Refusal):
    """No circular with such a form is in force on the day."""


def issue_form(
    by: Performer, dossier: Dossier, kind: FormKind, content: Mapping[str, Any], *, at: datetime
) -> IssuedForm:
    """Write a slip with the next number of its kind, inside the action that it belongs to.

    The set is that of the day of issue (rule 13). What the dossier knows stands on the slip by itself;
    ``content`` adds what only the action knows (strings, days or moments):

    =============  ============================================================================
    SUPPLEMENT     ``papers`` (names, or pairs of name and what is asked), ``reason``, ``deadline``
    REFUSAL        ``ground``, ``reason``
    APOLOGY        ``reason``, ``original`` and ``appointment`` (moments)
    STOP           ``reason``
    RECEIPT        ``fees`` (words)
    =============  ============================================================================

    ``contact`` may be given with each: whom to ask. Raises FormNotLoaded.
    """
    on = timezone.localdate(at)
    form = form_of_day(kind, on)
    member = by.membership if isinstance(by, Actor) else None
    agency = by.agency if isinstance(by, Actor) else dossier.receiving_agency
    number = next_slip_number(agency, kind, on)
    person = by.user.full_name if isinstance(by, Actor) else ""
    return IssuedForm.objects.create(
        dossier=dossier,
        form=form,
        kind=kind,
        agency=agency,
        year=on.year,
        number=number,
        content=slip(dossier, form, number=number, agency=agency, person=person, content=content, at=at),
        issued_at=at,
        issued_by=member,
    )


def form_of_day(kind: FormKind, on: date) -> StandardForm:
    """The form of the set in force on that day (rule 13). Raises FormNotLoaded."""
    form = (
        StandardForm.objects.filter(kind=kind, form_set__effective_from__lte=on)
        .select_related("form_set")
        .order_by("-form_set__effective_from")
        .first()
    )
    if form is None:
        raise FormNotLoaded(
            _("Chưa có mẫu “%(form)s” áp dụng cho ngày này. Hãy báo quản trị hệ thống.")
            % {"form": FormKind(kind).label}
        )
    return form


def next_slip_number(agency: Agency, kind: FormKind, on: date) -> int:
    """The agency's next number of the kind, whichever door the slip leaves by."""
    return next_number(agency_id=agency.pk, book=f"slip-{kind}", year=on.year)
