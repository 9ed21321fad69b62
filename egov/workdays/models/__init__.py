from egov.workdays.models.holiday import Holiday
from egov.workdays.models.working_hours import WorkingHours

__all__ = ["Holiday", "WorkingHours"]
