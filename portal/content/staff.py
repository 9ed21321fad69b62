"""Which of the officials work for the portal, and as whom what they do is noted."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group
from django.utils import timezone

from egov.organizations.models import Membership
from egov.workflow.performer import SYSTEM, Performer
from portal.content.enums import Duty

if TYPE_CHECKING:
    from egov.accounts.models import User

# Names of Wagtail's groups; who is in them follows from duties, never from a form.
GROUPS = {
    Duty.AUTHOR: "portal: author",
    Duty.EDITOR: "portal: editor",
    Duty.APPROVER: "portal: approver",
}


@dataclass(frozen=True)
class Official:
    """A person as the audit log names them, where Wagtail knows only the account."""

    user_id: int | None
    agency_id: int | None
    caption: str
    address: str = ""
    machine_key: str = ""


def performer_of(user: Any) -> Performer:
    """The official behind an account, in the position they hold today; the system where there is none."""
    if user is None or user.pk is None:
        return SYSTEM
    held = Membership.objects.current(timezone.localdate()).filter(user=user).select_related("agency").first()
    if held is None:
        return Official(user.pk, None, user.full_name)
    return Official(user.pk, held.agency_id, f"{user.full_name}, {held.position}, {held.agency.name}")


def duties_of(user: "User") -> frozenset[Duty]:
    """What the person does for the portal today."""
    from portal.content.models.posts import EditorialPost  # noqa: PLC0415  (models need this module)

    posts = EditorialPost.objects.current(timezone.localdate()).of_user(user.pk)
    return frozenset(Duty(duty) for duty in posts.values_list("duty", flat=True))


def mirror_groups(user: "User", duties: frozenset[Duty]) -> None:
    """Let Wagtail know what the person may do now: duties that ended are gone at the next click."""
    wanted = {GROUPS[duty] for duty in duties}
    held = set(user.groups.values_list("name", flat=True))
    if wanted != held:
        user.groups.set(Group.objects.filter(name__in=wanted))
