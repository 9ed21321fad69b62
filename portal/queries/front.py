"""What the front page tells besides the search: what is new, and how the month went."""

from datetime import datetime

from onestop import public as onestop
from onestop.public import MonthShare
from portal.enums import FindableKind
from portal.models import Findable

NEWS_SHOWN = 4


def newest(language: str, *, at: datetime) -> list[Findable]:
    """The last news in that language, newest first."""
    news = Findable.objects.visible(language, at).filter(kind=FindableKind.NEWS, visible_from__isnull=False)
    return list(news.defer("text", "title_words", "all_words").order_by("-visible_from", "-pk")[:NEWS_SHOWN])


def month_figures() -> MonthShare | None:
    """The last month that is closed; None before there is one."""
    return onestop.newest_month()
