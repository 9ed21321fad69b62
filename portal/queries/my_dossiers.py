"""What one-stop keeps of a citizen, as one-stop tells it to them; reading papers is noted (rule 42)."""

from datetime import date

from egov.audit.record import record
from onestop import public as onestop
from portal.models import Citizen


def identity_of(citizen: Citizen) -> onestop.Identity:
    """The citizen as one-stop asks for them."""
    return onestop.Identity(
        personal_number=citizen.personal_number,
        name=citizen.name,
        level=citizen.level,
        address=citizen.address,
    )


def my_dossiers(citizen: Citizen) -> tuple[onestop.OwnDossier, ...]:
    """Those that they own or have filed, newest first."""
    found = onestop.my_dossiers(citizen.personal_number)
    record(citizen, "portal.dossiers_read", citizen)
    return found


def my_dossier(citizen: Citizen, code: str) -> onestop.OwnDossier:
    """One of them. Raises DossierUnknown, for somebody else's in the same words."""
    found = onestop.my_dossier(citizen.personal_number, code)
    record(citizen, "portal.dossier_read", found.standing.code)
    return found


def my_dossier_page(citizen: Citizen, code: str) -> onestop.OwnDossierPage:
    """One of them with all that its page shows. Raises DossierUnknown, as above."""
    found = onestop.my_dossier_page(citizen.personal_number, code)
    record(citizen, "portal.dossier_read", found.dossier.standing.code)
    return found


def my_result(citizen: Citizen, code: str, result_id: int) -> onestop.ResultFile:
    """The file of a result. Raises DossierUnknown."""
    file = onestop.my_result(citizen.personal_number, code, result_id)
    record(citizen, "portal.result_read", code, result=result_id, sha256=file.sha256)
    return file


def my_papers(citizen: Citizen, on: date) -> tuple[onestop.StoreEntry, ...]:
    """Their own store, what no longer holds as well."""
    papers = onestop.my_papers(citizen.personal_number, on)
    record(citizen, "portal.papers_read", citizen)
    return papers
