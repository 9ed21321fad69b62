"""Tell citizens what happens to their dossiers: written down with what happened, sent after it is committed.

A row is sent by whoever holds its lock, and tried again with growing waits; a message that the task lost on
its way is found by the sweep. A mail server that took a message just before we died gets it again with the
same Message-ID: told twice is better than not at all.
"""

from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

import structlog
from django.db import transaction

from egov.notifications.announce import Announcement
from egov.notifications.channels.sms import SmsRejected, SmsUnavailable, send_sms
from egov.taskqueue.enqueue import enqueue
from portal.enums import NoticeChannel, NoticeSending
from portal.exchange.notice_mail import send_mail
from portal.models import Citizen, Notice
from portal.queries.notice_words import sms_text

log = structlog.get_logger(__name__)

# Seven tries within about a day: 1, 4, 16, 64, 256, 1024 minutes.
TRIES = 7
FIRST_WAIT = timedelta(minutes=1)
GROWS = 4
ERROR_LENGTH = 200
SWEPT_AT_ONCE = 200
PERMANENT = 500


class NotNow(Exception):
    """The message did not go out; it may later."""


class Never(Exception):
    """The message will never go out to that address."""


def hear(announcement: Announcement) -> None:
    """Write a notice for each citizen concerned and each channel that they chose; sent after commit.

    Whoever has never signed in, or has chosen nothing, is told by the office as before.
    """
    citizens = Citizen.objects.filter(personal_number__in=announcement.people)
    made = [
        Notice(
            citizen=citizen,
            agency_id=announcement.agency_id,
            channel=channel,
            event=announcement.event,
            subject_code=announcement.subject_code,
            subject_name=announcement.subject_name[:500],
            facts=dict(announcement.facts),
            key=f"{announcement.event}:{announcement.key}:{citizen.pk}:{channel}",
            made_at=announcement.at,
            next_try_at=announcement.at,
        )
        for citizen in citizens
        for channel in chosen(citizen)
    ]
    Notice.objects.bulk_create(made, ignore_conflicts=True)
    for one in (
        Notice.objects.waiting().filter(key__in=[one.key for one in made]).values_list("pk", flat=True)
    ):
        enqueue("portal.send_notice", notice_id=one)


def chosen(citizen: Citizen) -> list[NoticeChannel]:
    """The channels over which a citizen wants to be told, each with a confirmed address."""
    ways = ((citizen.by_email, NoticeChannel.EMAIL), (citizen.by_sms, NoticeChannel.SMS))
    return [channel for wanted, channel in ways if wanted]


@transaction.atomic
def send_notice(notice_id: int, at: datetime) -> bool:
    """Send one notice if it still waits and nobody else is at it; whether it went out."""
    notice = (
        Notice.objects.waiting()
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("citizen")
        .filter(pk=notice_id, next_try_at__lte=at)
        .first()
    )
    if notice is None:
        return False
    if notice.channel not in chosen(notice.citizen):
        notice.sending = NoticeSending.DROPPED
        notice.save(update_fields=["sending"])
        return False
    notice.attempts += 1
    try:
        _send(notice)
    except Never as error:
        _note_failure(notice, error, last=True, at=at)
        return False
    except NotNow as error:
        _note_failure(notice, error, last=notice.attempts >= TRIES, at=at)
        return False
    notice.sending, notice.sent_at, notice.last_error = NoticeSending.SENT, at, ""
    notice.save(update_fields=["sending", "sent_at", "last_error", "attempts"])
    return True


def sweep_notices(at: datetime) -> int:
    """Send tasks for notices whose time has come and that no message reached; how many."""
    late = Notice.objects.waiting().filter(next_try_at__lte=at).order_by("next_try_at")[:SWEPT_AT_ONCE]
    waiting = list(late.values_list("pk", flat=True))
    for one in waiting:
        enqueue("portal.send_notice", notice_id=one)
    return len(waiting)


def _send(notice: Notice) -> None:
    """Raises NotNow, Never."""
    try:
        if notice.channel == NoticeChannel.EMAIL:
            send_mail(notice)
        else:
            send_sms(key=notice.key, to=notice.citizen.phone, text=sms_text(notice))
    except SMTPRecipientsRefused as error:
        codes = [code for code, _words in error.recipients.values()]
        raise (Never if all(code >= PERMANENT for code in codes) else NotNow)(f"SMTP {codes}") from error
    except SMTPResponseException as error:
        # 5xx about the whole message; a wrong password of ours is no fault of the address.
        raise NotNow(f"SMTP {error.smtp_code}") from error
    except (SMTPException, OSError, SmsUnavailable) as error:
        raise NotNow(str(error) or type(error).__name__) from error
    except SmsRejected as error:
        raise Never(str(error)) from error


def _note_failure(notice: Notice, error: Exception, *, last: bool, at: datetime) -> None:
    notice.last_error = str(error)[:ERROR_LENGTH]
    notice.next_try_at = at + FIRST_WAIT * GROWS ** (notice.attempts - 1)
    if last:
        notice.sending = NoticeSending.FAILED
    notice.save(update_fields=["sending", "last_error", "next_try_at", "attempts"])
    log.warning("notice_not_sent", notice=notice.pk, channel=notice.channel, last=last, error=str(error))
