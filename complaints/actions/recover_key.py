"""A passphrase is lost: the head asks, two named people give their shares, the new custodian finishes.

No two of them ever type at the same screen: each share travels closed to the successor's key. The drill is
tests/complaints/actions/test_recovery.py.
"""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from complaints import rules
from complaints.actions.hand_over_key import require_custodian, wrap_for
from complaints.actions.open_seal import seal_faults_in_words
from complaints.actions.opened_key import opened
from complaints.models import GivenShare, Recovery, RecoveryKey, SealingKey, WrappedKey
from egov.notifications.send import Message, tell_members
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.sealing.envelope import unwrap, wrap
from egov.sealing.shares import join_shares
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

REASON_LENGTH = 500


class RecoveryNotPossible(Refusal):
    """No reason, one is running already, it is over, or a share is missing."""


@action("complaints.ask_recovery", allowed=rules.may_recover)
def ask_recovery(
    actor: Actor, recovery_key: RecoveryKey, successor: SealingKey, *, reason: str, at: datetime
) -> Recovery:
    """The head starts it for a new custodian. Raises RecoveryNotPossible, SuccessorNotAcceptable."""
    words = clean_line(reason)[:REASON_LENGTH]
    if not words:
        raise RecoveryNotPossible(_("Hãy ghi lý do phục hồi."))
    if recovery_key.recoveries.filter(finished_at=None, cancelled_at=None).exists():
        raise RecoveryNotPossible(_("Đang có một lần phục hồi chưa kết thúc."))
    require_custodian(successor, recovery_key.agency_id)
    if recovery_key.shares.filter(key__owner__user=successor.owner.user_id).exists():
        raise RecoveryNotPossible(_("Người giữ phần khóa phục hồi không được là người giữ khóa mới."))
    recovery = Recovery.objects.create(
        recovery_key=recovery_key, successor=successor, reason=words, asked_at=at, asked_by=actor.membership
    )
    holders = [share.key.owner for share in recovery_key.shares.select_related("key__owner")]
    tell_members(
        holders,
        Message(
            event="complaints.recovery_asked",
            text=_("Người đứng đầu yêu cầu phục hồi khóa niêm phong; cần phần khóa của bạn."),
            key=str(recovery.pk),
        ),
    )
    return recovery


@action("complaints.give_share", allowed=rules.may_give_share)
def give_share(actor: Actor, recovery: Recovery, *, passphrase: str, at: datetime) -> GivenShare:
    """One of the two gives their share for this occasion, to the successor alone.

    Raises RecoveryNotPossible, PassphraseRefused, SealDamaged.
    """
    if not recovery.is_running:
        raise RecoveryNotPossible(_("Lần phục hồi này đã kết thúc."))
    share = recovery.recovery_key.shares.select_related("key", "recovery_key").get(
        key__owner=actor.membership
    )
    if recovery.given.filter(share=share).exists():
        raise RecoveryNotPossible(_("Bạn đã giao phần khóa của mình."))
    private = opened(share.key, passphrase)
    given = GivenShare(recovery=recovery, share=share, given_at=at, given_by=actor.membership)
    with seal_faults_in_words():
        raw = unwrap(bytes(share.wrapped), private, context=share.context)
    given.wrapped = wrap(raw, bytes(recovery.successor.public_key), context=given.context)
    given.save()
    return given


@action("complaints.finish_recovery", allowed=rules.may_finish_recovery)
def finish_recovery(
    actor: Actor,  # noqa: ARG001  (for the frame)
    recovery: Recovery,
    *,
    passphrase: str,
    at: datetime,
) -> Recovery:
    """The new custodian joins both shares for one moment and closes every data key of the body for
    themselves. What the two gave is emptied; the shares they hold stay good for the next time.

    Raises RecoveryNotPossible, PassphraseRefused, SealDamaged.
    """
    if not recovery.is_running:
        raise RecoveryNotPossible(_("Lần phục hồi này đã kết thúc."))
    given = list(recovery.given.select_related("share__recovery_key", "recovery").order_by("share__ordinal"))
    if len(given) != len(("one", "other")):
        raise RecoveryNotPossible(_("Chưa đủ hai phần khóa. Cả hai người giữ phải giao phần khóa của mình."))
    private = opened(recovery.successor, passphrase)
    with seal_faults_in_words():
        first, second = (unwrap(bytes(one.wrapped), private, context=one.context) for one in given)
        recovered = join_shares(first, second, public_key=bytes(recovery.recovery_key.public_key))
    rows = WrappedKey.objects.filter(recovery_key=recovery.recovery_key, record__destroyed_at=None)
    wrap_for(
        [(one.record, bytes(one.wrapped)) for one in rows.select_related("record__letter")],
        recovered,
        recovery.successor,
    )
    _end(recovery.given.all())
    recovery.finished_at = at
    recovery.save(update_fields=["finished_at"])
    return recovery


@action("complaints.cancel_recovery", allowed=rules.may_cancel_recovery)
def cancel_recovery(
    actor: Actor,  # noqa: ARG001  (for the frame)
    recovery: Recovery,
    *,
    at: datetime,
) -> Recovery:
    """Stop it: shares already given are emptied. Raises RecoveryNotPossible."""
    if not recovery.is_running:
        raise RecoveryNotPossible(_("Lần phục hồi này đã kết thúc."))
    _end(recovery.given.all())
    recovery.cancelled_at = at
    recovery.save(update_fields=["cancelled_at"])
    return recovery


def _end(given: QuerySet[GivenShare]) -> None:
    given.update(wrapped=b"")
