"""How figures are written for the public."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def per_cent(share: float) -> str:
    """A share between 0 and 1 as “97,5%”."""
    return _("%(number)s%%") % {"number": number_format(share * 100, 1)}
