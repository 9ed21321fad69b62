"""A one-stop unit at work: who stands at the counter, appraises, decides and keeps the registry."""

from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO

from documents.actions.ceremony import agency_key, personal_key
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.printing.official import OfficialDocument, official_document
from egov.signing.sign import place_number_and_date, prepare, sign_personal, sign_seal
from onestop.actions.number_result import number_result
from onestop.actions.record_result import ResultContent
from onestop.models import Dossier
from tests.factories.accounts import UserFactory
from tests.factories.documents import PIN, give_key
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for


@dataclass(frozen=True)
class Unit:
    """The people of one agency who handle dossiers."""

    counter: Actor
    specialist: Actor
    leader: Actor
    registry: Actor

    @property
    def agency(self) -> Agency:
        return self.counter.agency

    def give_keys(self, *, at: datetime) -> None:
        """A certificate for the leader and one for the agency, both opened by ``PIN``."""
        give_key(at=at, user=self.leader.user)
        give_key(at=at, agency=self.agency)

    def signed(self, number: str, *, at: datetime, sealed: bool = True) -> BytesIO:
        """A result as a PDF: signed by the leader, numbered, sealed by the agency."""
        printed = official_document(
            OfficialDocument(
                agency=self.agency.name,
                notation="GKS",
                place="Thái Bình",
                kind="Giấy khai sinh",
                abstract="Vũ Minh Anh",
                body="Họ và tên: Vũ Minh Anh.",
                capacity=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
                signer_name=self.leader.user.full_name,
            )
        )
        with personal_key(self.leader, pin=PIN, at=at) as key:
            pdf = sign_personal(
                prepare(printed.pdf, printed.places),
                key,
                at=at,
                name=self.leader.user.full_name,
                position=self.leader.membership.position,
                agency=self.agency.name,
            )
        if not sealed:
            return BytesIO(pdf)
        day = at.astimezone(at.tzinfo)
        pdf = place_number_and_date(
            pdf, number_text=number, date_text=f"ngày {day.day} tháng {day.month} năm {day.year}"
        )
        with agency_key(self.registry, pin=PIN, at=at) as key:
            return BytesIO(sign_seal(pdf, key, at=at, agency_name=self.agency.name))

    def content(
        self,
        dossier: Dossier,
        *,
        at: datetime,
        signed: bool = True,
        by: Actor | None = None,
        **changes: object,
    ) -> ResultContent:
        """What the specialist records of a result that was numbered, and signed unless told otherwise."""
        kind = dossier.version.result_kinds.first()
        entry = number_result(by or self.leader, dossier, kind=kind, at=at)
        content = ResultContent(
            kind=kind,
            number=entry.notation,
            issued_on=entry.entered_on,
            file=self.signed(entry.notation, at=at) if signed else None,
            file_name="giay-khai-sinh.pdf" if signed else "",
            signer_name=self.leader.user.full_name,
            signer_position=self.leader.membership.position,
        )
        return replace(content, **changes)


def make_unit(agency: Agency | None = None) -> Unit:
    """A commune's one-stop unit unless an agency is given."""
    agency = agency or AgencyFactory(name="Ủy ban nhân dân xã Thái Thụy", short_name="UBND xã Thái Thụy")

    def person(full_name: str, **traits: object) -> Actor:
        return actor_for(MembershipFactory(agency=agency, user=UserFactory(full_name=full_name), **traits))

    return Unit(
        counter=person("Hoàng Thị Quầy", role="counter", position="Cán bộ một cửa"),
        specialist=person("Đặng Văn Chuyên"),
        leader=person("Bùi Văn Lãnh", leader=True),
        registry=person("Ngô Thị Thư", registry=True),
    )
