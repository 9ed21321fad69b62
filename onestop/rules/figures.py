"""Who may see whose figures, and what people wrote of the service."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.models import Agency
from egov.organizations.queries.tree import is_below, place_of
from egov.workflow.performer import Performer
from egov.workflow.verdict import ALLOWED, Verdict, refused
from onestop.models import Dossier, RatingComment
from onestop.rules.counter import Citizen

Anyone = Actor | SignedOut
# Of their agency and of all below it.
OVERSEERS = (Role.LEADER, Role.OFFICE_HEAD)
READERS = (*OVERSEERS, Role.COUNTER)


def may_see_figures(actor: Anyone, agency: Agency | None = None) -> Verdict:  # noqa: ARG001  (scope: queries)
    """Leaders and office heads; staff of the counter for their own agency."""
    if isinstance(actor, Actor) and actor.is_(*READERS):
        return ALLOWED
    return refused(
        _("Chỉ lãnh đạo, chánh văn phòng và cán bộ tiếp nhận được xem số liệu giải quyết thủ tục hành chính.")
    )


def sees_below(actor: Actor) -> bool:
    """Whether the figures of subordinate agencies are theirs to see too."""
    return actor.is_(*OVERSEERS)


def moderates_comments(actor: Anyone) -> bool:
    """Whether words of ratings are theirs to read first."""
    return isinstance(actor, Actor) and actor.is_(Role.OFFICE_HEAD)


def may_rate(actor: Anyone, dossier: Dossier) -> Verdict:  # noqa: ARG001
    """Whoever brought the dossier and holds its code and secret; never an official at work."""
    if isinstance(actor, SignedOut):
        return ALLOWED
    return refused(_("Cán bộ không đánh giá thay cho người nộp hồ sơ."))


def may_rate_own(performer: Performer, dossier: Dossier) -> Verdict:
    """The applicant, signed in with the electronic identity, who needs no secret then."""
    if isinstance(performer, Citizen) and performer.is_applicant_of(dossier):
        return ALLOWED
    return refused(_("Chỉ chủ hồ sơ hoặc người nộp hồ sơ được đánh giá hồ sơ này."))


def may_moderate_comment(actor: Anyone, comment: RatingComment) -> Verdict:
    """An office head above the rated agency: nobody decides what is shown about themselves.

    The highest agency has none above it, and reads what is said of it itself.
    """
    if not isinstance(actor, Actor) or not moderates_comments(actor):
        return refused(_("Chỉ chánh văn phòng được kiểm duyệt ý kiến đánh giá."))
    on = timezone.localdate()
    own = comment.rating.agency_id == actor.agency_id
    if own and place_of(actor.agency, on).parent_id is not None:
        return refused(_("Ý kiến về cơ quan nào thì do cơ quan cấp trên kiểm duyệt."))
    if not own and not is_below(comment.rating.agency, actor.agency, on):
        return refused(_("Chỉ kiểm duyệt ý kiến về các cơ quan trực thuộc."))
    return ALLOWED
