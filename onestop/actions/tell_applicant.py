"""Let the applicant hear what happened to their dossier, wherever people of the public are reached."""

from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from egov.notifications.announce import Announcement, announce
from onestop.models import Dossier


class ApplicantEvent(models.TextChoices):
    """What happens to a dossier that its applicant is told of, wherever they are."""

    RECEIVED = "received", _("Hồ sơ được tiếp nhận")
    REFUSED = "refused", _("Hồ sơ không được tiếp nhận")
    SUPPLEMENT = "supplement", _("Hồ sơ cần bổ sung giấy tờ")
    PAYMENT = "payment", _("Hồ sơ cần nộp phí, lệ phí")
    LATE = "late", _("Cơ quan xin lỗi và hẹn lại ngày trả kết quả")
    STOPPED = "stopped", _("Hồ sơ dừng giải quyết")
    RESULT = "result", _("Hồ sơ đã có kết quả")


def tell_applicant(
    dossier: Dossier,
    event: ApplicantEvent,
    *,
    key: object = "",
    at: datetime,
    **facts: date | datetime | None,
) -> None:
    """Owner and submitter both hear of it; only days and moments go along, never a reason or a secret.

    ``key`` tells apart what can happen to one dossier more than once.
    """
    people = {dossier.owner.personal_number, dossier.submitter.personal_number} - {""}
    if not people:
        return
    announce(
        Announcement(
            event=f"onestop.{event}",
            key=f"{dossier.pk}:{key}",
            people=tuple(sorted(people)),
            agency_id=dossier.receiving_agency_id,
            subject_code=str(dossier),
            subject_name=dossier.version.name,
            at=at,
            facts={name: moment.isoformat() for name, moment in facts.items() if moment is not None},
        )
    )
