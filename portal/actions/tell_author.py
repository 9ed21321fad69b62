"""Tell whoever wrote to the administration, and left an address, that there is an answer."""

from django.conf import settings

from portal.exchange.inquiry_mail import send_inquiry_mail
from portal.models import Inquiry


def tell_author(inquiry_id: int) -> None:
    """Send the e-mail. Raises SMTPException, OSError when the mail server does not take it now.

    Without a mail server nothing is sent: number and secret open the answer on its page.
    """
    inquiry = Inquiry.objects.exclude(author_email="").filter(pk=inquiry_id).first()
    if inquiry is not None and settings.NOTIFICATIONS_BY_EMAIL:
        send_inquiry_mail(inquiry)
