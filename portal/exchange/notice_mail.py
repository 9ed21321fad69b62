"""A notice as an e-mail: plain words, one-click unsubscribe, the same Message-ID when it is sent again."""

from email.utils import parseaddr
from hashlib import sha256

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from portal.models import ContactCode, Notice
from portal.queries import notice_words as words


def send_mail(notice: Notice) -> None:
    """Hand it to the mail server. Raises SMTPException, OSError."""
    citizen = notice.citizen
    with translation.override(citizen.language):
        stop = words.stop_address(notice)
        context = {
            "citizen": citizen,
            "sentence": words.sentence(notice),
            "page": words.page_of_dossier(notice),
            "settings_page": words.settings_address(),
            "stop": stop,
        }
        body = render_to_string("email/notice.txt", context)
        subject = words.subject(notice)
    headers = {"Message-ID": message_id(notice.key), "Auto-Submitted": "auto-generated"}
    if stop:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    deliver(EmailMessage(subject=subject, body=body, to=[citizen.email], headers=headers))


def send_code(asked: ContactCode, code: str) -> None:
    """The code with which an address is confirmed. Raises SMTPException, OSError."""
    with translation.override(asked.citizen.language):
        body = render_to_string("email/contact_code.txt", {"code": code, "expires_at": asked.expires_at})
        subject = translation.gettext("Cổng thông tin tỉnh Thái Bình: mã xác nhận địa chỉ thư")
    headers = {"Message-ID": message_id(f"code {asked.pk}"), "Auto-Submitted": "auto-generated"}
    deliver(EmailMessage(subject=subject, body=body, to=[asked.contact], headers=headers))


def deliver(message: EmailMessage) -> None:
    """Hand any message to the mail server. Raises SMTPException, OSError."""
    if not settings.NOTIFICATIONS_BY_EMAIL:
        raise OSError("no mail server")
    get_connection().send_messages([message])


def message_id(key: str) -> str:
    """Made of the occasion, so that a mail program shows a message once however often it came."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return f"<{sha256(key.encode()).hexdigest()[:40]}@{address.rpartition('@')[2] or 'localhost'}>"
