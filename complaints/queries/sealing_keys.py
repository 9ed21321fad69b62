"""Who keeps the seal of a body, who holds its recovery, what is under way: for those concerned with it."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import rules
from complaints.models import Letter, Recovery, RecoveryKey, SealingKey, Transfer, WrappedKey
from egov.organizations.actor import Actor
from egov.workflow.refusal import NotPermitted, Refusal


class RecoveryNotFound(Refusal):
    """There is none at this body."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("Không tìm thấy lần phục hồi khóa này."))


@dataclass(frozen=True)
class Keyring:
    """The seal of one body on one page."""

    own: SealingKey | None
    custodians: list[SealingKey]
    recovery_key: RecoveryKey | None
    recovery_is_whole: bool
    running: Recovery | None

    @property
    def is_complete(self) -> bool:
        """Whether denunciations can be taken in."""
        return bool(self.custodians) and self.recovery_is_whole


def own_key(actor: Actor) -> SealingKey | None:
    """The key in use of the position in use."""
    return SealingKey.objects.filter(owner=actor.membership, closed_at=None).first()


def keyring(actor: Actor) -> Keyring:
    """The body's keys, without anything that opens. Raises NotPermitted."""
    verdict = rules.may_see_keys(actor, actor.agency)
    if not verdict:
        raise NotPermitted(verdict.reason)
    today = timezone.localdate()
    recovery_key = (
        RecoveryKey.objects.current(actor.agency.pk).prefetch_related("shares__key__owner__user").first()
    )
    running = None
    if recovery_key is not None:
        running = (
            recovery_key.recoveries.filter(finished_at=None, cancelled_at=None)
            .select_related("successor__owner__user")
            .prefetch_related("given")
            .first()
        )
    return Keyring(
        own=own_key(actor),
        custodians=list(_with_owners(SealingKey.objects.of_custodians(actor.agency.pk, today))),
        recovery_key=recovery_key,
        recovery_is_whole=recovery_key is not None and recovery_key.is_whole(today),
        running=running,
    )


def keys_of_agency(actor: Actor) -> QuerySet[SealingKey]:
    """Keys in use of people of the body: public halves and owners, to choose from."""
    today = timezone.localdate()
    usable = SealingKey.objects.usable(today).filter(owner__agency=actor.agency)
    return _with_owners(usable).order_by("owner__user__full_name", "pk")


def running_recovery(actor: Actor, pk: int) -> Recovery:
    """One that is under way at the actor's body. Raises RecoveryNotFound."""
    recovery = Recovery.objects.filter(pk=pk, recovery_key__agency=actor.agency).first()
    if recovery is None or not rules.may_see_keys(actor, actor.agency):
        raise RecoveryNotFound
    return recovery


@dataclass(frozen=True, slots=True)
class Annex:
    """A letter whose seal the actor's key opens, and what it became at the body that took it over."""

    letter: Letter
    recipient: Letter


def annexes_to_send(actor: Actor) -> list[Annex]:
    """Letters that another body took over and whose seal has not gone there (rule 16); none that the actor
    may not send."""
    mine = WrappedKey.objects.filter(key__owner=actor.membership, opening=None, record__destroyed_at=None)
    waiting = (
        Transfer.objects.filter(
            matter__letter__in=mine.values("record__letter"),
            received__letter__is_protected=True,
            received__letter__sealed_records=None,
        )
        .select_related("matter__letter", "received__letter__agency")
        .order_by("sent_at", "pk")
    )
    pairs = {
        one.received.letter_id: Annex(one.matter.letter, one.received.letter)
        for one in waiting
        if one.received
    }
    return [one for one in pairs.values() if rules.may_send_annex(actor, one.letter)]


def _with_owners(keys: QuerySet[SealingKey]) -> QuerySet[SealingKey]:
    return keys.select_related("owner__user", "owner__agency")
