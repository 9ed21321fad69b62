"""A result is made public: redacted by one person, approved by another, for the law's days, with proof."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import deadlines
from complaints.actions.unnamed import require_unnamed
from complaints.models import Matter, Publication
from complaints.models.publication import LASTING, PublicationForm
from complaints.models.term import TermKey
from complaints.rules import settlement as rules
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.search.normalize import fold
from egov.workdays.terms import last_day
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

TEXT_LENGTH = 300
PROOF_LENGTH = 500
# Numbers that belong to one person: identity numbers, telephones, addresses of mail.
PERSONAL = re.compile(
    r"(?<![\d.])\d{9,12}(?!\d)"  # an identity number or telephone without gaps
    r"|(?<!\d)0\d{2,3}[ .]\d{3}[ .]\d{3,4}(?!\d)"  # a telephone in groups; no sum of money
    r"|[\w.+-]+@[\w-]+\.[\w.-]+"
)


class NotPublishable(Refusal):
    """Words or days are missing, or the days do not cover what the law asks for (rule 31)."""


class NotRedacted(Refusal):
    """The text still holds personal data (rule 32)."""


class NotToBeApproved(Refusal):
    """There is none to approve, or whoever redacted it may not approve it."""


class NotProvable(Refusal):
    """It is not approved, its days are not over, or its proof is missing."""


@dataclass(frozen=True, kw_only=True)
class Notice:
    """How, where and when, and the redacted words."""

    form: PublicationForm
    place: str
    starts_on: date
    ends_on: date
    title: str
    text: str


@action("complaints.prepare_publication", allowed=rules.may_prepare_publication)
def prepare_publication(actor: Actor, matter: Matter, notice: Notice, *, at: datetime) -> Publication:
    """Redact a result and set its days. Raises NotPublishable, NotRedacted, NamesDenouncer."""
    outcome = matter.outcomes.filter(issued_at__isnull=False).last()
    if outcome is None:
        raise NotPublishable(_("Chưa có quyết định, kết luận để công khai."))
    title, place = clean_line(notice.title)[:TEXT_LENGTH], clean_line(notice.place)[:TEXT_LENGTH]
    if not title or not place or not notice.text.strip():
        raise NotPublishable(_("Hãy ghi tiêu đề, nơi công khai và nội dung công khai."))
    _require_days(matter, notice, on=timezone.localdate(at))
    require_unnamed(actor, matter.letter, title, place, notice.text)
    left = left_over(matter, f"{title}\n{notice.text}")
    if left:
        raise NotRedacted(
            _(
                "Nội dung công khai còn %(count)d chỗ chứa dữ liệu cá nhân: %(kinds)s. "
                "Hãy xóa trước khi trình duyệt."
            )
            % {"count": len(left), "kinds": ", ".join(sorted(set(left)))}
        )
    return Publication.objects.create(
        outcome=outcome,
        form=notice.form,
        place=place,
        starts_on=notice.starts_on,
        ends_on=notice.ends_on,
        title=title,
        text=notice.text.strip(),
        prepared_at=at,
        prepared_by=actor.membership,
    )


@action("complaints.approve_publication", allowed=rules.may_approve_publication)
def approve_publication(actor: Actor, matter: Matter, *, publication_id: int, at: datetime) -> Publication:
    """A second person has read the redacted text. Raises NotToBeApproved."""
    publication = _of(matter, publication_id)
    if publication is None or publication.approved_at is not None:
        raise NotToBeApproved(_("Bản công khai này không chờ duyệt. Hãy tải lại trang."))
    if publication.prepared_by.user_id == actor.user_id:
        raise NotToBeApproved(_("Người soạn bản công khai không được tự duyệt. Hãy trình người khác."))
    if publication.starts_on < timezone.localdate(at):
        raise NotToBeApproved(
            _("Ngày bắt đầu công khai đã qua khi chưa duyệt: không thể duyệt lùi ngày. Hãy soạn lại.")
        )
    publication.approved_at, publication.approved_by = at, actor.membership
    publication.save(update_fields=["approved_at", "approved_by"])
    return publication


@action("complaints.prove_publication", allowed=rules.may_prepare_publication)
def prove_publication(
    actor: Actor, matter: Matter, *, publication_id: int, proof: str, at: datetime
) -> Publication:
    """Say by which minutes or issue it is shown that it was public on all its days. Raises NotProvable."""
    publication = _of(matter, publication_id)
    if publication is None or publication.approved_at is None or publication.proven_at is not None:
        raise NotProvable(_("Bản công khai này chưa duyệt, hoặc đã có minh chứng."))
    if timezone.localdate(at) < publication.ends_on:
        raise NotProvable(
            _("Thời gian công khai đến hết ngày %(day)s mới xong.")
            % {"day": f"{publication.ends_on:%d/%m/%Y}"}
        )
    shown = clean_line(proof)[:PROOF_LENGTH]
    if not shown:
        raise NotProvable(_("Hãy ghi biên bản hoặc minh chứng công khai."))
    publication.proof, publication.proven_at, publication.proven_by = shown, at, actor.membership
    publication.save(update_fields=["proof", "proven_at", "proven_by"])
    return publication


def left_over(matter: Matter, text: str) -> list[str]:
    """What a text to be published still holds of persons, by its kind and never by its words.

    Names of an open letter's people are known and looked for; those of a protected letter are in its seal,
    and are known by their traces alone (``unnamed``).
    """
    folded = fold(text)
    found = [_("số định danh, số điện thoại hoặc thư điện tử") for _hit in PERSONAL.findall(text)]
    if matter.letter.is_protected:
        return found
    for person in matter.letter.participants.all():
        if fold(person.name) in folded:
            found.append(_("họ tên người trên đơn"))
        if person.address and fold(person.address) in folded:
            found.append(_("địa chỉ người trên đơn"))
    return found


def _of(matter: Matter, publication_id: int) -> Publication | None:
    return (
        Publication.objects.select_for_update(of=("self",))
        .select_related("prepared_by")
        .filter(outcome__matter=matter, pk=publication_id)
        .first()
    )


def _require_days(matter: Matter, notice: Notice, *, on: date) -> None:
    if notice.ends_on < notice.starts_on or notice.starts_on < on:
        raise NotPublishable(
            _("Ngày công khai phải từ hôm nay trở đi, ngày kết thúc không trước ngày bắt đầu.")
        )
    if notice.form not in LASTING:
        return
    denounces = matter.kind in deadlines.DENOUNCING
    key = TermKey.DENUNCIATION_POSTING if denounces else TermKey.COMPLAINT_POSTING
    limit = deadlines.term(key, deadlines.law_day(matter.letter)).limit
    if notice.ends_on < last_day(notice.starts_on, limit):
        raise NotPublishable(
            _("Phải công khai ít nhất %(limit)s, đến hết ngày %(day)s.")
            % {"limit": limit, "day": f"{last_day(notice.starts_on, limit):%d/%m/%Y}"}
        )
