"""Why a content cannot be accepted yet: each missing condition with its law (rules 1, 3, 10, 11 and 12)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from complaints.enums import MatterKind, ParticipantRole, SenderKind
from complaints.models import Attachment, Letter, Matter, Participant

K = MatterKind
# Who must sign, and name whom or what it is about; suggestions and reactions need a clear content only.
SIGNED_KINDS = (K.COMPLAINT, K.LAND_DISPUTE, K.DENUNCIATION)
AGAINST_SOMEBODY = (K.COMPLAINT, K.DENUNCIATION, K.INFORMATION)
COMPLAINANTS = (ParticipantRole.PRINCIPAL, ParticipantRole.REPRESENTATIVE)
ACTING_FOR_OTHERS = (ParticipantRole.AUTHORISED, ParticipantRole.LAWYER)
# From so many on, complainants choose who speaks for them; above ten they may choose more (domain: 8).
GROUP, LARGE_GROUP = 5, 10
MOST_OF_GROUP, MOST_OF_LARGE_GROUP = 2, 5


class Lacking(StrEnum):
    """What may be missing."""

    LANGUAGE = "language"
    LEGIBILITY = "legibility"
    ADDRESSEE = "addressee"
    DATE = "date"
    NAME = "name"
    SIGNATURE = "signature"
    SUBJECT = "subject"
    SIGNATURES = "signatures"
    REPRESENTATIVE = "representative"
    REPRESENTATION = "representation"
    AUTHORISATION = "authorisation"


@dataclass(frozen=True, slots=True)
class Reason:
    """One missing condition: what a page shows and what a guidance slip quotes."""

    lacking: Lacking
    sentence: str
    law: str

    def __str__(self) -> str:
        return f"{self.sentence} ({self.law})"


CONDITIONS = "Thông tư 05/2021/TT-TTCP, Điều 6"
GROUPS = "Nghị định 124/2020/NĐ-CP"


def reasons_against(matter: Matter) -> list[Reason]:
    """What still stands against accepting this content, in the order in which a clerk checks; empty: nothing.

    Nobody is named in a sentence: the list is shown and printed for protected letters too.
    """
    letter = matter.letter
    return [
        *_of_paper(letter),
        *_of_sender(matter, letter),
        *_of_subject(matter),
        *_of_people(matter, letter),
    ]


def most_representatives(people: int) -> int:
    """How many may speak for so many (rule 11)."""
    return MOST_OF_LARGE_GROUP if people > LARGE_GROUP else MOST_OF_GROUP


def complainants(letter: Letter) -> list[Participant]:
    """Who complains and has not withdrawn."""
    return [one for one in letter.participants.all() if one.role in COMPLAINANTS and not one.withdrawn_on]


def _of_paper(letter: Letter) -> Iterable[Reason]:
    if not letter.is_vietnamese and not letter.has_translation:
        yield Reason(
            Lacking.LANGUAGE, _("Đơn viết bằng tiếng nước ngoài, không có bản dịch công chứng."), CONDITIONS
        )
    if not letter.is_readable:
        yield Reason(Lacking.LEGIBILITY, _("Đơn rách nát, tẩy xóa, không đọc được."), CONDITIONS)
    if letter.to_several:
        yield Reason(Lacking.ADDRESSEE, _("Đơn gửi nhiều nơi, trong đó đã có nơi có thẩm quyền."), CONDITIONS)


def _of_sender(matter: Matter, letter: Letter) -> Iterable[Reason]:
    if matter.kind not in SIGNED_KINDS:
        return
    if letter.written_on is None:
        yield Reason(Lacking.DATE, _("Đơn không ghi ngày, tháng, năm."), CONDITIONS)
    if not letter.is_named:
        yield Reason(Lacking.NAME, _("Đơn không ghi rõ họ tên, địa chỉ người gửi."), CONDITIONS)
    if not letter.is_signed:
        yield Reason(Lacking.SIGNATURE, _("Đơn không có chữ ký hoặc điểm chỉ của người gửi."), CONDITIONS)


def _of_subject(matter: Matter) -> Iterable[Reason]:
    if matter.kind in AGAINST_SOMEBODY and not (
        matter.subject or matter.subject_agency_id or matter.subject_membership_id
    ):
        yield Reason(
            Lacking.SUBJECT,
            _("Đơn không nêu rõ người, cơ quan hoặc quyết định bị khiếu nại, tố cáo."),
            CONDITIONS,
        )


def _of_people(matter: Matter, letter: Letter) -> Iterable[Reason]:
    """Of open letters: a protected one's people are in the seal, and their number alone is known."""
    if letter.is_protected or matter.kind not in SIGNED_KINDS:
        return
    people = complainants(letter)
    if letter.is_named and not people:
        yield Reason(Lacking.NAME, _("Chưa nhập người đứng đơn."), CONDITIONS)
    unsigned = sum(not one.has_signed for one in people)
    if letter.is_signed and unsigned:
        yield Reason(
            Lacking.SIGNATURES, _("Còn %(count)d người chưa ký, điểm chỉ.") % {"count": unsigned}, GROUPS
        )
    yield from _of_group(letter, people)
    uncertified = [
        one
        for one in letter.participants.all()
        if one.role in ACTING_FOR_OTHERS
        and not one.withdrawn_on
        and not (one.authorisation and (one.is_certified or one.role == ParticipantRole.LAWYER))
    ]
    if uncertified:
        yield Reason(
            Lacking.AUTHORISATION,
            _("Giấy ủy quyền chưa được công chứng, chứng thực."),
            GROUPS,
        )


def _of_group(letter: Letter, people: list[Participant]) -> Iterable[Reason]:
    if letter.sender_kind != SenderKind.GROUP and letter.people == 1:
        return
    kinds = {one.kind for one in letter.attachments.all()}
    if letter.people > len(people) and Attachment.Kind.SIGNATURES not in kinds:
        yield Reason(
            Lacking.SIGNATURES,
            _("Chưa có danh sách chữ ký của đủ %(count)d người.") % {"count": letter.people},
            GROUPS,
        )
    if letter.people < GROUP:
        return
    speakers = [one for one in people if one.role == ParticipantRole.REPRESENTATIVE]
    if not speakers:
        yield Reason(
            Lacking.REPRESENTATIVE, _("Nhiều người cùng khiếu nại nhưng chưa cử người đại diện."), GROUPS
        )
    if Attachment.Kind.REPRESENTATION not in kinds:
        yield Reason(Lacking.REPRESENTATION, _("Chưa có văn bản cử người đại diện."), GROUPS)
