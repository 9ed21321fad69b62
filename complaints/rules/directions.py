"""Which directions a matter may take, by its kind and whence it came (rules 14 and 19).

Complaints are guided, because the sender chooses the body; a complaint that a body or the press sent on may
be transferred. Denunciations, suggestions and reactions are transferred (domain: 5.4).
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from complaints.enums import Channel, Direction, MatterKind, MatterState, Source
from complaints.models import Matter
from egov.workflow.verdict import ALLOWED, Verdict, refused

K, D = MatterKind, Direction
ALWAYS = (D.ACCEPT, D.RETURN, D.URGE, D.FILE, D.STOP)
BY_KIND: Mapping[str, tuple[Direction, ...]] = {
    K.COMPLAINT: (*ALWAYS, D.COMPLETE, D.REFUSE, D.GUIDE),
    K.LAND_DISPUTE: (*ALWAYS, D.COMPLETE, D.GUIDE),
    K.DENUNCIATION: (*ALWAYS, D.REFUSE, D.TRANSFER),
    K.INFORMATION: (D.ACCEPT, D.RETURN, D.FILE, D.TRANSFER),
    K.SUGGESTION: (*ALWAYS, D.TRANSFER, D.ANSWER),
    K.REACTION: (*ALWAYS, D.TRANSFER, D.ANSWER),
}
# What may still be done in these states; in any other one nothing is proposed.
BY_STATE: Mapping[str, tuple[Direction, ...]] = {
    MatterState.PROCESSING: tuple(Direction),
    MatterState.INCOMPLETE: (D.FILE, D.STOP),
    MatterState.TRANSFERRED: (D.URGE,),
}
FROM_BODIES = (Source.PRESS, Source.TRANSFER, Source.COUNCIL, Source.DELEGATE, Source.FRONT, Source.CENTRAL)

GUIDED_INSTEAD = _(
    "Khiếu nại không thuộc thẩm quyền thì hướng dẫn người gửi, không chuyển đơn (Thông tư 05/2021/TT-TTCP)."
)
TRANSFERRED_INSTEAD = _(
    "Đơn loại này không thuộc thẩm quyền thì chuyển cơ quan có thẩm quyền, không hướng dẫn."
)
NOT_FOR_THIS_KIND = _("Hướng xử lý này không áp dụng cho loại đơn này.")
# The way that a clerk may have in mind, and the sentence that shows the right one.
INSTEAD: Mapping[tuple[str, str], object] = {
    (K.COMPLAINT, D.TRANSFER): GUIDED_INSTEAD,
    (K.DENUNCIATION, D.GUIDE): TRANSFERRED_INSTEAD,
    (K.INFORMATION, D.GUIDE): TRANSFERRED_INSTEAD,
    (K.SUGGESTION, D.GUIDE): TRANSFERRED_INSTEAD,
    (K.REACTION, D.GUIDE): TRANSFERRED_INSTEAD,
}


def may_go(matter: Matter, direction: Direction) -> Verdict:
    """Whether the law lets such a matter go that way; the sentence says which way it goes instead."""
    if direction not in BY_STATE.get(matter.state, ()):
        return refused(_("Hướng xử lý này không áp dụng ở trạng thái hiện tại của đơn."))
    if direction == D.RETURN and not came_from_elsewhere(matter):
        return refused(_("Chỉ trả lại đơn do cơ quan khác chuyển đến."))
    sent_by_body = direction == D.TRANSFER and matter.letter.source in FROM_BODIES
    if direction in BY_KIND[matter.kind] or (matter.kind == K.COMPLAINT and sent_by_body):
        return ALLOWED
    return refused(INSTEAD.get((matter.kind, direction), NOT_FOR_THIS_KIND))


def offered(matter: Matter) -> tuple[Direction, ...]:
    """The directions that a page offers, in the order of the law's table."""
    return tuple(one for one in Direction if may_go(matter, one))


def came_from_elsewhere(matter: Matter) -> bool:
    """Whether another body sent it here, through the network or on paper."""
    return matter.letter.channel == Channel.TRANSFERRED or bool(matter.letter.sent_by)
