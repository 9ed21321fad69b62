"""A letter that denounces the head of the body that received it goes to the body above by itself.

Breach by the head is for the head of the superior body (domain: 6.2), and everybody at the receiving body
serves below the one denounced: nobody there may propose or approve anything about it (rule 17).
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import rules
from complaints.actions.send_on import send_on
from complaints.enums import MatterState
from complaints.models import Matter, Transfer
from complaints.queries.paper_words import Said
from complaints.queries.superior import superior_of
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.performer import SYSTEM, System
from egov.workflow.refusal import Refusal


class NobodyAbove(Refusal):
    """The body stands at the top of the network: its superior is outside, and the letter is sent on paper."""


@action("complaints.pass_up", allowed=rules.may_pass_up)
def pass_up(performer: System, matter: Matter, *, at: datetime) -> Transfer:
    """Transfer it to the agency directly above, at once. Raises NobodyAbove."""
    superior = superior_of(matter, on=timezone.localdate(at))
    if superior is None:
        raise NobodyAbove(_("Không có cơ quan cấp trên trong hệ thống để chuyển đơn này."))
    if matter.state == MatterState.ENTERED:
        move(matter, to=MatterState.PROCESSING, by=performer, at=at)
    said = Said(
        words=_("Đơn thuộc thẩm quyền của người đứng đầu cơ quan cấp trên (Luật Tố cáo 25/2018/QH14).")
    )
    return send_on(performer, matter, said, recipient=superior, name=superior.name, at=at)


def pass_up_where_due(matters: Iterable[Matter], *, at: datetime) -> None:
    """Part of an entry or a correction: what is about one's own head leaves at once, where anybody is above.

    At the top of the network it stays, seen by nobody there, until it is sent on paper.
    """
    for matter in matters:
        if rules.is_about_own_head(matter) and superior_of(matter, on=timezone.localdate(at)) is not None:
            pass_up(SYSTEM, matter, at=at)
