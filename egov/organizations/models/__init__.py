from egov.organizations.models.agency import Agency, AgencyCode, Placement, Succession
from egov.organizations.models.delegation import Delegation
from egov.organizations.models.department import Department
from egov.organizations.models.machine_key import MachineKey
from egov.organizations.models.membership import Membership
from egov.organizations.models.unit import AdministrativeUnit

__all__ = [
    "AdministrativeUnit",
    "Agency",
    "AgencyCode",
    "Delegation",
    "Department",
    "MachineKey",
    "Membership",
    "Placement",
    "Succession",
]
