"""Paper that came in at the registry is entered in the same register, in the same series (rule 5)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import rules
from documents.actions.receive import enter
from documents.enums import Circulation, DeliveryState, DocumentState, Source, Urgency
from documents.models import Delivery, Document, DocumentKind, IncomingEntry
from documents.rules.secrecy import marked_secret
from egov.files.models import StoredFile
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

# What a clerk writes for paper without a number.
NO_NUMBER = "không số"
AUTHOR_LENGTH, NOTATION_LENGTH, ABSTRACT_LENGTH, SIGNER_LENGTH = 200, 60, 500, 100


class SecretPaperRefused(Refusal):
    """Rule 30: no content of a state secret is kept here, not even a summary."""


class PaperNotAcceptable(Refusal):
    """A fact of the paper is missing or cannot be right."""


class AlreadyEntered(Refusal):
    """The same document has a number already: it came electronically, or was entered before."""


@dataclass(frozen=True, kw_only=True)
class PaperContent:
    """What the registry reads off the paper; the form offers ``secrecy`` only to refuse it in words."""

    kind: DocumentKind
    author_name: str
    notation: str
    dated_on: date
    abstract: str
    signer_name: str = ""
    urgency: Urgency = Urgency.NORMAL
    circulation: Circulation = Circulation.FREE
    due_on: date | None = None
    page_count: int = 0
    scan: StoredFile | None = None
    secrecy: str = ""


@action("documents.enter_paper", allowed=rules.may_enter_paper)
def enter_paper(actor: Actor, content: PaperContent, *, at: datetime) -> IncomingEntry:
    """Enter a paper document: one row for it, one for its handling here, the next số đến.

    Raises SecretPaperRefused, PaperNotAcceptable, AlreadyEntered.
    """
    content = _cleaned(content)
    if content.secrecy or marked_secret(content.abstract) or marked_secret(content.kind.name):
        raise SecretPaperRefused(
            _(
                "Văn bản có độ mật không được đăng ký trên hệ thống này, kể cả trích yếu. "
                "Hãy vào sổ đăng ký văn bản mật bằng giấy."
            )
        )
    _check(content, timezone.localdate(at))
    _refuse_second_entry(actor, content)
    document = Document.objects.create(
        agency=None,
        author_name=content.author_name,
        drafter=actor.membership,
        kind=content.kind,
        abstract=content.abstract,
        source=Source.PAPER,
        urgency=content.urgency,
        circulation=content.circulation,
        due_on=content.due_on,
        notation=content.notation,
        dated_on=content.dated_on,
        signer_name=content.signer_name,
        page_count=content.page_count,
        file=content.scan,
        state=DocumentState.RECEIVED,
    )
    delivery = Delivery.objects.create(
        document=document,
        agency=actor.agency,
        node=None,
        state=DeliveryState.REGISTERED,
        sent_at=at,
        arrived_at=at,
        registered_at=at,
        due_on=content.due_on,
    )
    delivery.changes.create(
        before="",
        after=DeliveryState.REGISTERED,
        at=at,
        user_id=actor.user_id,
        person=actor.caption,
        note=_("Văn bản giấy đến"),
    )
    return enter(actor, delivery, at=at)


def _cleaned(content: PaperContent) -> PaperContent:
    return replace(
        content,
        author_name=clean_line(content.author_name),
        notation=clean_line(content.notation),
        abstract=clean_line(content.abstract),
        signer_name=clean_line(content.signer_name),
    )


def _check(content: PaperContent, on: date) -> None:
    for text, limit, missing in (
        (content.author_name, AUTHOR_LENGTH, _("Hãy ghi cơ quan, người gửi văn bản.")),
        (
            content.notation,
            NOTATION_LENGTH,
            _("Hãy ghi số, ký hiệu của văn bản; nếu không có, ghi “Không số”."),
        ),
        (content.abstract, ABSTRACT_LENGTH, _("Hãy ghi trích yếu nội dung văn bản.")),
        (content.signer_name, SIGNER_LENGTH, ""),
    ):
        if missing and not text:
            raise PaperNotAcceptable(missing)
        if len(text) > limit:
            raise PaperNotAcceptable(
                _("“%(start)s…” dài quá %(limit)d ký tự.") % {"start": text[:30], "limit": limit}
            )
    if content.dated_on > on:
        raise PaperNotAcceptable(_("Ngày văn bản không thể sau ngày hôm nay."))


def _refuse_second_entry(actor: Actor, content: PaperContent) -> None:
    """Paper that follows an electronic original belongs to its entry; it gets no second number (rule 18)."""
    if content.notation.casefold() == NO_NUMBER:
        return
    author = content.author_name
    same_author = Q(document__author_name__iexact=author) | Q(document__agency__short_name__iexact=author)
    earlier = (
        Delivery.objects.filter(
            same_author,
            agency=actor.agency,
            document__notation__iexact=content.notation,
            document__dated_on=content.dated_on,
        )
        .select_related("incoming_entry")
        .first()
    )
    if earlier is None:
        return
    if hasattr(earlier, "incoming_entry"):
        raise AlreadyEntered(
            _("Văn bản này đã vào sổ với số đến %(number)d/%(year)d; bản giấy kèm theo bản đã đăng ký.")
            % {"number": earlier.incoming_entry.number, "year": earlier.incoming_entry.year}
        )
    raise AlreadyEntered(_("Văn bản này đã đến theo đường điện tử; hãy xử lý bản điện tử."))
