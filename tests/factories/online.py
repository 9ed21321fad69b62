"""Dossiers that a citizen has filed online."""

from datetime import datetime

from egov.organizations.models import Agency
from onestop import public
from onestop.enums import ApplicantKind
from onestop.models import Dossier, ProcedureVersion
from portal.models import Citizen
from portal.queries.my_dossiers import identity_of
from tests.factories.documents import pdf_of


def applicant(citizen: Citizen) -> public.Applicant:
    """The citizen as somebody in whose name, or by whom, something is filed."""
    return public.Applicant(
        kind=ApplicantKind.CITIZEN,
        name=citizen.name,
        personal_number=citizen.personal_number,
        phone="0912345678",
        address=citizen.residence,
    )


def filed_online(
    citizen: Citizen,
    version: ProcedureVersion,
    agency: Agency,
    *,
    at: datetime,
    owner: Citizen | None = None,
) -> Dossier:
    """Every paper of the first case, sent by the citizen for themselves, or for ``owner``."""
    papers = version.cases.first().requirements.all()
    receipt = public.submit_online(
        identity_of(citizen),
        public.Submitted(
            procedure_code=version.procedure.local_code,
            agency_code=agency.code,
            key=f"{citizen.pk} {version.pk} {at.isoformat()}",
            applicant=applicant(citizen),
            owner=applicant(owner) if owner else None,
            content="Đăng ký khai sinh cho cháu Vũ Minh Anh",
            files=tuple(
                public.SubmittedFile(f"{one.name}.pdf", pdf_of(one.name).read(), requirement_id=one.pk)
                for one in papers
            ),
        ),
        at=at,
    )
    return Dossier.objects.get(filing_number=receipt.number)
