"""Who prepares a filing, adds to it and sends it: the citizen who began it, and nobody else."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from egov.workflow.performer import SYSTEM, Performer
from egov.workflow.verdict import ALLOWED, Verdict, refused
from portal.models import Citizen, Draft, Upload

NOT_FOUND = _("Không tìm thấy hồ sơ đang soạn.")


def may_begin_draft(performer: Performer, subject: None) -> Verdict:  # noqa: ARG001  (it does not exist yet)
    """Whoever has proved who they are."""
    if isinstance(performer, Citizen):
        return ALLOWED
    return refused(_("Hãy đăng nhập bằng tài khoản định danh điện tử để nộp hồ sơ."))


def may_write_draft(performer: Performer, draft: Draft) -> Verdict:
    """Its citizen, until it has been filed or has expired."""
    own = may_submit_draft(performer, draft)
    if not own:
        return own
    if draft.submitted_at is not None:
        return refused(_("Hồ sơ này đã được nộp nên không sửa được nữa."))
    if draft.expires_at <= timezone.now():
        return refused(_("Bản soạn này đã hết hạn lưu. Hãy bắt đầu hồ sơ mới."))
    return ALLOWED


def may_submit_draft(performer: Performer, draft: Draft) -> Verdict:
    """Its citizen, also again: the second click gets the first one's dossier."""
    if isinstance(performer, Citizen) and draft.citizen_id == performer.pk:
        return ALLOWED
    return refused(NOT_FOUND)


def may_send_bytes(performer: Performer, upload: Upload) -> Verdict:
    """As the draft that it belongs to."""
    return may_write_draft(performer, upload.draft)


def may_sign_receipt(performer: Performer, receipt: object) -> Verdict:  # noqa: ARG001
    """The system by itself: nobody signs a receipt by hand, and nobody chooses what it says."""
    return ALLOWED if performer is SYSTEM else refused(_("Giấy xác nhận do hệ thống tự ký."))
