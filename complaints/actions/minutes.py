"""The minutes of a reception: printed as said, agreed to by the visitor, signed by who received (rule 54)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils.translation import gettext as _

from complaints.enums import ReceptionForm, SessionEventKind
from complaints.models import ReceptionMinutes, Visit
from complaints.queries.reception_slips import minutes_paper
from complaints.rules import reception as law
from egov.files.store import put, read_checked
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.signing.models import Certificate
from egov.signing.providers.interface import OpenKey
from egov.signing.providers.software import provider
from egov.signing.sign import sign_attachment
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

PDF = "application/pdf"


class MinutesNotAcceptable(Refusal):
    """The minutes say nothing, or what they are about is not over."""


class NotAgreed(Refusal):
    """Minutes are signed once the visitor has heard and confirmed them."""


class NoPersonalKey(Refusal):
    """Whoever signs has no certificate of their own that holds."""

    status = 403


@action("complaints.write_minutes", allowed=law.may_keep_visit)
def write_minutes(actor: Actor, visit: Visit, *, text: str, at: datetime) -> ReceptionMinutes:
    """Print the minutes; written anew until they are signed, which needs a new confirmation.

    Of an online reception they hold every break of the line. Raises MinutesNotAcceptable.
    """
    words = text.strip()
    if not words:
        raise MinutesNotAcceptable(_("Hãy ghi diễn biến và kết luận của buổi tiếp."))
    if visit.is_protected:
        raise MinutesNotAcceptable(
            _("Biên bản làm việc với người tố cáo không lập ở đây; hãy đưa vào hồ sơ niêm phong của đơn.")
        )
    earlier = ReceptionMinutes.objects.select_for_update().filter(visit=visit).first()
    if earlier is not None and earlier.signed_at is not None:
        raise MinutesNotAcceptable(_("Biên bản đã ký số và không thay đổi được nữa."))
    events = []
    if visit.form == ReceptionForm.ONLINE:
        events = list(visit.session.events.all())
        if not events or events[-1].kind != SessionEventKind.ENDED:
            raise MinutesNotAcceptable(_("Hãy kết thúc buổi tiếp trực tuyến trước khi lập biên bản."))
    made = earlier or ReceptionMinutes(visit=visit)
    made.text, made.made_at, made.made_by = words, at, actor.membership
    made.agreed_at, made.agreed_how = None, ""
    made.file = put(minutes_paper(visit, words, events, at), media_type=PDF)
    made.save()
    return made


@action("complaints.confirm_minutes", allowed=law.may_keep_minutes)
def confirm_minutes(actor: Actor, minutes: ReceptionMinutes, *, how: str, at: datetime) -> ReceptionMinutes:  # noqa: ARG001
    """Note how the visitor confirmed what was read to them: a signature, a code, aloud on the line.

    Raises NotAgreed.
    """
    words = clean_line(how)[:200]
    if not words:
        raise NotAgreed(_("Hãy ghi công dân xác nhận biên bản bằng cách nào."))
    minutes.agreed_at, minutes.agreed_how = at, words
    minutes.save(update_fields=["agreed_at", "agreed_how"])
    return minutes


@action("complaints.sign_minutes", allowed=law.may_sign_minutes)
def sign_minutes(actor: Actor, minutes: ReceptionMinutes, *, key: OpenKey, at: datetime) -> ReceptionMinutes:
    """Sign them with a key already open; the paper before stays. Raises NotAgreed, NoPersonalKey."""
    if minutes.agreed_at is None:
        raise NotAgreed(_("Công dân chưa xác nhận biên bản nên chưa ký được."))
    if not Certificate.objects.filter(der=key.certificate_der, user=actor.user).exists():
        raise NoPersonalKey(_("Chứng thư số không phải của người đang ký."))
    notation = f"{minutes.visit.number:02d}/BB-TCD"
    signed = sign_attachment(read_checked(minutes.file), key, notation=notation, at=at)
    minutes.signed_file = put(signed, media_type=PDF)
    minutes.signed_at, minutes.signed_by = at, actor.membership
    minutes.save(update_fields=["signed_file", "signed_at", "signed_by"])
    return minutes


def sign_minutes_with_pin(
    actor: Actor, minutes: ReceptionMinutes, *, pin: str, at: datetime
) -> ReceptionMinutes:
    """The same with the PIN of the actor's own key. Raises WrongPin, KeyLocked besides."""
    with personal_key(actor, pin=pin, at=at) as key:
        return sign_minutes(actor, minutes, key=key, at=at)


@contextmanager
def personal_key(actor: Actor, *, pin: str, at: datetime) -> Iterator[OpenKey]:
    """The actor's own key, open for one signature. Raises NoPersonalKey and what opening a key raises."""
    certificate = Certificate.objects.usable(at).of_user(actor.user).first()
    if certificate is None:
        raise NoPersonalKey(_("Quý vị chưa có chứng thư số cá nhân còn hiệu lực để ký biên bản."))
    with provider.open(certificate, pin, at=at) as key:
        yield key
