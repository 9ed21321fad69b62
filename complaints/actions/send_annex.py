"""The sealed annex: who denounces goes to the body that takes the letter over, apart from papers (16)."""

from datetime import datetime

from django.utils.translation import gettext as _

from complaints import rules
from complaints.actions.open_seal import seal_faults_in_words
from complaints.actions.opened_key import opened
from complaints.actions.seal_person import SealedPerson, put_person_under_seal, put_under_seal
from complaints.enums import SealedKind
from complaints.models import Letter, SealedRecord, SealingKey, WrappedKey
from egov.files.store import read_checked
from egov.organizations.actor import Actor
from egov.sealing.envelope import open_envelope
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class AnnexNotPossible(Refusal):
    """The other body did not take this letter over, or has its annex already, or the key opens nothing."""


@action("complaints.send_annex", allowed=rules.may_send_annex)
def send_annex(
    actor: Actor, letter: Letter, recipient: Letter, *, passphrase: str, at: datetime
) -> list[SealedRecord]:
    """The sending custodian opens with their passphrase and closes at once for the receiving body's keepers,
    bound to the code that the letter has there. Nobody reads; nothing lies open in between.

    ``recipient`` is the letter in the other body's register that came by a transfer of this one.
    Raises AnnexNotPossible, PassphraseRefused, SealDamaged, NoCustodian (of the receiving body).
    """
    came_from = recipient.matters.filter(came_by__matter__letter=letter).exists()
    if not came_from or not recipient.is_protected or recipient.sealed_records.exists():
        raise AnnexNotPossible(_("Cơ quan nhận chưa vào sổ đơn này, hoặc đã có phụ lục niêm phong."))
    mine = SealingKey.objects.filter(owner=actor.membership, closed_at=None).first()
    own = list(
        WrappedKey.objects.filter(record__letter=letter, record__destroyed_at=None, key=mine, opening=None)
        .select_related("record__letter", "record__file")
        .order_by("record_id")
    )
    if mine is None or not own:
        raise AnnexNotPossible(_("Khóa của bạn không mở được niêm phong này."))
    private = opened(mine, passphrase)
    sent = []
    for one in own:
        record = one.record
        cipher = bytes(record.ciphertext) if record.file is None else read_checked(record.file)
        with seal_faults_in_words():
            content = open_envelope(
                bytes(record.nonce), cipher, bytes(one.wrapped), private, context=record.context
            )
        if record.kind == SealedKind.PERSON:
            person = SealedPerson.from_bytes(content)
            sent.append(put_person_under_seal(recipient, person, by=actor, at=at))
        else:
            sent.append(put_under_seal(recipient, SealedKind.ORIGINAL, content, by=actor, at=at))
    return sent
