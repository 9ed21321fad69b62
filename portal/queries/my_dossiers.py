"""What one-stop keeps of a citizen, as one-stop tells it to them."""

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
    return onestop.my_dossiers(citizen.personal_number)


def my_dossier(citizen: Citizen, code: str) -> onestop.OwnDossier:
    """One of them. Raises DossierUnknown, for somebody else's in the same words."""
    return onestop.my_dossier(citizen.personal_number, code)
