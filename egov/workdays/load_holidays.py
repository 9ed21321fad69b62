"""Fills the table of holidays from the ``holidays`` library, which knows the lunar calendar."""

from collections.abc import Iterable

import holidays

from egov.workdays.models import Holiday

LIBRARY = "Bộ luật Lao động 45/2019/QH14, Điều 112; thông báo hằng năm (thư viện holidays)"


def load_holidays(years: Iterable[int]) -> int:
    """Add the closed days and made-up Saturdays of these years; returns how many days are new.

    A day that is already in the table stays as it is: an administrator's correction outlives every upgrade.
    """
    known = holidays.country_holidays("VN", years=list(years), language="vi", expand=False)
    rows = [
        Holiday(day=day, kind=Holiday.Kind.CLOSED, name=name, source=LIBRARY) for day, name in known.items()
    ]
    rows += [
        Holiday(day=day, kind=Holiday.Kind.WORKING, name="Ngày làm bù", source=LIBRARY)
        for day in known.weekend_workdays
        if day not in known
    ]
    before = Holiday.objects.count()
    Holiday.objects.bulk_create(rows, ignore_conflicts=True)
    return Holiday.objects.count() - before
