"""Which way a matter suggests itself by what is on record; whoever handles it decides (rule 20)."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from complaints.enums import Direction, MatterState, ParticipantRole
from complaints.models import Matter
from complaints.queries.eligibility import reasons_against
from complaints.rules.directions import may_go


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A direction that the facts on record point to, and why; whoever handles the matter decides."""

    direction: Direction
    reason: str


def guided_before(matter: Matter) -> Matter | None:
    """The earlier matter with the same content on which the sender was guided (rule 20).

    The same content: letters that an officer linked as duplicates; or, of open letters, the same person with
    a matter of the same kind against the same subject at the same body.
    """
    letter = matter.letter
    root_id = letter.root_id or letter.pk
    linked = Q(letter__root=root_id) | Q(letter=root_id)
    same = linked & ~Q(letter=letter.pk)
    if not letter.is_protected and matter.folded_subject:
        people = letter.participants.filter(role=ParticipantRole.PRINCIPAL, withdrawn_on__isnull=True)
        numbers = [one.personal_number for one in people if one.personal_number]
        names = [one.folded_name for one in people if one.folded_name and not one.personal_number]
        person = Q(letter__participants__personal_number__in=numbers) | Q(
            letter__participants__folded_name__in=names
        )
        alike = Q(folded_subject=matter.folded_subject, agency=matter.agency, letter__is_protected=False)
        same |= alike & person & ~Q(letter=letter.pk)
    earlier = Matter.objects.filter(same, kind=matter.kind, state=MatterState.GUIDED)
    return earlier.select_related("letter").order_by("pk").first()


def suggestions(matter: Matter) -> list[Suggestion]:
    """Which way the matter should go by what is on record; the first one suggests itself most."""
    found = []
    if (earlier := guided_before(matter)) is not None:
        reason = _("Đã hướng dẫn một lần về cùng nội dung ở đơn %(code)s: lưu đơn.") % {
            "code": earlier.letter.code
        }
        found.append(Suggestion(Direction.FILE, reason))
    against = [str(one) for one in reasons_against(matter)]
    elsewhere = matter.subject_agency_id not in (None, matter.agency_id)
    if elsewhere and matter.subject_agency is not None:
        words = _("Đối tượng thuộc %(name)s.") % {"name": matter.subject_agency.name}
        found += [Suggestion(one, words) for one in (Direction.GUIDE, Direction.TRANSFER)]
    if against:
        found += [Suggestion(one, " ".join(against)) for one in (Direction.COMPLETE, Direction.FILE)]
    elif not elsewhere:
        found.append(Suggestion(Direction.ACCEPT, _("Đơn đủ điều kiện xử lý.")))
    return [one for one in found if may_go(matter, one.direction)]
