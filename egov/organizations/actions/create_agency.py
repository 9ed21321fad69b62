"""Found an agency."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from egov.organizations import rules
from egov.organizations.actor import Actor
from egov.organizations.enums import AgencyKind, Branch, CodeScheme, Level
from egov.organizations.models import AdministrativeUnit, Agency, AgencyCode, Placement
from egov.organizations.queries import tree
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class ParentNotThere(Refusal):
    """The agency above does not exist on that day."""


class CodeTaken(Refusal):
    """The code means another agency."""


@dataclass(frozen=True, slots=True)
class Founding:
    """The facts of a new agency."""

    name: str
    short_name: str
    abbreviation: str
    kind: AgencyKind
    branch: Branch
    level: Level
    unit: AdministrativeUnit
    code: str
    valid_from: date
    superior_name: str = ""


@action("organizations.create_agency", allowed=rules.may_reorganize)
def create_agency(actor: Actor, parent: Agency, *, founding: Founding) -> Agency:
    """Found an agency below another one, with its code, from a day on; its number series start at 01."""
    try:
        above = tree.place_of(parent, founding.valid_from)
    except tree.NoPlace as error:
        raise ParentNotThere(
            _("Cơ quan cấp trên không hoạt động vào ngày %(day)s.")
            % {"day": f"{founding.valid_from:%d/%m/%Y}"}
        ) from error
    code = founding.code.strip().upper()
    if Agency.objects.filter(code=code).exists() or tree.resolve_code(code, founding.valid_from):
        raise CodeTaken(_("Mã định danh %(code)s đã thuộc cơ quan khác.") % {"code": code})
    agency = Agency.objects.create(
        name=founding.name,
        short_name=founding.short_name,
        abbreviation=founding.abbreviation,
        kind=founding.kind,
        branch=founding.branch,
        level=founding.level,
        unit=founding.unit,
        superior_name=founding.superior_name,
        code=code,
        valid_from=founding.valid_from,
    )
    AgencyCode.objects.create(
        agency=agency, code=code, scheme=CodeScheme.QD20, valid_from=founding.valid_from
    )
    Placement.objects.create(
        agency=agency,
        parent=parent,
        path=f"{above.path}{agency.pk}/",
        depth=above.depth + 1,
        valid_from=founding.valid_from,
    )
    return agency
