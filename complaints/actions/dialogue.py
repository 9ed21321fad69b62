"""The dialogue is called in writing, held and minuted (rule 28)."""

from datetime import datetime

from django.utils.translation import gettext as _

from complaints.enums import Stage
from complaints.models import Dialogue, Matter
from complaints.rules import settlement as rules
from egov.organizations.actor import Actor
from egov.organizations.models import Membership
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

PLACE_LENGTH = 300


class DialogueNotCalled(Refusal):
    """Place, content or time is missing."""


class DialogueNotMinuted(Refusal):
    """There is no such dialogue without minutes, or the minutes lack what the law asks for."""


@action("complaints.call_dialogue", allowed=rules.may_hold_dialogue)
def call_dialogue(
    actor: Actor, matter: Matter, *, meets_at: datetime, place: str, content: str, at: datetime
) -> Dialogue:
    """Set time, place and content, as the written notice says them. Raises DialogueNotCalled."""
    where = clean_line(place)[:PLACE_LENGTH]
    if not where or not content.strip():
        raise DialogueNotCalled(_("Hãy ghi địa điểm và nội dung đối thoại."))
    if meets_at < at:
        raise DialogueNotCalled(_("Thời gian đối thoại đã qua."))
    return Dialogue.objects.create(
        matter=matter,
        meets_at=meets_at,
        place=where,
        content=content.strip(),
        called_at=at,
        called_by=actor.membership,
    )


@action("complaints.minute_dialogue", allowed=rules.may_hold_dialogue)
def minute_dialogue(
    actor: Actor,
    matter: Matter,
    *,
    dialogue_id: int,
    chaired_by: Membership,
    complainant_came: bool,
    is_signed: bool,
    minutes: str,
    at: datetime,
) -> Dialogue:
    """Keep the minutes, once. Who was called and stayed away is minuted as absent. Raises DialogueNotMinuted.

    The second time whoever settles it chairs, so the chair is a leader of the body (domain: 6.1).
    """
    dialogue = matter.dialogues.filter(pk=dialogue_id, minuted_at__isnull=True).first()
    if dialogue is None:
        raise DialogueNotMinuted(_("Cuộc đối thoại này không có hoặc đã lập biên bản. Hãy tải lại trang."))
    if dialogue.meets_at > at:
        raise DialogueNotMinuted(_("Chưa đến thời gian đối thoại nên chưa lập biên bản."))
    if not minutes.strip():
        raise DialogueNotMinuted(_("Hãy ghi nội dung biên bản đối thoại."))
    if chaired_by.agency_id != matter.agency_id:
        raise DialogueNotMinuted(_("Người chủ trì phải công tác tại cơ quan giải quyết."))
    if matter.stage == Stage.SECOND and not rules.may_sign_outcome(matter, chaired_by.user_id):
        raise DialogueNotMinuted(_("Người bị khiếu nại không được chủ trì đối thoại lần hai."))
    if complainant_came and not is_signed:
        raise DialogueNotMinuted(
            _("Biên bản phải có đủ chữ ký; ai không ký thì biên bản ghi rõ lý do và đánh dấu đã đủ.")
        )
    dialogue.chaired_by, dialogue.complainant_came, dialogue.is_signed = (
        chaired_by,
        complainant_came,
        is_signed,
    )
    dialogue.minutes, dialogue.minuted_at, dialogue.minuted_by = minutes.strip(), at, actor.membership
    dialogue.save()
    return dialogue
