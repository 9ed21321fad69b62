"""How a citizen wants to be told: an address counts only once the code that was sent to it has been typed."""

import hmac
import secrets
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from egov.notifications.channels.sms import SmsRejected, SmsUnavailable, send_sms
from egov.taskqueue.enqueue import enqueue
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from portal import rules
from portal.enums import NoticeChannel
from portal.exchange.notice_mail import send_code as mail_code
from portal.models import Citizen, ContactCode

CODE_LASTS = timedelta(minutes=15)
DIGITS = 6
MOST_TRIES = 5
# Codes that one citizen may have sent within an hour: the portal must not be a way to write to strangers.
MOST_CODES = 5


class TooManyCodes(Refusal):
    """Codes are sent a few times an hour."""

    status = 429


class CodeWrong(Refusal):
    """The code is not the one that was sent, or no longer good."""

    status = 422


class NotConfirmed(Refusal):
    """A channel needs an address that its owner has confirmed."""


@action("portal.ask_contact_code", allowed=rules.may_choose_channels)
def ask_contact_code(
    citizen: Citizen,  # noqa: ARG001
    subject: Citizen,
    *,
    channel: NoticeChannel,
    contact: str,
    at: datetime,
) -> ContactCode:
    """Send a code to an address that the citizen says is theirs. Raises TooManyCodes."""
    recent = ContactCode.objects.filter(citizen=subject, asked_at__gt=at - timedelta(hours=1))
    if recent.count() >= MOST_CODES:
        raise TooManyCodes(_("Đã gửi nhiều mã trong giờ này. Hãy thử lại sau một giờ."))
    ContactCode.objects.filter(citizen=subject, channel=channel, used_at=None).update(expires_at=at)
    asked = ContactCode.objects.create(
        citizen=subject,
        channel=channel,
        contact=contact,
        nonce=secrets.token_urlsafe(32),
        asked_at=at,
        expires_at=at + CODE_LASTS,
    )
    enqueue("portal.send_contact_code", contact_code_id=asked.pk)
    return asked


@action("portal.confirm_contact", allowed=rules.may_choose_channels)
def confirm_contact(
    citizen: Citizen,  # noqa: ARG001
    subject: Citizen,
    *,
    channel: NoticeChannel,
    code: str,
    at: datetime,
) -> Citizen | None:
    """The address is theirs and they are told there from now on; None for a wrong code, which is counted."""
    asked = (
        ContactCode.objects.select_for_update()
        .filter(citizen=subject, channel=channel, used_at=None, expires_at__gt=at, tries__lt=MOST_TRIES)
        .first()
    )
    if asked is None:
        return None
    if not hmac.compare_digest(code_of(asked).encode(), code.strip().encode(errors="replace")):
        ContactCode.objects.filter(pk=asked.pk).update(tries=F("tries") + 1)
        return None
    asked.used_at = at
    asked.save(update_fields=["used_at"])
    if channel == NoticeChannel.EMAIL:
        subject.email, subject.email_confirmed_at, subject.by_email = asked.contact, at, True
        subject.save(update_fields=["email", "email_confirmed_at", "by_email"])
    else:
        subject.phone, subject.phone_confirmed_at, subject.by_sms = asked.contact, at, True
        subject.save(update_fields=["phone", "phone_confirmed_at", "by_sms"])
    return subject


@action("portal.choose_channels", allowed=rules.may_choose_channels)
def choose_channels(
    citizen: Citizen,  # noqa: ARG001
    subject: Citizen,
    *,
    by_email: bool,
    by_sms: bool,
    language: str,
) -> Citizen:
    """Over which channels, in which language. Raises NotConfirmed."""
    if (by_email and subject.email_confirmed_at is None) or (by_sms and subject.phone_confirmed_at is None):
        raise NotConfirmed(_("Hãy xác nhận địa chỉ thư hoặc số điện thoại trước khi chọn nhận tin ở đó."))
    subject.by_email, subject.by_sms, subject.language = by_email, by_sms, language
    subject.save(update_fields=["by_email", "by_sms", "language"])
    return subject


@action("portal.stop_channel", allowed=rules.may_stop_channel)
def stop_channel(performer: Citizen, subject: Citizen, *, channel: str) -> Citizen:  # noqa: ARG001
    """No more messages over that channel: from a message's own link, without signing in."""
    field = "by_email" if channel == NoticeChannel.EMAIL else "by_sms"
    setattr(subject, field, False)
    subject.save(update_fields=[field])
    return subject


def code_of(asked: ContactCode) -> str:
    """The code, worked out anew each time: six digits that nobody can find in the database."""
    words = f"{asked.pk} {asked.contact} {asked.nonce}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), words, "sha256").digest()
    return str(int.from_bytes(digest[:8], "big") % 10**DIGITS).zfill(DIGITS)


def send_contact_code(contact_code_id: int, at: datetime) -> bool:
    """Send it if it is still good; False when it is not. Raises what the task tries again for."""
    asked = ContactCode.objects.filter(pk=contact_code_id, used_at=None, expires_at__gt=at).first()
    if asked is None:
        return False
    if asked.channel == NoticeChannel.EMAIL:
        mail_code(asked, code_of(asked))
    else:
        text = _("Mã xác nhận số điện thoại trên Cổng thông tin tỉnh Thái Bình: %(code)s")
        send_sms(key=f"code {asked.pk}", to=asked.contact, text=text % {"code": code_of(asked)})
    return True


NOT_SENT = (SMTPException, OSError, SmsUnavailable)
NEVER_SENT = (SmsRejected,)
