"""Where a dossier stands, for whoever has its code and for the one whose it is."""

from dataclasses import dataclass
from datetime import date, datetime

from egov.files.store import read_checked
from onestop.actions.print_form import print_form
from onestop.public.identity import Identity
from onestop.public.papers import ResultFile
from onestop.queries import filing_offer as offering
from onestop.queries import public_lookup as lookup
from onestop.queries.course import DossierCourse, course_of
from onestop.queries.filing_offer import StoreEntry
from onestop.queries.own_slips import OwnSlip, own_slip, own_slips
from onestop.queries.public_lookup import BearerStanding, DossierStanding, DossierUnknown, OwnDossier
from onestop.queries.rating_sheet import open_stages


@dataclass(frozen=True, slots=True)
class OwnDossierPage:
    """Everything that the page of one's own dossier shows."""

    dossier: OwnDossier
    # Step by step, and each day of its term.
    course: DossierCourse
    # Receipt, request for papers, refusal …
    slips: tuple[OwnSlip, ...]
    # Something of it can still be rated.
    may_rate: bool


def find_dossier(
    code: str, secret: str | None = None, *, address: str = ""
) -> DossierStanding | BearerStanding:
    """Where a dossier stands, as far as code, or code and secret, let one know (rules 39 and 40).

    Raises DossierUnknown (for a wrong secret in the very same way), TooManyLookups, LookupUnavailable.
    """
    return lookup.find_dossier(code, secret, address)


def my_dossiers(personal_number: str) -> tuple[OwnDossier, ...]:
    """Dossiers that a person who has signed in owns or filed, newest first."""
    return tuple(map(lookup.own_standing, lookup.own_dossiers(personal_number)))


def my_dossier(personal_number: str, code: str) -> OwnDossier:
    """One of them. Raises DossierUnknown."""
    return lookup.own_standing(lookup.own_dossier(personal_number, code))


def my_dossier_page(personal_number: str, code: str) -> OwnDossierPage:
    """One of them with its course, its slips and whether it can be rated. Raises DossierUnknown."""
    dossier = lookup.own_dossier_in_full(personal_number, code)
    return OwnDossierPage(
        dossier=lookup.own_standing(dossier),
        course=course_of(dossier),
        slips=own_slips(dossier),
        may_rate=bool(open_stages(dossier)),
    )


def my_result(personal_number: str, code: str, result_id: int) -> ResultFile:
    """The file of a result of one's own dossier. Raises DossierUnknown."""
    result = lookup.own_result(personal_number, code, result_id)
    file = result.file
    if file is None:
        raise DossierUnknown
    return ResultFile(result.file_name or result.name, read_checked(file), file.sha256, file.media_type)


def my_papers(personal_number: str, on: date) -> tuple[StoreEntry, ...]:
    """One's own store, what no longer holds as well."""
    return offering.own_store(personal_number, on)


def my_slip(identity: Identity, code: str, slip_id: int, *, at: datetime) -> ResultFile:
    """The file of one of them, with the agency's digital signature where it has one.

    Raises DossierUnknown.
    """
    found = own_slip(lookup.own_dossier(identity.personal_number, code), slip_id)
    issued = print_form(identity.citizen, found, at=at)
    file = issued.sealed_file or issued.file
    if file is None:
        raise DossierUnknown
    return ResultFile(issued.file_name, read_checked(file), file.sha256, file.media_type)
