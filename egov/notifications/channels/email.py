"""Notifications by e-mail: a line, never the content of a document."""

from collections.abc import Sequence

from django.core.mail import EmailMessage, get_connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from egov.notifications.models import Notification
from egov.organizations.models import Membership


def send_by_email(keys: Sequence[str]) -> int:
    """Send those notifications to the addresses of whom they are for; return the number of messages.

    Raises SMTPException or OSError when the mail server does not take them: the task tries again.
    """
    messages = []
    for notification in Notification.objects.filter(key__in=keys).select_related("member__user", "agency"):
        for member in _readers(notification):
            with translation.override(member.user.language):
                messages.append(
                    EmailMessage(
                        subject=_("Văn phòng điện tử: có việc mới"),
                        body=_(
                            "Kính gửi %(name)s,\n\n%(text)s\n\nĐề nghị đăng nhập hệ thống để xem và xử lý."
                        )
                        % {"name": member.user.full_name, "text": notification.text},
                        to=[member.user.email],
                    )
                )
    if messages:
        get_connection().send_messages(messages)
    return len(messages)


def _readers(notification: Notification) -> list[Membership]:
    if notification.member is not None:
        members = [notification.member]
    else:
        members = list(
            Membership.objects.current(timezone.localdate())
            .filter(agency=notification.agency, role=notification.role)
            .select_related("user")
        )
    return [member for member in members if member.user.email]
