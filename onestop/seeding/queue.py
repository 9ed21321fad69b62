"""A queue for the demo: the province's centre with three rows of numbers, each commune with one."""

from egov.organizations.enums import Level, Role
from egov.organizations.models import Agency, Membership
from onestop.models import QueueGroup, Window

CENTRE = (
    ("A", "Hộ tịch, chứng thực, lý lịch tư pháp", 2),
    ("B", "Đất đai, xây dựng", 2),
    ("C", "Doanh nghiệp, đầu tư", 1),
)
COMMUNE = (("A", "Tất cả lĩnh vực", 1),)


def seed_queue() -> bool:
    """Open the queues of agencies with counter staff; False when they are there."""
    if QueueGroup.objects.exists():
        return False
    staffed = Membership.objects.filter(role=Role.COUNTER).values("agency_id")
    agencies = list(Agency.objects.filter(pk__in=staffed).order_by("pk"))
    groups = QueueGroup.objects.bulk_create(
        QueueGroup(agency=agency, letter=letter, name=name)
        for agency in agencies
        for letter, name, _windows in _plan(agency)
    )
    opened = {(group.agency_id, group.letter): group for group in groups}
    windows, serves = [], []
    for agency in agencies:
        number = 0
        for letter, _name, count in _plan(agency):
            for _ in range(count):
                number += 1
                windows.append(Window(agency=agency, number=number))
                serves.append(opened[agency.pk, letter])
    Window.objects.bulk_create(windows)
    Window.groups.through.objects.bulk_create(
        Window.groups.through(window_id=window.pk, queuegroup_id=group.pk)
        for window, group in zip(windows, serves, strict=True)
    )
    return True


def _plan(agency: Agency) -> tuple[tuple[str, str, int], ...]:
    return COMMUNE if agency.level == Level.COMMUNE else CENTRE
