"""An online reception: who is on the line is checked, recording asked about, each break of it noted."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.enums import SessionEventKind
from complaints.models import OnlineSession, SessionEvent
from complaints.rules import reception as law
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

K = SessionEventKind
# What may follow what on the line; None stands for a line that was never opened.
FOLLOWS = {
    None: (K.STARTED,),
    K.STARTED: (K.DROPPED, K.ENDED),
    K.DROPPED: (K.RESUMED, K.ENDED),
    K.RESUMED: (K.DROPPED, K.ENDED),
    K.ENDED: (),
}


class SessionNotReady(Refusal):
    """Identity and consent come before the line is opened (rule 54)."""


class LineOutOfOrder(Refusal):
    """A line that is down cannot drop, one that has ended cannot go on."""


class RecordedWithoutConsent(Refusal):
    """Who did not agree is not recorded."""


@action("complaints.check_identity", allowed=law.may_hold_session)
def check_identity(actor: Actor, session: OnlineSession, *, how: str, at: datetime) -> OnlineSession:  # noqa: ARG001
    """Note how the person on the screen was compared with their paper. Raises SessionNotReady."""
    words = clean_line(how)[:200]
    if not words:
        raise SessionNotReady(_("Hãy ghi cách đối chiếu danh tính: VNeID, căn cước trước máy quay."))
    session.identity_checked_at, session.identity_checked_how = at, words
    session.save(update_fields=["identity_checked_at", "identity_checked_how"])
    return session


@action("complaints.ask_consent", allowed=law.may_hold_session)
def ask_consent(actor: Actor, session: OnlineSession, *, consents: bool, at: datetime) -> OnlineSession:  # noqa: ARG001
    """Note whether the visitor agrees to be recorded; a no ends no reception. Raises SessionNotReady."""
    if session.recording and not consents:
        raise SessionNotReady(_("Bản ghi đã lưu theo sự đồng ý trước đó; hãy ghi ý kiến mới vào biên bản."))
    session.consents_to_recording, session.consent_at = consents, at
    session.save(update_fields=["consents_to_recording", "consent_at"])
    return session


@action("complaints.note_line", allowed=law.may_hold_session)
def note_line(
    actor: Actor,  # noqa: ARG001
    session: OnlineSession,
    *,
    kind: SessionEventKind,
    note: str = "",
    at: datetime,
) -> SessionEvent:
    """Note that the line was opened, dropped, came back or was closed; the minutes print it.

    Raises SessionNotReady, LineOutOfOrder.
    """
    kind = SessionEventKind(kind)
    if session.identity_checked_at is None or session.consent_at is None:
        raise SessionNotReady(
            _("Hãy đối chiếu danh tính và hỏi ý kiến về ghi âm, ghi hình trước khi bắt đầu.")
        )
    last = session.events.order_by("-at", "-pk").first()
    if kind not in FOLLOWS[SessionEventKind(last.kind) if last else None]:
        raise LineOutOfOrder(
            _("Không ghi được “%(kind)s” vào lúc này.") % {"kind": SessionEventKind(kind).label}
        )
    if last is not None and at < last.at:
        raise LineOutOfOrder(
            _("Đã có sự việc ghi lúc %(at)s, sau giờ này.") % {"at": f"{timezone.localtime(last.at):%H:%M}"}
        )
    return SessionEvent.objects.create(session=session, kind=kind, at=at, note=clean_line(note)[:300])


@action("complaints.keep_recording", allowed=law.may_hold_session)
def keep_recording(actor: Actor, session: OnlineSession, *, code: str, at: datetime) -> OnlineSession:  # noqa: ARG001
    """Note under which code the recording is kept. Raises RecordedWithoutConsent."""
    if not session.consents_to_recording:
        raise RecordedWithoutConsent(_("Người dân chưa đồng ý ghi âm, ghi hình nên không được lưu bản ghi."))
    session.recording = clean_line(code)[:200]
    session.save(update_fields=["recording"])
    return session
