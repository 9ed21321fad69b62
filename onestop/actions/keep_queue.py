"""Which matters have a row of numbers of their own, and which windows serve them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.models import QueueGroup, Sector, Ticket, Window


class QueueNotAcceptable(Refusal):
    """Letters and windows of an agency are each there once; a window serves groups of its agency."""


@dataclass(frozen=True, kw_only=True)
class GroupFacts:
    """What an agency says about one of its groups."""

    letter: str
    name: str
    sectors: tuple[Sector, ...] = ()
    priority_share: int = 2
    is_open: bool = True


@action("onestop.keep_group", allowed=rules.may_keep_queue)
def keep_group(
    actor: Actor,  # noqa: ARG001  (for the rule and the audit row)
    agency: Agency,
    *,
    facts: GroupFacts,
    group: QueueGroup | None = None,
    at: datetime,
) -> QueueGroup:
    """Open a group or change it; its letter stays while tickets of today bear it.

    Raises QueueNotAcceptable.
    """
    letter = facts.letter.strip().upper()
    if not (1 <= len(letter) <= 2 and letter.isascii() and letter.isalpha()):  # noqa: PLR2004  (one or two letters)
        raise QueueNotAcceptable(_("Chữ đầu số là một hoặc hai chữ cái không dấu, ví dụ A."))
    if not facts.name.strip():
        raise QueueNotAcceptable(_("Hãy ghi tên lĩnh vực phục vụ."))
    same = QueueGroup.objects.filter(agency=agency, letter=letter).first()
    if same is not None and same != group:
        raise QueueNotAcceptable(_("Chữ “%(letter)s” đã dùng cho lĩnh vực khác.") % {"letter": letter})
    kept = group or QueueGroup(agency=agency)
    if group is not None and group.agency_id != agency.pk:
        raise QueueNotAcceptable(_("Lĩnh vực này thuộc cơ quan khác."))
    if group is not None and group.letter != letter and _has_tickets_today(group, at):
        raise QueueNotAcceptable(
            _("Hôm nay đã cấp số với chữ “%(old)s”; hãy đổi vào ngày khác.") % {"old": group.letter}
        )
    kept.letter, kept.name = letter, facts.name.strip()
    kept.priority_share, kept.is_open = facts.priority_share, facts.is_open
    kept.save()
    kept.sectors.set(facts.sectors)
    return kept


@action("onestop.keep_window", allowed=rules.may_keep_queue)
def keep_window(
    actor: Actor,  # noqa: ARG001  (for the rule and the audit row)
    agency: Agency,
    *,
    number: int,
    groups: Iterable[QueueGroup],
    at: datetime,  # noqa: ARG001
) -> Window:
    """Set up a window, or say anew which groups it serves. Raises QueueNotAcceptable."""
    served = list(groups)
    if not served:
        raise QueueNotAcceptable(_("Hãy chọn ít nhất một lĩnh vực cho quầy."))
    if any(group.agency_id != agency.pk for group in served):
        raise QueueNotAcceptable(_("Quầy chỉ phục vụ lĩnh vực của cơ quan mình."))
    if number < 1:
        raise QueueNotAcceptable(_("Số quầy bắt đầu từ 1."))
    window, _created = Window.objects.get_or_create(agency=agency, number=number)
    window.groups.set(served)
    return window


def _has_tickets_today(group: QueueGroup, at: datetime) -> bool:
    return Ticket.objects.filter(group=group, day=timezone.localdate(at)).exists()
