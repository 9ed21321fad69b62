"""Who may come in by the portal's door."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.enums import DutyKind
from complaints.models import Duty
from egov.organizations.models import Agency
from egov.workflow.performer import Performer
from egov.workflow.verdict import ALLOWED, Verdict, refused


def may_send(performer: Performer, agency: Agency) -> Verdict:  # noqa: ARG001
    """Everybody may write to a body that has somebody who opens its letters."""
    if (
        Duty.objects.current(timezone.localdate())
        .filter(membership__agency=agency, kind=DutyKind.INTAKE)
        .exists()
    ):
        return ALLOWED
    return refused(_("Cơ quan này chưa tiếp nhận đơn qua Cổng thông tin. Hãy chọn cơ quan khác."))
