"""A counter of the seed and what people hand in there."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils import timezone

from egov.files.store import put
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.models import Membership
from onestop.actions.file_online import file_online
from onestop.actions.filing import Filing
from onestop.actions.intake_draft import begin_intake, receive_intake, save_intake
from onestop.enums import Channel, PaperSource
from onestop.forms.typed_intake import Typing
from onestop.models import Dossier, IntakeDraft, Party, ProcedureVersion

PROCEDURE = "Đăng ký khai sinh"
# With a fixed charge, unlike the first.
PAID_PROCEDURE = "Cấp giấy xác nhận tình trạng hôn nhân"


def counter() -> Actor:
    membership = (
        Membership.objects.filter(role=Role.COUNTER, agency__level="commune", agency__kind="ubnd")
        .select_related("user", "agency", "department")
        .order_by("pk")[0]
    )
    return Actor(user=membership.user, membership=membership, agency=membership.agency, second_factor=True)


def drafts(actor: Actor, wanted: int, name: str = PROCEDURE) -> Iterator[IntakeDraft]:
    """Intakes typed to the end, each of another owner; typing is not measured."""
    at = timezone.now()
    version = ProcedureVersion.objects.accepting(timezone.localdate()).get(name=name)
    earlier = Party.objects.count()
    made = []
    for number in range(earlier, earlier + wanted):
        draft = begin_intake(actor, version, at=at)
        typing = Typing(draft, actor)
        typing.tick_all()
        typed = typing.typed | {
            "case": str(typing.case.pk),
            "channel": "counter",
            "delivery": "counter",
            "sets": "1",
            "person_name": f"Nguyễn Văn Đo {number}",
            "person_personal_number": f"034090{number:06d}",
            "person_address": "Thôn Bắc, xã Thụy Xuân",
            "person_kind": "citizen",
            "owner_kind": "citizen",
        }
        made.append(save_intake(actor, draft, typed=typed, at=at))
    return iter(made)


def filing_of(draft: IntakeDraft, actor: Actor) -> Filing:
    """What a draft hands in."""
    typing = Typing(draft, actor, bound=True)
    assert typing.form.is_valid(), typing.form.errors
    return typing.filing()


def taken_in(actor: Actor, draft: IntakeDraft) -> Dossier:
    """A dossier received at the counter."""
    return receive_intake(actor, draft, filing=filing_of(draft, actor), at=timezone.now())


def filed_online(actor: Actor, draft: IntakeDraft) -> Dossier:
    """The same handed in from home, with the counter's help, every paper as a file."""
    scan = put(b"%PDF-1.4 scan", media_type="application/pdf")
    filing = filing_of(draft, actor)
    papers = tuple(replace(one, source=PaperSource.UPLOAD, file=scan) for one in filing.papers)
    online = replace(filing, channel=Channel.ONLINE, papers=papers, idempotency_key=None)
    return file_online(actor, online, at=timezone.now())
