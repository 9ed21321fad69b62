"""The e-mail that says that an inquiry has its answer: its number and where to read it, nothing else.

Subject and text name nobody and no matter: who else sees the mailbox learns only that somebody wrote.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from portal.enums import InquiryState
from portal.exchange.notice_mail import deliver, message_id
from portal.models import Inquiry


def send_inquiry_mail(inquiry: Inquiry) -> None:
    """Hand it to the mail server. Raises SMTPException, OSError."""
    # What somebody wrote in is in Vietnamese, as is its answer.
    with translation.override(settings.LANGUAGE_CODE):
        page = f"{settings.PORTAL_URL}{reverse('portal:inquiry_follow')}" if settings.PORTAL_URL else ""
        closed = inquiry.state == InquiryState.CLOSED
        context = {"code": inquiry.code, "closed": closed, "page": page}
        body = render_to_string("email/inquiry_answered.txt", context)
        subject = _("Cổng thông tin tỉnh Thái Bình: đã có trả lời")
    headers = {"Message-ID": message_id(f"inquiry {inquiry.pk}"), "Auto-Submitted": "auto-generated"}
    deliver(EmailMessage(subject=subject, body=body, to=[inquiry.author_email], headers=headers))
