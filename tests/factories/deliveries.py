"""A small network, and documents on their way through it without the cost of signing them."""

from dataclasses import dataclass
from datetime import datetime

from documents.actions.deliver import deliver_hop
from documents.actions.enter_paper import PaperContent, enter_paper
from documents.enums import DocumentState
from documents.exchange import routing
from documents.models import Delivery, Document, Hop, Recipient
from egov.files.models import StoredFile
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from tests.factories.documents import DocumentFactory, KindFactory
from tests.factories.organizations import AgencyFactory, DepartmentFactory, MembershipFactory, actor_for


@dataclass(frozen=True)
class Network:
    """One province, its department, two districts, two communes in each."""

    province: Agency
    department: Agency
    districts: tuple[Agency, Agency]
    communes: tuple[Agency, Agency, Agency, Agency]

    @property
    def others(self) -> list[Agency]:
        """Everybody but the province."""
        return [self.department, *self.districts, *self.communes]


def make_network() -> Network:
    province = AgencyFactory(province=True)
    districts = (AgencyFactory(district=True, parent=province), AgencyFactory(district=True, parent=province))
    return Network(
        province=province,
        department=AgencyFactory(department=True, parent=province),
        districts=districts,
        communes=tuple(AgencyFactory(parent=district) for district in districts for _ in range(2)),
    )


def issued(sender: Agency, recipients: list[Agency], *, at: datetime, **traits: object) -> Document:
    """An issued document whose rows of delivery wait for their first hop; its file is only a name."""
    file, _created = StoredFile.objects.get_or_create(
        sha256="0" * 64, defaults={"size": 1, "media_type": "application/pdf"}
    )
    document = DocumentFactory(
        drafter=MembershipFactory(agency=sender, registry=True),
        state=DocumentState.ISSUED,
        number=7,
        notation="07/CT-UBND",
        dated_on=at.date(),
        issued_at=at,
        file=file,
        **traits,
    )
    Recipient.objects.bulk_create(Recipient(document=document, agency=agency) for agency in recipients)
    Delivery.objects.create_for(document, routing.plan(document, on=at.date()), at=at)
    return document


def carry(document: Document, *, at: datetime) -> None:
    """Do every hop, as the workers do."""
    while hop := Hop.objects.filter(document=document, done_at=None).order_by("depth").first():
        deliver_hop(document.pk, hop.node_id, at)


@dataclass(frozen=True)
class Desk:
    """The receiving side of one agency: who registers, who decides, who works, who may see nothing."""

    registry: Actor
    leader: Actor
    unit_head: Actor
    officer: Actor
    colleague: Actor
    other_officer: Actor


def make_desk(registry: Actor) -> Desk:
    """People around a registry clerk: a leader, a unit with its head and two officers, another officer."""
    agency = registry.agency
    unit, other_unit = DepartmentFactory(agency=agency), DepartmentFactory(agency=agency)
    return Desk(
        registry=registry,
        leader=actor_for(MembershipFactory(agency=agency, leader=True)),
        unit_head=actor_for(MembershipFactory(agency=agency, office_head=True, department=unit)),
        officer=actor_for(MembershipFactory(agency=agency, specialist=True, department=unit)),
        colleague=actor_for(MembershipFactory(agency=agency, specialist=True, department=unit)),
        other_officer=actor_for(MembershipFactory(agency=agency, specialist=True, department=other_unit)),
    )


def arrived(agency: Agency, *, at: datetime, **traits: object) -> Delivery:
    """A document of some other agency that has just arrived here; its file is only a name."""
    sender = AgencyFactory(department=True, parent=agency)
    document = issued(sender, [agency], at=at, **traits)
    carry(document, at=at)
    return Delivery.objects.get(document=document, agency=agency)


def registered(desk: Desk, *, at: datetime, **traits: object) -> Delivery:
    """One that the registry has a number for, by way of paper: nothing to verify."""
    content = PaperContent(
        kind=KindFactory(letter=True),
        author_name="Bộ Nội vụ",
        notation=f"{Delivery.objects.count() + 1}/BNV-VTLT",
        dated_on=at.date(),
        abstract="Về việc lập danh mục hồ sơ",
        **traits,
    )
    return enter_paper(desk.registry, content, at=at).delivery
