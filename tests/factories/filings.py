"""What somebody hands in at a counter: complete unless told otherwise."""

from dataclasses import replace
from datetime import date

from egov.organizations.models import Agency
from onestop.actions.filing import Applicant, Filing, HandedPaper
from onestop.enums import ApplicantKind, RequirementKind
from onestop.models import Party, ProcedureVersion
from tests.factories.dossiers import OWNER_NUMBER

EM = Applicant(
    kind=ApplicantKind.CITIZEN,
    name="Vũ Thị Em",
    personal_number=OWNER_NUMBER,
    born_on=date(1990, 5, 3),
    sex=Party.Sex.FEMALE,
    address="Thôn Bắc, xã Thụy Xuân",
    phone="0912345678",
)


def filing(version: ProcedureVersion, agency: Agency, **changes: object) -> Filing:
    """Em hands in every paper of the first case in person."""
    case = version.cases.first()
    papers = tuple(
        HandedPaper(requirement=one, originals=one.originals)
        for one in case.requirements.exclude(kind=RequirementKind.NOTE)
    )
    return replace(Filing(case=case, agency=agency, owner=EM, papers=papers), **changes)
