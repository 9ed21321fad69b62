"""Write a draft: its facts, its text or PDF, its recipients and attachments (Decree 30/2020, Art. 10)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from documents import rules
from documents.enums import Circulation, Source, Urgency
from documents.models import Delivery, Document, DocumentKind, Recipient
from documents.queries.recipients import RecipientChoice, chosen_agencies
from documents.rules.secrecy import marked_secret, stamped_secret
from egov.organizations.actor import Actor
from egov.organizations.models import Agency, Department
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

ABSTRACT_LENGTH = 500
BODY_LENGTH = 500_000
NAMED = 5  # more names than these do not help the reader of a refusal


class SecretRefused(Refusal):
    """Rule 30: nothing marked secret is kept here, not even as a draft."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Văn bản có dấu hiệu độ mật (mật, tối mật, tuyệt mật): hệ thống này không được soạn, lưu "
                "hay gửi bí mật nhà nước. Không có nội dung nào được lưu; hãy xử lý theo chế độ văn bản "
                "mật trên giấy."
            )
        )


class DraftNotAcceptable(Refusal):
    """A fact of the draft cannot be kept as it is."""


class RecipientNotAcceptable(Refusal):
    """A chosen recipient is the sender itself, has ended, or is unknown."""


@dataclass(frozen=True, kw_only=True)
class DraftContent:
    """What a drafter writes down. ``secrecy`` is what the form offers only to refuse it in words."""

    kind: DocumentKind
    abstract: str
    source: Source = Source.COMPOSED
    body: str = ""
    department: Department | None = None
    urgency: Urgency = Urgency.NORMAL
    circulation: Circulation = Circulation.FREE
    due_on: date | None = None
    answers: Delivery | None = None
    secrecy: str = ""


@action("documents.create_draft", allowed=rules.may_draft)
def create_draft(actor: Actor, content: DraftContent, *, at: datetime) -> Document:
    """Begin a document of the actor's agency."""
    document = Document(agency=actor.agency, author_name=actor.agency.name, drafter=actor.membership)
    _fill(actor, document, content, at=at)
    document.save()
    return document


@action("documents.edit_draft", allowed=rules.may_edit)
def edit_draft(actor: Actor, document: Document, content: DraftContent, *, at: datetime) -> Document:
    """Change a draft; a draft that turns from an uploaded PDF into a composed text lets the PDF go."""
    _fill(actor, document, content, at=at)
    if document.source == Source.COMPOSED:
        document.file = document.uploaded_file = None
        document.page_count = 0
    document.save()
    return document


@action("documents.set_recipients", allowed=rules.may_edit)
def set_recipients(actor: Actor, document: Document, choice: RecipientChoice, *, at: datetime) -> int:
    """Make the draft's recipients exactly those chosen; set-based. Returns how many they are."""
    on = timezone.localdate(at)
    if actor.agency.pk in choice.agency_ids:
        raise RecipientNotAcceptable(
            _("Nơi nhận không thể là chính cơ quan ban hành. Hãy bỏ cơ quan mình khỏi nơi nhận.")
        )
    chosen = dict(chosen_agencies(choice, sender_id=actor.agency.pk, on=on).values_list("pk", "name"))
    _refuse_unknown_and_ended(choice, chosen, on)
    document.recipients.exclude(agency_id__in=chosen).delete()
    Recipient.objects.bulk_create(
        [Recipient(document=document, agency_id=agency_id) for agency_id in sorted(chosen)],
        ignore_conflicts=True,
    )
    return len(chosen)


def _refuse_unknown_and_ended(choice: RecipientChoice, chosen: dict[int, str], on: date) -> None:
    if not choice.agency_ids <= set(chosen):
        raise RecipientNotAcceptable(
            _("Có nơi nhận không tồn tại trong danh mục cơ quan. Hãy chọn lại nơi nhận.")
        )
    existing = set(Agency.objects.existing(on).filter(pk__in=choice.agency_ids).values_list("pk", flat=True))
    ended = [chosen[agency_id] for agency_id in sorted(choice.agency_ids - existing)]
    if ended:
        raise RecipientNotAcceptable(
            _("Nơi nhận không hoạt động ngày %(day)s: %(names)s. Hãy bỏ khỏi nơi nhận.")
            % {"day": f"{on:%d/%m/%Y}", "names": "; ".join(ended[:NAMED])}
        )


def _fill(actor: Actor, document: Document, content: DraftContent, *, at: datetime) -> None:
    abstract, on = clean_line(content.abstract), timezone.localdate(at)
    if (
        content.secrecy
        or marked_secret(abstract)
        or marked_secret(content.kind.name)
        or stamped_secret(content.body)
    ):
        raise SecretRefused
    if not abstract:
        raise DraftNotAcceptable(_("Hãy ghi trích yếu nội dung văn bản."))
    if len(abstract) > ABSTRACT_LENGTH:
        raise DraftNotAcceptable(
            _("Trích yếu dài %(length)d ký tự, tối đa %(limit)d. Hãy viết ngắn hơn.")
            % {"length": len(abstract), "limit": ABSTRACT_LENGTH}
        )
    if len(content.body) > BODY_LENGTH:
        raise DraftNotAcceptable(_("Nội dung quá dài để soạn tại đây. Hãy tải lên dưới dạng tệp PDF."))
    if content.source not in (Source.COMPOSED, Source.UPLOADED):
        raise DraftNotAcceptable(_("Văn bản đi được soạn trên hệ thống hoặc tải lên dưới dạng tệp PDF."))
    if not content.kind.valid_from <= on or (content.kind.valid_to and on >= content.kind.valid_to):
        raise DraftNotAcceptable(_("Loại văn bản này không còn được dùng. Hãy chọn loại khác."))
    if content.department and content.department.agency_id != actor.agency.pk:
        raise DraftNotAcceptable(_("Đơn vị soạn thảo không thuộc cơ quan ban hành."))
    if content.answers and not Delivery.objects.visible_to(actor).filter(pk=content.answers.pk).exists():
        raise DraftNotAcceptable(_("Văn bản đến được trả lời không thuộc phạm vi xử lý của Quý vị."))
    if content.due_on and content.due_on < on:
        raise DraftNotAcceptable(_("Hạn trả lời không thể ở trong quá khứ."))
    document.kind = content.kind
    document.abstract = abstract
    document.source = content.source
    # A NUL has no place in a database text; line breaks are the body's own.
    document.body = content.body.replace("\x00", "") if content.source == Source.COMPOSED else ""
    document.department = content.department or actor.membership.department
    document.urgency = content.urgency
    document.circulation = content.circulation
    document.due_on = content.due_on
    document.answers = content.answers
