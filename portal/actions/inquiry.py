"""What becomes of an inquiry: written, passed on, answered, edited, published, withdrawn (domain: 4.2)."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from egov.numbering.next_number import next_number
from egov.numbering.secret import new_secret
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.taskqueue.enqueue import enqueue
from egov.workdays.limit import Limit, LimitUnit
from egov.workdays.load_calendar import calendar_of
from egov.workdays.terms import due
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal
from portal import rules
from portal.enums import FindableKind, InquiryKind, InquiryState, InquiryTask
from portal.models import Inquiry, InquiryPublication, InquiryTerm, drop_entry, index_entry
from portal.models.inquiry import SUBJECT_LENGTH, TEXT_LENGTH
from portal.rules.personal_data import personal_data_in
from portal.rules.wrongdoing import tells_of_wrongdoing

SECRET_LENGTH = 8
BOOK = "portal.inquiries"
LETTERS = {InquiryKind.QUESTION: "HD", InquiryKind.REPORT: "PA", InquiryKind.SUGGESTION: "KN"}


class InquiryIncomplete(Refusal):
    """Something is missing, or longer than it may be."""

    status = 422


class TellsOfWrongdoing(Refusal):
    """The text seems to accuse somebody: its author is asked first which way it should go (rule 56)."""

    status = 422


class NobodySorts(Refusal):
    """The agency that runs the portal is not known, so nobody would read the inquiry."""

    status = 503


class TermMissing(Refusal):
    """No term is in force for this kind of inquiry."""

    status = 503


class PersonalDataFound(Refusal):
    """What is to be published still names numbers or addresses of people."""

    status = 422


@dataclass(frozen=True, kw_only=True)
class Written:
    """What somebody wrote."""

    kind: InquiryKind
    subject: str
    text: str
    author_name: str
    author_email: str = ""
    author_phone: str = ""
    procedure_code: str = ""
    may_publish: bool = False
    # The author knows of the protected path and still wants it read as a report.
    wrongdoing_confirmed: bool = False


@action("portal.submit_inquiry", allowed=rules.may_submit_inquiry)
def submit_inquiry(performer: Performer, nothing: None, written: Written, *, at: datetime) -> Inquiry:  # noqa: ARG001
    """Take what somebody wrote, with its number, its secret and its terms.

    What tells of wrongdoing is taken only when its author confirmed it, and is then never published.
    Raises InquiryIncomplete, TellsOfWrongdoing, NobodySorts, TermMissing.
    """
    subject, text, name = written.subject.strip(), written.text.strip(), written.author_name.strip()
    if not subject or not text or not name:
        raise InquiryIncomplete(_("Hãy ghi đủ họ tên, tiêu đề và nội dung."))
    if len(subject) > SUBJECT_LENGTH or len(text) > TEXT_LENGTH:
        raise InquiryIncomplete(_("Nội dung dài quá mức cho phép. Hãy viết ngắn hơn."))
    accuses = tells_of_wrongdoing(subject, text)
    if accuses and not written.wrongdoing_confirmed:
        raise TellsOfWrongdoing(_("Nội dung có dấu hiệu nói về hành vi vi phạm của cán bộ, công chức."))
    coordinator = Agency.objects.filter(code=settings.INQUIRY_COORDINATOR).first()
    if coordinator is None:
        raise NobodySorts(_("Chưa có cơ quan đầu mối tiếp nhận. Hãy gọi đường dây nóng của tỉnh."))
    year = timezone.localdate(at).year
    number = next_number(agency_id=coordinator.pk, book=f"{BOOK}.{written.kind}", year=year)
    inquiry = Inquiry.objects.create(
        kind=written.kind,
        code=f"{LETTERS[InquiryKind(written.kind)]}-{year}-{number:06d}",
        secret=new_secret(SECRET_LENGTH),
        subject=subject,
        text=text,
        procedure_code=written.procedure_code.strip()[:40],
        author_name=name[:100],
        author_email=written.author_email,
        author_phone=written.author_phone,
        may_publish=written.may_publish and not accuses,
        names_wrongdoing=accuses,
        received_at=at,
        assign_by=_term_ends(coordinator, written.kind, InquiryTask.ASSIGN, at),
        due_at=_term_ends(coordinator, written.kind, InquiryTask.ANSWER, at),
        coordinator=coordinator,
    )
    inquiry.changes.create(
        before="", after=inquiry.state, at=at, user_id=performer.user_id, person=performer.caption
    )
    return inquiry


@action("portal.assign_inquiry", allowed=rules.may_assign)
def assign_inquiry(
    actor: Actor, inquiry: Inquiry, *, agency: Agency, note: str = "", at: datetime
) -> Inquiry:
    """Say which agency has to answer; again when it lies with the wrong one. The term does not begin anew."""
    inquiry.answering_agency = agency
    words = _("Giao %(agency)s trả lời.") % {"agency": agency.name}
    move(
        inquiry,
        to=InquiryState.ASSIGNED,
        by=actor,
        at=at,
        note=f"{words} {note}".strip(),
        also=["answering_agency"],
    )
    return inquiry


@action("portal.close_inquiry", allowed=rules.may_assign)
def close_inquiry(actor: Actor, inquiry: Inquiry, *, reason: str, at: datetime) -> Inquiry:
    """Leave it without an answer, with a reason that its author reads. Raises InquiryIncomplete."""
    if not reason.strip():
        raise InquiryIncomplete(_("Hãy ghi lý do để người gửi được biết."))
    move(inquiry, to=InquiryState.CLOSED, by=actor, at=at, note=reason.strip())
    _tell_author(inquiry)
    return inquiry


@action("portal.answer_inquiry", allowed=rules.may_answer)
def answer_inquiry(actor: Actor, inquiry: Inquiry, *, answer: str, at: datetime) -> Inquiry:
    """Answer in the name of one's agency. Raises InquiryIncomplete."""
    words = answer.strip()
    if not words or len(words) > TEXT_LENGTH:
        raise InquiryIncomplete(_("Hãy ghi nội dung trả lời, không quá 5000 ký tự."))
    inquiry.answer, inquiry.answered_at = words, at
    move(inquiry, to=InquiryState.ANSWERED, by=actor, at=at, also=["answer", "answered_at"])
    _tell_author(inquiry)
    return inquiry


@action("portal.propose_inquiry", allowed=rules.may_propose)
def propose_inquiry(
    actor: Actor, inquiry: Inquiry, *, subject: str, text: str, answer: str, at: datetime
) -> Inquiry:
    """Lay before the approver what the public is to read. Raises InquiryIncomplete, PersonalDataFound."""
    words = (subject.strip(), text.strip(), answer.strip())
    if not all(words):
        raise InquiryIncomplete(_("Hãy ghi đủ tiêu đề, câu hỏi và trả lời để công khai."))
    if found := personal_data_in("\n".join(words)):
        raise PersonalDataFound(
            _("Hãy bỏ thông tin cá nhân trước khi công khai: %(found)s.") % {"found": ", ".join(found[:5])}
        )
    inquiry.public_subject, inquiry.public_text, inquiry.public_answer = words
    inquiry.proposed_by = actor.membership
    move(
        inquiry,
        to=InquiryState.PROPOSED,
        by=actor,
        at=at,
        also=["public_subject", "public_text", "public_answer", "proposed_by"],
    )
    return inquiry


@action("portal.send_back_inquiry", allowed=rules.may_decide_publication)
def send_back_inquiry(actor: Actor, inquiry: Inquiry, *, reason: str, at: datetime) -> Inquiry:
    """Give it back to the editor with what is to be mended. Raises InquiryIncomplete."""
    if not reason.strip():
        raise InquiryIncomplete(_("Hãy ghi nội dung cần sửa."))
    move(inquiry, to=InquiryState.ANSWERED, by=actor, at=at, note=reason.strip())
    return inquiry


@action("portal.publish_inquiry", allowed=rules.may_decide_publication)
def publish_inquiry(actor: Actor, inquiry: Inquiry, *, at: datetime) -> InquiryPublication:
    """Let everybody read question and answer, as the editor proposed them."""
    move(inquiry, to=InquiryState.PUBLISHED, by=actor, at=at)
    editor = inquiry.proposed_by
    if editor is None or inquiry.answering_agency is None or inquiry.answered_at is None:
        raise InquiryIncomplete(_("Chưa có trả lời hoặc chưa có người đề nghị công khai."))
    shown = InquiryPublication.objects.create(
        inquiry=inquiry,
        kind=inquiry.kind,
        subject=inquiry.public_subject,
        text=inquiry.public_text,
        answer=inquiry.public_answer,
        answered_by=inquiry.answering_agency.name,
        asked_on=timezone.localdate(inquiry.received_at),
        answered_on=timezone.localdate(inquiry.answered_at),
        published_at=at,
        proposed_by=editor,
        published_by=actor.membership,
    )
    _let_find(shown)
    return shown


@action("portal.withdraw_inquiry", allowed=rules.may_decide_publication)
def withdraw_inquiry(actor: Actor, inquiry: Inquiry, *, reason: str, at: datetime) -> InquiryPublication:
    """Take it from the portal; the copy stays with who withdrew it and why. Raises InquiryIncomplete."""
    if not reason.strip():
        raise InquiryIncomplete(_("Hãy ghi lý do gỡ."))
    move(inquiry, to=InquiryState.WITHDRAWN, by=actor, at=at, note=reason.strip())
    shown = InquiryPublication.objects.select_for_update().get(inquiry=inquiry, withdrawn_at=None)
    shown.withdrawn_at, shown.withdrawn_by, shown.reason = at, actor.membership, reason.strip()[:500]
    shown.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
    drop_entry(kind=FindableKind.QUESTION, key=str(inquiry.pk))
    return shown


def _tell_author(inquiry: Inquiry) -> None:
    if inquiry.author_email:
        enqueue("portal.tell_author", inquiry_id=inquiry.pk)


def _let_find(shown: InquiryPublication) -> None:
    """The one search finds it from now on."""
    with translation.override("vi"):
        url = reverse("portal:question_detail", args=[shown.pk])
    index_entry(
        kind=FindableKind.QUESTION,
        key=str(shown.inquiry_id),
        title=shown.subject,
        summary=shown.answered_by,
        text=f"{shown.text} {shown.answer}",
        url=url,
        language="vi",
    )


def _term_ends(agency: Agency, kind: str, task: InquiryTask, at: datetime) -> datetime:
    on = timezone.localdate(at)
    term = InquiryTerm.objects.filter(kind=kind, task=task, valid_from__lte=on).first()
    if term is None:
        raise TermMissing(_("Chưa có quy định về thời hạn xử lý. Hãy gọi đường dây nóng của tỉnh."))
    return due(calendar_of(agency, on), at, Limit(term.amount, LimitUnit(term.unit)))
