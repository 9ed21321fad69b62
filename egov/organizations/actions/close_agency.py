"""End an agency."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from egov.organizations import rules
from egov.organizations.actions.place_agency import lock_tree
from egov.organizations.actor import Actor
from egov.organizations.models import Agency, AgencyCode, Placement
from egov.organizations.queries import tree
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class NotExisting(Refusal):
    """The agency does not exist on the day before its end."""


class HasAgenciesBelow(Refusal):
    """Agencies below it would hang on nothing."""


class HasLaterPlace(Refusal):
    """The agency moves on a later day; history is written forwards."""


@action("organizations.close_agency", allowed=rules.may_reorganize)
def close_agency(actor: Actor, agency: Agency, *, on: date) -> Agency:
    """From that day on the agency no longer exists: it may not issue, its number series stand still.

    Its documents, people and places stay as history (Công văn 414/BNV-VTLTNN).
    """
    end_agency(agency, on)
    return agency


def end_agency(agency: Agency, on: date) -> None:
    """Write the end of an agency, of its place and of its codes. Raises what close_agency refuses."""
    lock_tree()
    if on <= agency.valid_from or not agency.exists_on(on):
        raise NotExisting(
            _("Cơ quan %(name)s không hoạt động vào ngày %(day)s.")
            % {"name": agency.name, "day": f"{on:%d/%m/%Y}"}
        )
    if tree.children(agency, on).exists():
        raise HasAgenciesBelow(
            _("%(name)s còn cơ quan cấp dưới; hãy chuyển hoặc kết thúc các cơ quan đó trước.")
            % {"name": agency.name}
        )
    places = Placement.objects.filter(agency=agency)
    if places.filter(valid_from__gte=on).exists():
        raise HasLaterPlace(_("Cơ quan đã được sắp xếp lại từ hoặc sau ngày này; hãy chọn ngày muộn hơn."))
    still_open = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    places.filter(still_open).update(valid_to=on)
    # A code that would have come into force later never does.
    codes = AgencyCode.objects.filter(agency=agency)
    codes.filter(valid_from__gte=on).delete()
    codes.filter(still_open).update(valid_to=on)
    agency.valid_to = on
    agency.save(update_fields=["valid_to"])
