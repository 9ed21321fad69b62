"""What the demo's citizen finds after signing in: dossiers that they filed online, one for somebody else."""

from datetime import datetime
from io import BytesIO

import pikepdf
from django.utils import timezone

from egov.workflow.refusal import Refusal
from onestop import public as onestop
from portal.seeding.demo_people import EM, GIANG
from portal.seeding.identity_provider import Person

FILED = 2
A4 = (595, 842)


def seed_citizens() -> int:
    """File for Em, then for Giang by Em, at the first procedures that take it; how many dossiers there are.

    Each has a key, so running it again files nothing twice.
    """
    now = timezone.now()
    found = 0
    for entry in onestop.list_procedures(timezone.localdate(now)):
        if found == FILED:
            break
        found += _file(entry.code, owner=EM if found == 0 else GIANG, at=now)
    return found


def _file(code: str, *, owner: Person, at: datetime) -> bool:
    """File that procedure if it is for citizens and takes this in; whether it does."""
    try:
        offer = onestop.filing_offer(code, timezone.localdate(at))
    except onestop.NotOnline:
        return False
    case = next(iter(offer.cases), None)
    takes = onestop.ApplicantKind.CITIZEN in {kind.code for kind in offer.applicants}
    if (
        case is None
        or not takes
        or not offer.agencies
        or (owner is not EM and not offer.representative_allowed)
    ):
        return False
    submitted = onestop.Submitted(
        procedure_code=code,
        agency_code=offer.agencies[0][0],
        key=f"demo {code}",
        case_id=case.id,
        applicant=_applicant(EM),
        owner=None if owner is EM else _applicant(owner),
        content=offer.name,
        files=tuple(
            onestop.SubmittedFile(f"{line.name[:60]}.pdf", _page(), requirement_id=line.id)
            for line in case.papers
            if not line.is_shown and line.is_demanded
        ),
        shown_later=tuple(line.id for line in case.papers if line.is_shown),
    )
    identity = onestop.Identity(personal_number=EM.number, name=EM.name, level=EM.level)
    try:
        onestop.submit_online(identity, submitted, at=at)
    except Refusal:  # needs more than a demo can know of it (an amount, a ground): the next one may not
        return False
    return True


def _applicant(person: Person) -> onestop.Applicant:
    return onestop.Applicant(
        kind=onestop.ApplicantKind.CITIZEN,
        name=person.name,
        personal_number=person.number,
        address=person.residence,
        phone="0912345678",
        identity_level=person.level,
    )


def _page() -> bytes:
    """An empty sheet in place of a scan."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=A4)
        content = BytesIO()
        pdf.save(content)
    return content.getvalue()
