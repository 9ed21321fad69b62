"""What was promised to a visitor: made with a day, reported on, moved openly, kept with what was done."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.enums import PromiseState
from complaints.models import Promise, Visit
from complaints.rules import reception as law
from egov.notifications.send import Message, tell_members
from egov.organizations.actor import Actor
from egov.organizations.models import Membership
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal


class PromiseNotAcceptable(Refusal):
    """What is promised, by when or by whom is missing or cannot be."""


@dataclass(frozen=True, kw_only=True)
class Word:
    """What will be done or answered, by which day, and who sees to it."""

    text: str
    due_on: date
    keeper: Membership


@action("complaints.promise", allowed=law.may_promise)
def promise(actor: Actor, visit: Visit, word: Word, *, at: datetime) -> Promise:
    """Promise it to the visitor; whoever sees to it is told. Raises PromiseNotAcceptable."""
    text = clean_line(word.text)[:500]
    today = timezone.localdate(at)
    if visit.is_protected:
        raise PromiseNotAcceptable(_("Việc hứa với người tố cáo theo dõi tại đơn tố cáo, theo mã đơn."))
    if not text:
        raise PromiseNotAcceptable(_("Hãy ghi việc đã hứa với công dân."))
    if word.due_on < max(today, timezone.localdate(visit.started_at)):
        raise PromiseNotAcceptable(_("Hạn đã hứa không thể là ngày đã qua."))
    if word.keeper.agency_id != visit.agency_id or not word.keeper.holds_on(today):
        raise PromiseNotAcceptable(_("Người thực hiện phải đang giữ chức vụ tại cơ quan."))
    made = Promise.objects.create(
        visit=visit, text=text, first_due_on=word.due_on, due_on=word.due_on, keeper=word.keeper, made_at=at
    )
    _note(actor, made, at=at, after=word.due_on)
    message = _("Việc đã hứa tại lượt tiếp %(code)s giao cho Quý vị, hạn %(day)s.") % {
        "code": visit.code,
        "day": f"{word.due_on:%d/%m/%Y}",
    }
    tell_members(
        [word.keeper], Message(event="complaints.promised", text=message, key=str(made.pk), about=made)
    )
    return made


@action("complaints.report_promise", allowed=law.may_report_promise)
def report_promise(actor: Actor, promise: Promise, *, report: str, at: datetime) -> Promise:
    """Say what was found or prepared; who receives still tells the visitor. Raises PromiseNotAcceptable."""
    move(promise, to=PromiseState.REPORTED, by=actor, at=at, note=_words(report))
    return promise


@action("complaints.return_report", allowed=law.may_keep_promise)
def return_report(actor: Actor, promise: Promise, *, reason: str, at: datetime) -> Promise:
    """Send a report back that is not enough. Raises PromiseNotAcceptable."""
    move(promise, to=PromiseState.OPEN, by=actor, at=at, note=_words(reason))
    return promise


@action("complaints.keep_promise", allowed=law.may_keep_promise)
def keep_promise(actor: Actor, promise: Promise, *, by: str, at: datetime) -> Promise:
    """End it: by the document or the deed, once the visitor was told. Raises PromiseNotAcceptable."""
    promise.kept_by, promise.kept_at = _words(by), at
    move(
        promise,
        to=PromiseState.KEPT,
        by=actor,
        at=at,
        note=promise.kept_by,
        also=("kept_by", "kept_at"),
    )
    return promise


@action("complaints.postpone_promise", allowed=law.may_postpone_promise)
def postpone_promise(actor: Actor, promise: Promise, *, to: date, reason: str, at: datetime) -> Promise:
    """Promise another day; the first one stays on record with the reason. Raises PromiseNotAcceptable."""
    if to <= promise.due_on or to < timezone.localdate(at):
        raise PromiseNotAcceptable(_("Hạn mới phải sau hạn đã hứa và không phải ngày đã qua."))
    words, before = _words(reason), promise.due_on
    promise.due_on = to
    promise.save(update_fields=["due_on"])
    _note(actor, promise, at=at, before=before, after=to, words=words)
    return promise


def _note(
    actor: Actor,
    promise: Promise,
    *,
    at: datetime,
    after: date,
    before: date | None = None,
    words: str = "",
) -> None:
    promise.changes.create(
        before=promise.state if before else "",
        after=promise.state,
        at=at,
        user_id=actor.user_id,
        person=actor.caption,
        note=words,
        due_before=before,
        due_after=after,
    )


def _words(text: str) -> str:
    words = clean_line(text)[:500]
    if not words:
        raise PromiseNotAcceptable(_("Hãy ghi nội dung bằng lời."))
    return words
