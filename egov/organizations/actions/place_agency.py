"""Move an agency, with everything below it, to another place in the tree."""

from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from egov.organizations import rules
from egov.organizations.actor import Actor
from egov.organizations.models import Agency, Placement
from egov.organizations.models.period import in_force
from egov.organizations.queries import tree
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class NotPlaced(Refusal):
    """One of the two agencies has no place in the tree on that day."""


class UnderItself(Refusal):
    """An agency cannot hang below itself."""


class MovedLater(Refusal):
    """Something below moves on a later day; history is written forwards."""


@action("organizations.place_agency", allowed=rules.may_reorganize)
def place_agency(actor: Actor, agency: Agency, *, parent: Agency, on: date) -> Agency:
    """From that day on the agency and all below it hang below another one; earlier days stay as they were."""
    move_subtree(agency, parent, on)
    return agency


def move_subtree(agency: Agency, parent: Agency, on: date) -> None:
    """Close the places of the whole subtree and open new ones: six statements for any number of agencies."""
    lock_tree()
    try:
        place, above = tree.place_of(agency, on), tree.place_of(parent, on)
    except tree.NoPlace as error:
        raise NotPlaced(
            _("Cơ quan không hoạt động vào ngày %(day)s nên không sắp xếp lại được.")
            % {"day": f"{on:%d/%m/%Y}"}
        ) from error
    if above.path.startswith(place.path):
        raise UnderItself(_("Không thể đặt một cơ quan dưới chính nó hoặc dưới cơ quan cấp dưới của nó."))
    rows = list(Placement.objects.filter(in_force(on), path__startswith=place.path))
    moving = [row.agency_id for row in rows]
    if Placement.objects.filter(agency__in=moving, valid_from__gt=on).exists():
        raise MovedLater(_("Trong nhánh này đã có thay đổi sau ngày được chọn; hãy chọn ngày muộn hơn."))
    kept = len(place.path) - len(f"{agency.pk}/")
    opened = [
        Placement(
            agency_id=row.agency_id,
            parent_id=parent.pk if row.agency_id == agency.pk else row.parent_id,
            path=above.path + row.path[kept:],
            depth=row.depth - place.depth + above.depth + 1,
            valid_from=on,
            valid_to=row.valid_to,
        )
        for row in rows
    ]
    closing = Placement.objects.filter(pk__in=[row.pk for row in rows])
    closing.filter(valid_from=on).delete()  # a place that would have been held for no day
    closing.update(valid_to=on)
    Placement.objects.bulk_create(opened)


def lock_tree() -> None:
    """One change of the tree at a time, until the transaction ends; readers do not wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('agency_tree'))")
