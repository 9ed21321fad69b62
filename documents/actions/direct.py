"""A leader writes a directive on an incoming document (Decree 30/2020, Art. 23)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from documents import rules
from documents.actions.inform import tell
from documents.enums import AssignmentRole, Circulation, DeliveryState
from documents.models import Assignment, Delivery, Directive
from documents.rules.incoming import AWAITING_DIRECTIVE
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.models import Department, Membership
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal

TEXT_LENGTH = 4_000


class DirectiveNotAcceptable(Refusal):
    """A part of the directive cannot be kept as it is."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A unit or a person of the agency, with a deadline of its own where it differs."""

    who: Department | Membership
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class DirectiveContent:
    """What a leader decides: exactly one lead (rule 37), coordinators, those who are to know, a deadline."""

    text: str
    lead: Part
    coordinators: tuple[Part, ...] = ()
    informed: tuple[Part, ...] = ()
    due_on: date | None = None


@action("documents.direct", allowed=rules.may_direct)
def direct(actor: Actor, delivery: Delivery, content: DirectiveContent, *, at: datetime) -> Directive:
    """Write a directive and give out the work; the sender sees "assigned" (04) with the first one.

    A directive is never edited: a later one supersedes it, work in hand stays in hand.
    Raises DirectiveNotAcceptable.
    """
    text = clean_text(content.text)
    _check(delivery, content, text, on=timezone.localdate(at))
    delivery.directives.filter(superseded_at=None).update(superseded_at=at)
    directive = Directive.objects.create(
        delivery=delivery, author=actor.membership, text=text, at=at, due_on=content.due_on
    )
    given = [
        _given(directive, part, role, content)
        for role, parts in (
            (AssignmentRole.LEAD, (content.lead,)),
            (AssignmentRole.COORDINATOR, content.coordinators),
            (AssignmentRole.INFORMED, content.informed),
        )
        for part in parts
    ]
    Assignment.objects.bulk_create(given)
    if content.due_on:
        delivery.due_on = content.due_on
        delivery.save(update_fields=["due_on"])
    if delivery.state in AWAITING_DIRECTIVE:
        move(delivery, to=DeliveryState.ASSIGNED, by=actor, at=at, note=text)
    else:
        delivery.note_step(by=actor, at=at, note=_("Ý kiến chỉ đạo thay thế: %(text)s") % {"text": text})
    for part in given:
        tell(
            readers_of(part, on=timezone.localdate(at)),
            delivery,
            event="directed",
            text=_("Được giao xử lý văn bản đến (%(role)s)") % {"role": AssignmentRole(part.role).label},
            key=str(directive.pk),
        )
    return directive


def clean_text(text: str) -> str:
    """Lines as people typed them, without characters that cannot be seen."""
    return "\n".join(clean_line(line) for line in text.splitlines()).strip()


def readers_of(part: Assignment, *, on: date) -> list[Membership]:
    """Who is told of a part: the person, or the heads of the unit."""
    if part.member is not None:
        return [part.member]
    heads = Membership.objects.current(on).filter(department=part.department, role=Role.OFFICE_HEAD)
    return list(heads)


def _given(directive: Directive, part: Part, role: AssignmentRole, content: DirectiveContent) -> Assignment:
    return Assignment(
        directive=directive,
        role=role,
        department=part.who if isinstance(part.who, Department) else None,
        member=part.who if isinstance(part.who, Membership) else None,
        due_on=part.due_on or (None if role == AssignmentRole.INFORMED else content.due_on),
    )


def _check(delivery: Delivery, content: DirectiveContent, text: str, *, on: date) -> None:
    if not text:
        raise DirectiveNotAcceptable(_("Hãy ghi ý kiến chỉ đạo."))
    if len(text) > TEXT_LENGTH:
        raise DirectiveNotAcceptable(_("Ý kiến chỉ đạo dài quá %(limit)d ký tự.") % {"limit": TEXT_LENGTH})
    parts = (content.lead, *content.coordinators, *content.informed)
    if len({(type(part.who), part.who.pk) for part in parts}) != len(parts):
        raise DirectiveNotAcceptable(
            _("Một đơn vị, cá nhân chỉ giữ một vai trò: chủ trì, phối hợp hoặc nhận để biết.")
        )
    for part in parts:
        if part.who.agency_id != delivery.agency_id:
            raise DirectiveNotAcceptable(_("Chỉ giao việc cho đơn vị, cá nhân của cơ quan mình."))
        if isinstance(part.who, Membership) and not part.who.holds_on(on):
            raise DirectiveNotAcceptable(
                _("%(name)s không còn giữ chức vụ này.") % {"name": part.who.user.full_name}
            )
        # "Xem xong trả lại" is for named readers, not for whole units (rule 31).
        if isinstance(part.who, Department) and delivery.document.circulation == Circulation.RETURN:
            raise DirectiveNotAcceptable(
                _("Văn bản “Xem xong trả lại” chỉ giao cho cá nhân được nêu tên, không giao cho cả đơn vị.")
            )
    for due_on in (content.due_on, *(part.due_on for part in parts)):
        if due_on is not None and due_on < on:
            raise DirectiveNotAcceptable(_("Hạn xử lý không thể ở trong quá khứ."))
    if content.due_on and any(part.due_on and part.due_on > content.due_on for part in parts):
        raise DirectiveNotAcceptable(_("Hạn của từng phần không được sau hạn chung."))
