"""Small parts of the counter's pages."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from egov.signing.verification import Status
from egov.workdays.weekday import Weekday

register = template.Library()
CHECK_CLASSES = {
    Status.VALID: "check-yes",
    Status.INVALID: "check-no",
    Status.NOT_DETERMINED: "check-unknown",
}


@register.filter
def weekday(moment: datetime | None) -> str:
    """The day of the week by its official name."""
    return str(Weekday(timezone.localtime(moment).weekday()).label) if moment else ""


@register.filter
def seal_check_class(status: str) -> str:
    """The mark beside the answer to one question about a signature; the words say the same."""
    return CHECK_CLASSES[Status(status)]


@register.filter
def dong(amount: int) -> str:
    """An amount of money: 50.000 đ."""
    return _("%(amount)s đ") % {"amount": number_format(amount, use_l10n=True, force_grouping=True)}
