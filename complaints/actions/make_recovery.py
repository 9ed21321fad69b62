"""The head names the two who together can bring back what a lost passphrase closed (issue 5, section 5)."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import rules
from complaints.enums import DutyKind
from complaints.models import Duty, RecoveryKey, RecoveryShare, SealingKey
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.sealing.envelope import wrap
from egov.sealing.shares import make_shared_key
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class HoldersNotAcceptable(Refusal):
    """Not two different people with keys of their own, or one of them keeps the body's key already."""


@action("complaints.make_recovery_key", allowed=rules.may_keep_keys)
def make_recovery_key(
    actor: Actor, agency: Agency, first: SealingKey, second: SealingKey, *, at: datetime
) -> RecoveryKey:
    """Make the body's recovery key and give each of the two their share, closed to their own key.

    What is sealed from now on is also closed for it; what was sealed before joins when a custodian wraps it
    (:func:`~complaints.actions.hand_over_key.wrap_for`). Raises HoldersNotAcceptable.
    """
    holders = (first, second)
    today = timezone.localdate()
    usable = SealingKey.objects.usable(today).filter(pk__in=[one.pk for one in holders], owner__agency=agency)
    if usable.values("owner__user").distinct().count() != len(holders):
        raise HoldersNotAcceptable(_("Hãy chọn hai người khác nhau của cơ quan, mỗi người đã có khóa riêng."))
    custodians = Duty.objects.current(today).filter(kind=DutyKind.CUSTODIAN)
    if custodians.filter(membership__user__in=[one.owner.user_id for one in holders]).exists():
        raise HoldersNotAcceptable(_("Người giữ khóa không được đồng thời giữ phần khóa phục hồi."))
    RecoveryKey.objects.current(agency.pk).update(closed_at=at)
    public_key, shares = make_shared_key()
    recovery_key = RecoveryKey.objects.create(
        agency=agency, public_key=public_key, made_at=at, made_by=actor.membership
    )
    for ordinal, (holder, share) in enumerate(zip(holders, shares, strict=True), start=1):
        row = RecoveryShare(recovery_key=recovery_key, ordinal=ordinal, key=holder)
        row.wrapped = wrap(share, bytes(holder.public_key), context=row.context)
        row.save()
    return recovery_key
