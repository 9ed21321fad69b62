"""Small parts of pages that need a calculation: deadlines, icons."""

from datetime import date, datetime
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

SOON_DAYS = 3


@register.inclusion_tag("components/c_deadline.html")
def deadline(due_on: date | None, *, done: bool = False) -> dict[str, Any]:
    """A deadline in words and colour: “còn 2 ngày”, “quá hạn 3 ngày”; nothing when there is none.

    ``done`` shows the day without urging.
    """
    if due_on is None:
        return {"due_on": None}
    days = (due_on - timezone.localdate()).days
    if done:
        words, kind = "", "done"
    elif days < 0:
        words, kind = (
            ngettext("quá hạn %(days)d ngày", "quá hạn %(days)d ngày", -days) % {"days": -days},
            "over",
        )
    elif days == 0:
        words, kind = _("hết hạn hôm nay"), "soon"
    else:
        words = ngettext("còn %(days)d ngày", "còn %(days)d ngày", days) % {"days": days}
        kind = "soon" if days <= SOON_DAYS else "far"
    return {"due_on": due_on, "words": words, "kind": kind}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing from static/img/icons.svg; always beside words, so it is hidden from readers."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("img/icons.svg"),
        name,
    )


@register.filter
def day_or_time(moment: datetime | None) -> str:
    """A moment as a list shows it: the time when it is today, else the day."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return local.strftime("%H:%M" if local.date() == timezone.localdate() else "%d/%m/%Y")


@register.filter
def share(part: int, whole: int) -> int:
    """Part of a whole in per cent, rounded down: 100 means all."""
    return part * 100 // whole if whole else 0
