"""Who notes that people were told of a result, and who lets everybody read an answer."""

from django.utils.translation import gettext_lazy as _

from complaints.enums import MatterKind, MatterState
from complaints.models import Matter
from complaints.rules.settlement import decides, works
from egov.organizations.actor import Actor, SignedOut
from egov.workflow.verdict import Verdict, refused

Anyone = Actor | SignedOut
S = MatterState
SENT_FROM = (S.SETTLING, S.SUSPENDED, S.SETTLED)
# Whose answers everybody may read (issue of citizens' portal): never those of a denunciation or a complaint.
PUBLIC_KINDS = (MatterKind.SUGGESTION, MatterKind.REACTION)


def may_note_sending(actor: Anyone, matter: Matter) -> Verdict:
    """Handler or leader, from acceptance until the file is closed; what is owed is asked by the action."""
    if matter.state not in SENT_FROM:
        return refused(_("Đơn chưa thụ lý hoặc hồ sơ đã lưu nên không ghi việc gửi thông báo, kết quả."))
    return works(actor, matter)


def may_prepare_answer(actor: Anyone, matter: Matter) -> Verdict:
    """Handler or leader, once an open suggestion or reaction was answered."""
    barred = _barred(matter)
    return barred if barred is not None else works(actor, matter)


def may_approve_answer(actor: Anyone, matter: Matter) -> Verdict:
    """A leader; that it is another person than who redacted it is asked by the action."""
    barred = _barred(matter)
    return barred if barred is not None else decides(actor, matter)


def may_withdraw_answer(actor: Anyone, matter: Matter) -> Verdict:
    """A leader takes it from the portal, or gives the redacted text back."""
    return may_approve_answer(actor, matter)


def _barred(matter: Matter) -> Verdict | None:
    if matter.kind not in PUBLIC_KINDS or matter.letter.is_protected:
        return refused(
            _("Chỉ công khai trả lời kiến nghị, phản ánh; không công khai tố cáo, khiếu nại ở đây.")
        )
    if matter.state != S.ANSWERED:
        return refused(_("Kiến nghị, phản ánh chưa có văn bản trả lời."))
    return None
