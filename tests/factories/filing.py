"""Filings that a citizen is preparing: begun, or with everything that the procedure asks for."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from egov.organizations.models import Agency
from onestop import public as onestop
from onestop.models import ProcedureVersion
from portal.actions.draft import begin_draft, save_draft
from portal.actions.upload import add_file
from portal.forms.preparation import Preparation
from portal.models import Citizen, Draft
from tests.factories.citizens import CitizenFactory
from tests.factories.documents import pdf_of
from tests.factories.procedures import ProcedureVersionFactory


def offer_of(version: ProcedureVersion, at: datetime | None = None) -> onestop.FilingOffer:
    """The procedure as it is offered online."""
    return onestop.filing_offer(version.procedure.local_code, timezone.localdate(at))


def begun(citizen: Citizen, version: ProcedureVersion, *, at: datetime | None = None) -> Draft:
    """A draft in which nothing but what has no choice is filled in."""
    at = at or timezone.now()
    return begin_draft(citizen, None, offer=offer_of(version, at), at=at)


def prepared(citizen: Citizen, draft: Draft, *, at: datetime | None = None) -> Preparation:
    """The draft as its pages see it."""
    at = at or timezone.now()
    draft = Draft.objects.get(pk=draft.pk)
    offer = onestop.filing_offer(draft.procedure_code, timezone.localdate(at))
    return Preparation(citizen, draft, offer, at)


def complete(
    citizen: Citizen,
    version: ProcedureVersion,
    agency: Agency,
    *,
    at: datetime | None = None,
    **typed: str,
) -> Draft:
    """A draft that lacks nothing: every paper of the only case has its file."""
    at = at or timezone.now()
    draft = begun(citizen, version, at=at)
    words = {"agency": agency.code, "phone": "0912345678", "acting": "self", "delivery": "counter", **typed}
    save_draft(citizen, draft, typed=words, offer=offer_of(version, at), at=at)
    ready = prepared(citizen, draft, at=at)
    for row in ready.papers:
        if row.is_demanded:
            add_file(
                citizen,
                draft,
                paper=row.key,
                papers=ready.paper_names,
                file=pdf_of(f"{draft.pk} {row.name}"),
                filename=f"{row.name[:60]}.pdf",
                at=at,
            )
    return Draft.objects.get(pk=draft.pk)


def secret_filing(words: str, *, at: datetime) -> Draft:
    """A draft that says these words wherever it can: in its fields, its file and the citizen's name."""
    citizen = CitizenFactory(name=words)
    draft = begun(citizen, ProcedureVersionFactory(), at=at)
    save_draft(citizen, draft, typed={"content": words, "owner_name": words}, at=at)
    ready = prepared(citizen, draft, at=at)
    add_file(
        citizen,
        draft,
        paper=ready.papers[0].key,
        papers=ready.paper_names,
        file=pdf_of(words),
        filename=f"{words}.pdf",
        at=at,
    )
    return draft


def parts_left(folder: Path) -> Iterator[Path]:
    """Files of uploads that have not ended."""
    return folder.glob("*.part") if folder.exists() else iter(())
