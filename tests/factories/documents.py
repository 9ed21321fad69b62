"""Documents in every state, made through the real actions from ``DocumentFactory`` on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO

import factory
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from documents.actions.draft import set_recipients
from documents.actions.issue import issue
from documents.actions.number import number
from documents.actions.seal import seal
from documents.actions.sign import sign
from documents.actions.submit import submit
from documents.enums import KindClass, Source, Urgency
from documents.models import Document, DocumentKind
from documents.queries.recipients import RecipientChoice
from egov.accounts.models import User
from egov.organizations.actor import Actor
from egov.organizations.enums import Capacity
from egov.organizations.models import Agency
from egov.signing.authority.demo import DemoAuthority, subject_of_agency, subject_of_person
from egov.signing.models import Certificate
from egov.signing.providers.software import store_key
from tests.factories.organizations import MembershipFactory

PIN = "246813"
BODY = """Căn cứ Luật Tổ chức chính quyền địa phương;

Điều 1. Giao các xã rà soát.

Điều 2. Quyết định này có hiệu lực từ ngày ký."""


class KindFactory(factory.django.DjangoModelFactory):
    """Quyết định unless a trait says otherwise; an existing kind of that code is taken as it is."""

    class Meta:
        model = DocumentKind
        django_get_or_create = ("code",)

    class Params:
        letter = factory.Trait(code="CV", name="Công văn", abbreviation="", packet_type=18, ordinal=18)
        normative = factory.Trait(
            code="QĐ-QPPL", name="Quyết định quy phạm pháp luật", classification=KindClass.NORMATIVE
        )
        directive = factory.Trait(code="CT", name="Chỉ thị", abbreviation="CT", packet_type=3, ordinal=3)

    code = "QĐ"
    name = "Quyết định"
    abbreviation = "QĐ"
    classification = KindClass.ADMINISTRATIVE
    packet_type = 2
    ordinal = 2
    valid_from = date(2020, 3, 5)


class DocumentFactory(factory.django.DjangoModelFactory):
    """A composed draft of a decision, without recipients."""

    class Meta:
        model = Document

    class Params:
        letter = factory.Trait(kind=factory.SubFactory(KindFactory, letter=True))
        express = factory.Trait(urgency=Urgency.EXPRESS)

    drafter = factory.SubFactory(MembershipFactory)
    agency = factory.SelfAttribute("drafter.agency")
    author_name = factory.LazyAttribute(lambda o: o.agency.name)
    department = factory.SelfAttribute("drafter.department")
    kind = factory.SubFactory(KindFactory)
    abstract = factory.Sequence(lambda n: f"Về việc rà soát hộ nghèo đợt {n + 1}")
    source = Source.COMPOSED
    body = BODY


def give_key(*, at: datetime, **owner: User | Agency) -> Certificate:
    """A certificate over an elliptic key, which takes no time to make; ``PIN`` opens it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = subject_of_person(owner["user"]) if "user" in owner else subject_of_agency(owner["agency"])
    issued = DemoAuthority.here().issue(
        subject, key.public_key(), valid_from=at - timedelta(days=30), valid_to=at + timedelta(days=700)
    )
    certificate = Certificate.read(issued.public_bytes(Encoding.DER), **owner)
    certificate.save()
    store_key(certificate, key, PIN)
    return certificate


@dataclass(frozen=True)
class Office:
    """One agency at work: who drafts and keeps the registry, who signs, where its papers go."""

    registry: Actor
    signer: Actor
    recipients: tuple[Agency, ...]
    capacity: Capacity = Capacity.TM

    def give_keys(self, *, at: datetime) -> None:
        """A certificate for the signer and one for the agency, both opened by ``PIN``."""
        give_key(at=at, user=self.signer.user)
        give_key(at=at, agency=self.registry.agency)

    def draft(self, **traits: object) -> Document:
        """A draft by the registry clerk with all recipients."""
        document = DocumentFactory(drafter=self.registry.membership, **traits)
        ids = frozenset(agency.pk for agency in self.recipients)
        set_recipients(self.registry, document, RecipientChoice(agency_ids=ids), at=document.created_at)
        return document

    def submitted(self, *, at: datetime, **traits: object) -> Document:
        document = self.draft(**traits)
        return submit(self.registry, document, signer=self.signer.membership, capacity=self.capacity, at=at)

    def signed(self, *, at: datetime, **traits: object) -> Document:
        return sign(self.signer, self.submitted(at=at, **traits), pin=PIN, at=at)

    def numbered(self, *, at: datetime, **traits: object) -> Document:
        return number(self.registry, self.signed(at=at, **traits), at=at)

    def sealed(self, *, at: datetime, **traits: object) -> Document:
        return seal(self.registry, self.numbered(at=at, **traits), pin=PIN, at=at)

    def issued(self, *, at: datetime, **traits: object) -> Document:
        return issue(self.registry, self.sealed(at=at, **traits), at=at)


def pdf_of(*lines: str) -> BytesIO:
    """A one-page PDF with these lines, as an office program would write it."""
    from egov.printing.official import OfficialDocument, official_document

    content = OfficialDocument(
        agency="Ủy ban nhân dân tỉnh Thái Bình",
        notation="UBND-NC",
        place="Thái Bình",
        abstract=lines[0],
        body="\n\n".join(lines[1:]) or lines[0],
        capacity=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        signer_name="Trần Văn Bình",
    )
    return BytesIO(official_document(content).pdf)
