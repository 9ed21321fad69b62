"""Split a letter: a content that was found on reading becomes a part with a clock of its own (rule 2)."""

from datetime import datetime

from django.utils.translation import gettext as _

from complaints import rules
from complaints.actions.enter import add_matter
from complaints.actions.entry import MOST_CONTENTS, Content, EntryNotAcceptable, checked_content
from complaints.actions.pass_up import pass_up_where_due
from complaints.actions.unnamed import require_unnamed
from complaints.enums import MatterKind, Series
from complaints.models import Letter, Matter
from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class NeedsProtectedRegister(Refusal):
    """A letter with names turns out to denounce: as a whole it has to go under seal."""


@action("complaints.split", allowed=rules.may_split)
def split(actor: Actor, letter: Letter, content: Content, *, at: datetime) -> Matter:
    """Add one part to the letter; its clock runs from the letter's arrival.

    Raises EntryNotAcceptable, NeedsProtectedRegister, NamesDenouncer.
    """
    content = checked_content(content)
    require_unnamed(actor, letter, content.summary, content.request, content.subject)
    if content.denounces and not letter.is_protected:
        raise NeedsProtectedRegister(
            _("Đơn đã ghi tên người gửi mà có nội dung tố cáo thì phải chuyển cả đơn sang sổ tố cáo.")
        )
    if (content.kind == MatterKind.INFORMATION) != (letter.series == Series.INFORMATION):
        raise EntryNotAcceptable(
            _("Thông tin có nội dung tố cáo vào sổ riêng, không chung đơn với nội dung khác."), "kind"
        )
    if letter.matters.count() >= MOST_CONTENTS:
        raise EntryNotAcceptable(
            _("Mỗi đơn có từ 1 đến %(most)d nội dung.") % {"most": MOST_CONTENTS}, "summary"
        )
    matter = add_matter(letter, content, by=actor, at=at)
    pass_up_where_due([matter], at=at)
    return matter
