"""An online reception and the minutes of a reception: who was checked, consented to what, said what."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints.enums import SessionEventKind

FOR_EVER = pgtrigger.Update | pgtrigger.Delete


class OnlineSession(models.Model):
    """The line of an online reception (rule 54); identity and consent come before anything is heard."""

    visit = models.OneToOneField("complaints.Visit", on_delete=models.PROTECT, related_name="session")
    room = models.CharField(_("phòng họp trực tuyến, điểm cầu"), max_length=200)
    identity_checked_at = models.DateTimeField(_("đối chiếu danh tính lúc"), null=True, blank=True)
    identity_checked_how = models.CharField(_("đối chiếu bằng"), max_length=200, blank=True)
    # None until the visitor was asked; a recording needs a yes, a reception does not.
    consents_to_recording = models.BooleanField(_("đồng ý ghi âm, ghi hình"), null=True, blank=True)
    consent_at = models.DateTimeField(_("hỏi ý kiến lúc"), null=True, blank=True)
    recording = models.CharField(_("mã lưu bản ghi"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(consents_to_recording=None, consent_at=None)
                | Q(consents_to_recording__isnull=False, consent_at__isnull=False),
                name="session_consent_has_time",
            ),
            models.CheckConstraint(
                condition=Q(recording="") | Q(consents_to_recording=True), name="session_recorded_by_consent"
            ),
        ]

    def __str__(self) -> str:
        return self.room


class SessionEvent(models.Model):
    """What happened on the line, minute by minute: dropped connections stand in the minutes."""

    session = models.ForeignKey(OnlineSession, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("sự việc"), max_length=8, choices=SessionEventKind.choices)
    at = models.DateTimeField(_("lúc"))
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)

    class Meta:
        ordering = ("at", "id")
        triggers = [pgtrigger.Protect(name="append_only", operation=FOR_EVER)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%H:%M}"


class ReceptionMinutes(models.Model):
    """The minutes of a reception (biên bản): as printed, agreed to by the visitor, signed electronically."""

    visit = models.OneToOneField("complaints.Visit", on_delete=models.PROTECT, related_name="minutes")
    made_at = models.DateTimeField(_("lập lúc"))
    made_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("diễn biến, ý kiến, kết luận"))
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    # How the visitor said that it is so: aloud on the record, by a code, by a signature of their own.
    agreed_at = models.DateTimeField(_("người dân xác nhận lúc"), null=True, blank=True)
    agreed_how = models.CharField(_("xác nhận bằng"), max_length=200, blank=True)
    signed_file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(_("ký số lúc"), null=True, blank=True)
    signed_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_file=None, signed_at=None, signed_by=None)
                | Q(signed_file__isnull=False, signed_at__isnull=False, signed_by__isnull=False),
                name="minutes_signed_by_somebody",
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.visit_id}"
