"""Who may not touch a matter because of whom it is directed against (rule 17).

Read from what the system knows: the person named as the matter's subject, the agency named, kin on file, and
who heads whom. A complaint is first settled by the very body that it is about, so being in that body, or
below its head, bars nobody from a first complaint; the person complained of and their kin are barred from
handling it all the same. The second time, and for everything else, those below are barred too.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.enums import MatterKind, Stage, Tie
from complaints.models import Kin, Matter
from egov.organizations.enums import Role
from egov.organizations.models import Membership
from egov.organizations.queries.tree import placements
from egov.workflow.verdict import ALLOWED, Verdict, refused

SETTLED_BY_ITS_BODY = (MatterKind.COMPLAINT, MatterKind.LAND_DISPUTE)


def tie_to(matter: Matter, member: Membership) -> Tie | None:
    """What ties this person to the matter's subject; None where nothing known to the system does."""
    subject = matter.subject_membership
    if subject is not None:
        if subject.user_id == member.user_id:
            return Tie.SELF
        if member.user_id in Kin.objects.of_user(subject.user_id):
            return Tie.KIN
    if _body_settles(matter):
        return None
    if subject is not None and is_directly_below(member, subject):
        return Tie.SUBORDINATE
    return Tie.UNIT if _shares_unit(matter, member) else None


def not_tied(matter: Matter, member: Membership) -> Verdict:
    """Allowed unless tied; the sentence says by what, and names the letter by its code alone."""
    tie = tie_to(matter, member)
    if tie is None:
        return ALLOWED
    return refused(
        _("Không giao được đơn %(code)s: người này %(tie)s. Hãy chọn người khác.")
        % {"code": matter.letter.code, "tie": tie.label}
    )


def may_author_decide(matter: Matter, member: Membership) -> bool:
    """Whether this is the author of the act, who reconsiders it at the first stage (domain: 6.1)."""
    subject = matter.subject_membership
    return _body_settles(matter) and subject is not None and subject.user_id == member.user_id


def is_directly_below(member: Membership, subject: Membership) -> bool:
    """Whether the person works directly under the other today: in the agency that the other leads, in the
    unit that the other heads, or as head of an agency directly below the one that the other leads."""
    today = timezone.localdate()
    held = Membership.objects.current(today).filter(user=member.user_id).exclude(user=subject.user_id)
    if subject.role == Role.LEADER:
        if held.filter(agency=subject.agency_id).exclude(role=Role.LEADER).exists():
            return True
        if not subject.is_head:
            return False
        if held.filter(agency=subject.agency_id).exists():
            return True
        below = placements(today).filter(parent=subject.agency_id).values("agency")
        return held.filter(agency__in=below, is_head=True).exists()
    heads_unit = subject.role == Role.OFFICE_HEAD and subject.department_id is not None
    return heads_unit and held.filter(department=subject.department_id).exists()


def _body_settles(matter: Matter) -> bool:
    return matter.kind in SETTLED_BY_ITS_BODY and matter.stage == Stage.FIRST


def _shares_unit(matter: Matter, member: Membership) -> bool:
    """Whether the person serves in the unit of who is named; in the agency, where nobody of it is."""
    held = Membership.objects.current(timezone.localdate()).filter(user=member.user_id)
    subject = matter.subject_membership
    if subject is not None:
        return subject.department_id is not None and held.filter(department=subject.department_id).exists()
    return matter.subject_agency_id is not None and held.filter(agency=matter.subject_agency_id).exists()
