"""A custodian leaves, or another joins: what the one's key opens, the other's does too; the leaver's goes."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import rules
from complaints.actions.open_seal import seal_faults_in_words
from complaints.actions.opened_key import opened
from complaints.models import RecoveryKey, SealedRecord, SealingKey, WrappedKey
from egov.organizations.actor import Actor
from egov.sealing.envelope import rewrap
from egov.sealing.personal_key import OpenedKey
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

BATCH = 500


class SuccessorNotAcceptable(Refusal):
    """Not a custodian of the same body with a key of their own."""


class StillNeeded(Refusal):
    """Seals, or a share of recovery, would be lost with this key."""


@action("complaints.share_key", allowed=rules.may_hand_over_key)
def share_key(
    actor: Actor,  # noqa: ARG001  (for the frame)
    key: SealingKey,
    successor: SealingKey,
    *,
    passphrase: str,
) -> SealingKey:
    """A second custodian can open from now on what the first can; both keys stay in use.

    Also brings older seals to the recovery key in use. Raises SuccessorNotAcceptable, PassphraseRefused,
    SealDamaged.
    """
    require_custodian(successor, key.owner.agency_id)
    _wrap_all(key, opened(key, passphrase), successor)
    return successor


@action("complaints.hand_over_key", allowed=rules.may_hand_over_key)
def hand_over_key(
    actor: Actor,  # noqa: ARG001  (for the frame)
    key: SealingKey,
    successor: SealingKey,
    *,
    passphrase: str,
    at: datetime,
) -> SealingKey:
    """The custodian leaves: the successor opens all that they could, and the private half of their key is
    destroyed here. The data keys themselves stay: see the threat model.

    Raises SuccessorNotAcceptable, StillNeeded, PassphraseRefused, SealDamaged.
    """
    require_custodian(successor, key.owner.agency_id)
    if key.recovery_shares.filter(recovery_key__closed_at=None).exists():
        raise StillNeeded(
            _("Khóa này còn giữ một phần khóa phục hồi. Người đứng đầu phải chọn người khác trước.")
        )
    _wrap_all(key, opened(key, passphrase), successor)
    close_key(key, at=at)
    return successor


@action("complaints.drop_key", allowed=rules.may_hand_over_key)
def drop_key(actor: Actor, key: SealingKey, *, at: datetime) -> SealingKey:  # noqa: ARG001  (for the frame)
    """Put away a key that opens nothing that another does not: forgotten by a reader, left by a colleague.

    Raises StillNeeded.
    """
    if key.recovery_shares.filter(recovery_key__closed_at=None).exists():
        raise StillNeeded(
            _("Khóa này còn giữ một phần khóa phục hồi. Người đứng đầu phải chọn người khác trước.")
        )
    others = SealingKey.objects.of_custodians(key.owner.agency_id, timezone.localdate(at)).exclude(pk=key.pk)
    alone = WrappedKey.objects.filter(key=key, opening=None).exclude(
        record__wrapped_keys__in=WrappedKey.objects.filter(key__in=others, opening=None)
    )
    if alone.exists():
        raise StillNeeded(
            _("Còn niêm phong chỉ khóa này mở được. Hãy bàn giao hoặc phục hồi cho người khác.")
        )
    close_key(key, at=at)
    return key


def close_key(key: SealingKey, *, at: datetime) -> None:
    """The private half goes, and everything that was closed to it."""
    WrappedKey.objects.filter(key=key).delete()
    key.ciphertext, key.nonce, key.closed_at = b"", b"", at
    key.save(update_fields=["ciphertext", "nonce", "closed_at"])


def require_custodian(key: SealingKey, agency_id: int) -> None:
    """Raises SuccessorNotAcceptable."""
    usable = SealingKey.objects.of_custodians(agency_id, timezone.localdate())
    if not usable.filter(pk=key.pk).exists():
        raise SuccessorNotAcceptable(
            _("Người nhận phải đang được phân công giữ khóa và đã tạo khóa của mình.")
        )


def wrap_for(
    rows: list[tuple[SealedRecord, bytes]], private: OpenedKey, successor: SealingKey | RecoveryKey
) -> None:
    """Close these data keys for one more key, where they are not closed for it yet. Raises SealDamaged."""
    is_recovery = isinstance(successor, RecoveryKey)
    for_whom = {"recovery_key": successor} if is_recovery else {"key": successor, "opening": None}
    done = set(WrappedKey.objects.filter(**for_whom).values_list("record_id", flat=True))
    public_key = bytes(successor.public_key)
    with seal_faults_in_words():
        fresh = [
            WrappedKey(
                record=record,
                key=None if isinstance(successor, RecoveryKey) else successor,
                recovery_key=successor if isinstance(successor, RecoveryKey) else None,
                wrapped=rewrap(wrapped, private, public_key, context=record.context),
            )
            for record, wrapped in rows
            if record.pk not in done
        ]
    WrappedKey.objects.bulk_create(fresh, batch_size=BATCH)


def _wrap_all(key: SealingKey, private: OpenedKey, successor: SealingKey) -> None:
    own = WrappedKey.objects.filter(key=key, opening=None, record__destroyed_at=None)
    rows = [(one.record, bytes(one.wrapped)) for one in own.select_related("record__letter")]
    wrap_for(rows, private, successor)
    recovery_key = RecoveryKey.objects.current(key.owner.agency_id).first()
    if recovery_key is not None:
        wrap_for(rows, private, recovery_key)
