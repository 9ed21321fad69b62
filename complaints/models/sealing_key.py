"""The key pair of somebody who keeps, opens or recovers what is sealed: closed by their own passphrase."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints.enums import DutyKind
from complaints.models.duty import Duty
from egov.sealing.personal_key import NONCE, SALT, Cost, LockedKey

# A pair is what it is; only its private half may go, when it is closed.
PAIR_STAYS = """
    IF (NEW.owner_id, NEW.public_key, NEW.salt, NEW.memory_kib, NEW.rounds, NEW.lanes, NEW.made_at)
        IS DISTINCT FROM
        (OLD.owner_id, OLD.public_key, OLD.salt, OLD.memory_kib, OLD.rounds, OLD.lanes, OLD.made_at)
        OR OLD.closed_at IS NOT NULL
        OR (NEW.closed_at IS NULL
            AND (NEW.ciphertext, NEW.nonce) IS DISTINCT FROM (OLD.ciphertext, OLD.nonce))
    THEN
        RAISE EXCEPTION 'key % stays what it is', OLD.id;
    END IF;
    RETURN NEW;
"""


class SealingKeyQuerySet(models.QuerySet["SealingKey"]):
    """Keys by use."""

    def usable(self, on: date) -> Self:
        """Not closed, of somebody who still holds the position that it was made in."""
        return self.filter(
            Q(owner__valid_to=None) | Q(owner__valid_to__gt=on),
            owner__valid_from__lte=on,
            owner__user__is_active=True,
            closed_at=None,
        )

    def of_custodians(self, agency_id: int, on: date) -> Self:
        """For whom what comes in at this body is sealed: whoever keeps its key by appointment on that day."""
        duties = Duty.objects.current(on).filter(kind=DutyKind.CUSTODIAN, membership__agency_id=agency_id)
        return self.usable(on).filter(owner__in=duties.values("membership"))


class SealingKey(models.Model):
    """One pair of one person in one position. The private half is here as a cipher alone (Argon2id, AES-GCM).

    A closed key has lost its private half: whoever leaves takes nothing along that still opens a row here.
    """

    owner = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, related_name="sealing_keys"
    )
    public_key = models.BinaryField(_("khóa công khai"), max_length=32, unique=True)
    ciphertext = models.BinaryField(_("khóa riêng đã mã hóa"))
    nonce = models.BinaryField(_("số dùng một lần"), max_length=NONCE)
    salt = models.BinaryField(_("muối"), max_length=SALT)
    memory_kib = models.PositiveIntegerField(_("bộ nhớ Argon2 (KiB)"))
    rounds = models.PositiveSmallIntegerField(_("số vòng Argon2"))
    lanes = models.PositiveSmallIntegerField(_("số luồng Argon2"))
    made_at = models.DateTimeField(_("tạo lúc"))
    closed_at = models.DateTimeField(_("thôi dùng lúc"), null=True, blank=True)

    objects = SealingKeyQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=Q(closed_at__isnull=True), name="sealing_key_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(ciphertext=b""), name="sealing_key_closed_is_empty"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="pair_stays", when=pgtrigger.Before, operation=pgtrigger.Update, func=PAIR_STAYS
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.fingerprint

    @property
    def fingerprint(self) -> str:
        """What two people read to each other to know that they mean the same key."""
        digits = hashlib.sha256(bytes(self.public_key)).hexdigest()[:16]
        return " ".join(digits[at : at + 4] for at in range(0, 16, 4))

    @property
    def locked(self) -> LockedKey:
        """As the cryptography wants it."""
        return LockedKey(
            bytes(self.public_key),
            bytes(self.ciphertext),
            bytes(self.nonce),
            bytes(self.salt),
            Cost(self.memory_kib, self.rounds, self.lanes),
        )
