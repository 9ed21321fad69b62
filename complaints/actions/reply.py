"""Tell the body that sent a letter what became of it, and note what an urged body answers."""

from datetime import datetime

from django.utils.translation import gettext as _

from complaints import rules
from complaints.actions.issue_paper import issue_paper
from complaints.models import Matter, MatterPaper, Transfer, Urging
from complaints.queries.paper_words import Said
from egov.notifications.send import Message, tell_members
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

WORDS_LENGTH = 4000
ANSWER_LENGTH = 1000


class NothingSaid(Refusal):
    """A reply says something."""


@action("complaints.reply", allowed=rules.may_reply)
def reply(actor: Actor, matter: Matter, *, words: str, at: datetime) -> MatterPaper:
    """Write the reply to the body that sent the letter; its handler there is told. Raises NothingSaid."""
    words = words.strip()[:WORDS_LENGTH]
    if not words:
        raise NothingSaid(_("Hãy ghi kết quả báo cho nơi chuyển đơn."))
    came = Transfer.objects.select_related("sender", "matter__handler").filter(received=matter).first()
    said = Said(
        words=words,
        addressee=matter.letter.sent_by,
        signer_name=actor.user.full_name,
        signer_position=actor.membership.position,
    )
    sender = came.sender if came else None
    paper = issue_paper(actor, matter, MatterPaper.Kind.REPLY, said, addressee=sender, at=at)
    if came is not None and came.matter.handler is not None:
        text = _("%(agency)s báo kết quả đơn %(code)s đã chuyển.") % {
            "agency": actor.agency.name,
            "code": came.matter.letter.code,
        }
        message = Message(event="complaints.replied", text=text, key=str(paper.pk), about=came.matter.letter)
        tell_members([came.matter.handler], message)
    return paper


@action("complaints.note_answer", allowed=rules.may_note_answer)
def note_answer(actor: Actor, urging: Urging, *, answer: str, at: datetime) -> Urging:  # noqa: ARG001
    """The urged body answered: the letter is followed no longer. Raises NothingSaid."""
    answer = clean_line(answer)[:ANSWER_LENGTH]
    if not answer:
        raise NothingSaid(_("Hãy ghi nội dung trả lời."))
    urging.answered_at, urging.answer = at, answer
    urging.save(update_fields=["answered_at", "answer"])
    return urging
