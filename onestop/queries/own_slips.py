"""Slips of one's own dossier, given electronically: which there are, and whether the agency signed them."""

from dataclasses import dataclass
from datetime import datetime

from onestop.models import Dossier, IssuedForm
from onestop.queries.public_lookup import DossierUnknown
from onestop.queries.sealing import GIVEN_OUT


@dataclass(frozen=True, slots=True)
class OwnSlip:
    """A slip of one's own dossier; ``signed_at`` is None where it has no digital signature."""

    id: int
    title: str
    number: str
    issued_at: datetime
    signed_at: datetime | None


def own_slips(dossier: Dossier) -> tuple[OwnSlip, ...]:
    """Those that are given to applicants, oldest first."""
    rows = dossier.forms.filter(kind__in=GIVEN_OUT).select_related("form")
    return tuple(
        OwnSlip(one.pk, one.form.title, one.content["number"], one.issued_at, one.sealed_at) for one in rows
    )


def own_slip(dossier: Dossier, slip_id: int) -> IssuedForm:
    """One of them. Raises DossierUnknown."""
    issued = dossier.forms.filter(pk=slip_id, kind__in=GIVEN_OUT).first()
    if issued is None:
        raise DossierUnknown
    return issued
