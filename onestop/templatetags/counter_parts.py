"""Small parts of the counter's pages."""

from datetime import datetime

from django import template
from django.utils import timezone

from egov.workdays.weekday import Weekday

register = template.Library()


@register.filter
def weekday(moment: datetime | None) -> str:
    """The day of the week by its official name."""
    return str(Weekday(timezone.localtime(moment).weekday()).label) if moment else ""
