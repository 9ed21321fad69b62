"""Who acts in the measures: the head and the registry of the province's committee, with keys of known PIN."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from documents.actions.draft import DraftContent, create_draft, set_recipients
from documents.actions.number import number
from documents.actions.seal import seal
from documents.actions.sign import sign
from documents.actions.submit import submit
from documents.models import Document, DocumentKind
from documents.queries.recipients import RecipientChoice
from egov.organizations.actor import Actor
from egov.organizations.enums import Capacity, Role
from egov.organizations.models import Agency, Membership
from egov.signing.authority.demo import issue_certificate
from egov.signing.models import Certificate

PIN = "24681357"
BODY = (
    "Để văn bản điện tử đến từng xã ngay khi được ký, Ủy ban nhân dân tỉnh chỉ thị:\n\n"
    "1. Các cơ quan tiếp nhận văn bản điện tử trong ngày làm việc, không chờ văn bản giấy.\n\n"
    "2. Văn thư kiểm tra chữ ký số trước khi vào sổ."
)


@dataclass(frozen=True)
class Cast:
    """The sender's two hands, and everyone who can receive."""

    leader: Actor
    registry: Actor
    others: list[int]

    def sealed(self, recipients: list[int]) -> Document:
        """A directive that only waits to be issued, made by the real actions."""
        at = timezone.now()
        content = DraftContent(
            kind=DocumentKind.objects.get(code="CT"),
            abstract="Về việc gửi, nhận văn bản điện tử trong tỉnh",
            body=BODY,
        )
        document = create_draft(self.registry, content, at=at)
        set_recipients(self.registry, document, RecipientChoice(agency_ids=frozenset(recipients)), at=at)
        document = submit(
            self.registry, document, signer=self.leader.membership, capacity=Capacity.TM, at=timezone.now()
        )
        document = sign(self.leader, document, pin=PIN, at=timezone.now())
        document = number(self.registry, document, at=timezone.now())
        return seal(self.registry, document, pin=PIN, at=timezone.now())

    def prepared(self) -> Document:
        """A directive that waits for the leader's signature."""
        at = timezone.now()
        content = DraftContent(
            kind=DocumentKind.objects.get(code="CT"), abstract="Về việc ký số hàng loạt", body=BODY
        )
        document = create_draft(self.registry, content, at=at)
        set_recipients(self.registry, document, RecipientChoice(agency_ids=frozenset(self.others[:1])), at=at)
        return submit(self.registry, document, signer=self.leader.membership, capacity=Capacity.TM, at=at)


def make_cast() -> Cast:
    """Take the two from the seed and give each a key of their own (kept beside the demo's)."""
    province = Agency.objects.get(code="H54")
    leader = _actor(province, Role.LEADER, is_head=True)
    registry = _actor(province, Role.REGISTRY)
    since = timezone.now() - timedelta(days=1)
    Certificate.objects.filter(user=leader.user).update(is_active=False)
    Certificate.objects.filter(agency=province).update(is_active=False)
    issue_certificate(pin=PIN, user=leader.user, valid_from=since)
    issue_certificate(pin=PIN, agency=province, valid_from=since)
    others = list(Agency.objects.exclude(pk=province.pk).order_by("pk").values_list("pk", flat=True))
    return Cast(leader=leader, registry=registry, others=others)


def _actor(agency: Agency, role: Role, **facts: bool) -> Actor:
    membership = (
        Membership.objects.filter(agency=agency, role=role, **facts)
        .select_related("user", "agency", "department")
        .order_by("pk")[0]
    )
    return Actor(user=membership.user, membership=membership, agency=agency, second_factor=True)
