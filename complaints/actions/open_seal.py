"""Opens what is sealed: one asks with a reason, a second person agrees, the custodian releases, the one named
reads, for some hours (rules 37 and 38)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import rules
from complaints.actions.opened_key import opened
from complaints.actions.seal_person import SealedPerson
from complaints.actions.unnamed import require_unnamed
from complaints.enums import DutyKind, SealedKind
from complaints.models import Duty, Letter, Opening, OpeningReading, SealedRecord, SealingKey, WrappedKey
from complaints.models.visibility import is_shut_out
from egov.files.store import read_checked
from egov.notifications.send import Message, tell_members
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.models import Membership
from egov.printing.markup import clean_line
from egov.sealing.envelope import BrokenSeal, open_envelope, rewrap
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

REASON_LENGTH = 500
# After agreeing, the custodian has so long to release; after releasing, the reader has so long to read.
RELEASE_WITHIN = timedelta(days=7)
OPEN_FOR = timedelta(hours=2)


class OpeningNotPossible(Refusal):
    """It was answered or released already, lasts no longer, or there is nothing to open."""


class ReasonNeeded(Refusal):
    """Without a reason nothing is opened, nor refused."""


class SealDamaged(Refusal):
    """The stored seal does not open with the right key: it was changed, which is to be looked into."""


@dataclass(frozen=True)
class Opened:
    """What was read, for one page and no longer."""

    people: tuple[SealedPerson, ...] = field(default=(), repr=False)
    papers: tuple[bytes, ...] = field(default=(), repr=False)


@action("complaints.ask_opening", allowed=rules.may_ask_opening)
def ask_opening(actor: Actor, letter: Letter, *, kind: SealedKind, reason: str, at: datetime) -> Opening:
    """Ask to read who denounces, or the originals, oneself and nobody else.

    The asker has a key of their own by now. Raises ReasonNeeded, NamesDenouncer, OpeningNotPossible.
    """
    words = checked_reason(actor, letter, reason)
    key = SealingKey.objects.filter(owner=actor.membership, closed_at=None).first()
    if key is None:
        raise OpeningNotPossible(
            _("Hãy tạo khóa của mình trước: nội dung niêm phong chỉ mở được bằng khóa đó.")
        )
    if not SealedRecord.objects.filter(letter=letter, kind=kind, destroyed_at=None).exists():
        raise OpeningNotPossible(_("Đơn này không có nội dung niêm phong loại đó."))
    running = Opening.objects.filter(letter=letter, kind=kind, reader=actor.membership)
    if running.filter(answered_at=None).exists():
        raise OpeningNotPossible(_("Bạn đã có một đề nghị mở đang chờ duyệt."))
    opening = Opening.objects.create(
        letter=letter, kind=kind, reader=actor.membership, key=key, reason=words, asked_at=at
    )
    heads = Membership.objects.current(timezone.localdate(at)).filter(
        agency_id=letter.agency_id, role=Role.LEADER
    )
    others = heads.exclude(user=actor.user).select_related("user", "agency")
    _tell(opening, others, "asked", _("Có đề nghị mở niêm phong đơn %(code)s."))
    return opening


@action("complaints.answer_opening", allowed=rules.may_answer_opening)
def answer_opening(
    actor: Actor, opening: Opening, *, agrees: bool, answer: str = "", at: datetime
) -> Opening:
    """A second person agrees or does not. Raises OpeningNotPossible, ReasonNeeded (why not),
    NamesDenouncer."""
    if opening.answered_at is not None:
        raise OpeningNotPossible(_("Đề nghị này đã được trả lời."))
    words = clean_line(answer)[:REASON_LENGTH]
    if not agrees and not words:
        raise ReasonNeeded(_("Hãy ghi lý do không đồng ý."))
    if words:
        words = checked_reason(actor, opening.letter, words)
    opening.answered_by, opening.answered_at = actor.membership, at
    opening.is_approved, opening.answer = agrees, words
    opening.save(update_fields=["answered_by", "answered_at", "is_approved", "answer"])
    told = [opening.reader]
    if agrees:
        custodians = Duty.objects.current(timezone.localdate(at)).filter(
            kind=DutyKind.CUSTODIAN, membership__agency_id=opening.letter.agency_id
        )
        told += [
            one.membership for one in custodians.select_related("membership__user", "membership__agency")
        ]
    sentence = (
        _("Đã đồng ý mở niêm phong đơn %(code)s; chờ người giữ khóa.")
        if agrees
        else _("Không đồng ý mở niêm phong đơn %(code)s.")
    )
    _tell(opening, told, "answered", sentence)
    return opening


@action("complaints.release_opening", allowed=rules.may_release_opening)
def release_opening(actor: Actor, opening: Opening, *, passphrase: str, at: datetime) -> Opening:
    """The custodian closes the data keys anew, for the one named alone, until the hours are over.

    Nobody types a passphrase before another, nothing is readable in the database meanwhile.
    Raises PassphraseRefused, OpeningNotPossible, SealDamaged.
    """
    if not opening.is_approved or opening.released_at is not None:
        raise OpeningNotPossible(_("Đề nghị này chưa được duyệt hoặc đã mở."))
    if opening.answered_at is not None and at > opening.answered_at + RELEASE_WITHIN:
        raise OpeningNotPossible(_("Ý kiến đồng ý đã quá 7 ngày; hãy đề nghị lại."))
    if opening.key.closed_at is not None or not rules.reads_for_opening(opening):
        raise OpeningNotPossible(_("Người được nêu tên không còn được tiếp cận đơn này."))
    mine = SealingKey.objects.filter(owner=actor.membership, closed_at=None).first()
    if mine is None:
        raise OpeningNotPossible(_("Bạn chưa có khóa đang dùng."))
    own = WrappedKey.objects.filter(
        record__letter=opening.letter,
        record__kind=opening.kind,
        record__destroyed_at=None,
        key=mine,
        opening=None,
    ).select_related("record__letter")
    if not own:
        raise OpeningNotPossible(_("Khóa của bạn không mở được niêm phong này."))
    private = opened(mine, passphrase)
    public_key = bytes(opening.key.public_key)
    with seal_faults_in_words():
        rows = [
            WrappedKey(
                record=one.record,
                key=opening.key,
                opening=opening,
                wrapped=rewrap(bytes(one.wrapped), private, public_key, context=one.record.context),
            )
            for one in own
        ]
    WrappedKey.objects.bulk_create(rows)
    opening.released_by, opening.released_at, opening.ends_at = actor.membership, at, at + OPEN_FOR
    opening.save(update_fields=["released_by", "released_at", "ends_at"])
    _tell(opening, [opening.reader], "released", _("Niêm phong đơn %(code)s đã mở cho bạn trong 2 giờ."))
    return opening


@action("complaints.read_opening", allowed=rules.may_read_opening)
def read_opening(actor: Actor, opening: Opening, *, passphrase: str, at: datetime) -> Opened:
    """The one named reads, with their own passphrase; each time is a row that the inspector sees (rule 37).

    Raises OpeningNotPossible, PassphraseRefused, SealDamaged.
    """
    if not opening.is_open(at):
        raise OpeningNotPossible(_("Thời gian được xem đã hết hoặc chưa bắt đầu."))
    private = opened(opening.key, passphrase)
    rows = opening.wrapped_keys.select_related("record__letter", "record__file").order_by("record_id")
    found: list[bytes] = []
    with seal_faults_in_words():
        for one in rows:
            record = one.record
            cipher = bytes(record.ciphertext) if record.file is None else read_checked(record.file)
            found.append(
                open_envelope(
                    bytes(record.nonce), cipher, bytes(one.wrapped), private, context=record.context
                )
            )
    OpeningReading.objects.create(opening=opening, at=at, address=actor.address)
    if opening.kind == SealedKind.PERSON:
        return Opened(people=tuple(SealedPerson.from_bytes(one) for one in found))
    return Opened(papers=tuple(found))


def close_openings(at: datetime) -> int:
    """Take back the data keys of openings whose hours are over. Returns how many."""
    gone, _by_model = WrappedKey.objects.filter(opening__ends_at__lte=at).delete()
    return gone


def checked_reason(actor: Actor, letter: Letter, typed: str) -> str:
    """The reason as it is kept: in the log that many read, so it must not say who it is about (rule 39).

    Raises ReasonNeeded, NamesDenouncer.
    """
    words = clean_line(typed)[:REASON_LENGTH]
    if not words:
        raise ReasonNeeded(_("Hãy ghi lý do mở niêm phong."))
    require_unnamed(actor, letter, words)
    return words


@contextmanager
def seal_faults_in_words() -> Iterator[None]:
    """A seal that was tampered with is told as such, and nothing of the step is kept."""
    try:
        yield
    except BrokenSeal as error:
        raise SealDamaged(
            _("Niêm phong không mở được bằng đúng khóa: dữ liệu có thể đã bị thay đổi. Hãy báo thanh tra.")
        ) from error


def _tell(opening: Opening, members: Iterable[Membership], step: str, sentence: str) -> None:
    """By the letter's code alone (rule 39), and nobody whom the letter is about: a code is news to them."""
    tell_members(
        [one for one in members if not is_shut_out(one, opening.letter)],
        Message(
            event=f"complaints.opening_{step}",
            text=sentence % {"code": opening.letter.code},
            key=str(opening.pk),
            about=opening,
        ),
    )
