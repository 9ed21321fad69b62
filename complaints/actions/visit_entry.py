"""One entry of the register of reception: who came, what was heard and decided, and what must not be missing.

Used by the steps at the desk, by refusals and by corrections; each of them asked its own rule before.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from complaints import deadlines
from complaints.enums import (
    EarlierResult,
    MatterKind,
    ParticipantRole,
    ReceptionForm,
    Series,
    VisitOutcome,
    VisitState,
)
from complaints.models import ContentField, Letter, Visit, Visitor, VisitPaper
from complaints.models.term import TermKey
from complaints.rules import reception as law
from egov.numbering.next_number import next_number
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.printing.markup import clean_line
from egov.workflow.move import move
from egov.workflow.refusal import Refusal

# Directions that name another body and the number of the paper that goes there (form 03, columns 9 and 10).
NAMES_A_BODY = (VisitOutcome.GUIDED, VisitOutcome.TRANSFERRED)
MOST_VISITORS, MOST_PAPERS, MOST_PEOPLE = 10, 50, 5000


class VisitNotAcceptable(Refusal):
    """What was written of the visit cannot be so."""


class NotIdentified(Refusal):
    """Neither identification data nor a ground is recorded (rule 8)."""


class BelongsInSeal(Refusal):
    """Who denounces, and of what, is not written in the register (rule 35)."""


class VisitNotClosable(Refusal):
    """Something that the register asks for is missing."""


@dataclass(frozen=True, kw_only=True)
class Came:
    """Somebody who came and spoke, as they showed themselves."""

    name: str
    role: ParticipantRole = ParticipantRole.PRINCIPAL
    born_on: date | None = None
    personal_number: str = ""
    identity_paper: str = ""
    address: str = ""
    phone: str = ""
    authorisation: str = ""
    is_certified: bool = False
    lawyer_card: str = ""


@dataclass(frozen=True, kw_only=True)
class Handed:
    """A paper handed over or shown."""

    name: str
    copies: int = 1
    is_original: bool = False
    is_shown_only: bool = False


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What is known of the visit: who came, how many, about what, with which papers."""

    matter_kind: MatterKind
    visitors: tuple[Came, ...] = ()
    papers: tuple[Handed, ...] = ()
    people: int = 1
    summary: str = ""
    field: ContentField | None = None
    settled_by: str = ""
    earlier_result: EarlierResult = EarlierResult.NONE
    unidentified_because: str = ""
    identity_seen: bool = False
    group_note: str = ""
    # An earlier visit on the same matter, as the officer says.
    earlier: Visit | None = None


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What the visitor was told; ``letter`` is what came of it when something was entered."""

    outcome: VisitOutcome
    words: str = ""
    directed_to: str = ""
    paper_number: str = ""
    letter: Letter | None = None


def new_entry(actor: Actor, agency: Agency, *, at: datetime, **columns: object) -> Visit:
    """A line of the register with the next number of the year in which it is written (rule 7)."""
    year = timezone.localdate(at).year
    number = next_number(agency_id=agency.pk, book=f"complaints.{Series.VISITS}", year=year)
    return Visit.objects.create(
        agency=agency,
        year=year,
        number=number,
        code=f"{Series.VISITS}-{agency.code}-{year}-{number:05d}",
        officer=actor.membership,
        **columns,
    )


def put_down(visit: Visit, heard: Heard) -> None:
    """Write people, papers and content of an open visit anew, inside the action that asked its rule."""
    protected = heard.matter_kind == MatterKind.DENUNCIATION
    if visit.is_protected and not protected:
        raise BelongsInSeal(
            _("Lượt tiếp đã ghi là tố cáo thì không đổi sang loại khác; hãy mở lượt tiếp mới.")
        )
    if protected and (heard.visitors or heard.summary.strip() or heard.group_note.strip()):
        raise BelongsInSeal(
            _(
                "Với tố cáo, không ghi họ tên, giấy tờ và nội dung vào sổ tiếp công dân. "
                "Hãy nhập vào sổ tố cáo: danh tính được niêm phong, sổ này chỉ ghi mã đơn."
            )
        )
    _require_people(heard)
    visit.visitors.all().delete()
    visit.papers.all().delete()
    visit.is_protected = protected
    visit.matter_kind = heard.matter_kind
    visit.people = heard.people
    visit.identity_seen = heard.identity_seen and protected
    visit.earlier_result = heard.earlier_result
    visit.field = None if protected else heard.field
    visit.summary = heard.summary.strip()
    visit.settled_by = "" if protected else clean_line(heard.settled_by)[:200]
    visit.unidentified_because = "" if protected else clean_line(heard.unidentified_because)[:300]
    visit.group_note = clean_line(heard.group_note)[:500]
    visit.root = _root(visit, heard.earlier)
    visit.save()
    Visitor.objects.bulk_create(_visitor(visit, one) for one in heard.visitors)
    if not protected:
        VisitPaper.objects.bulk_create(_paper(visit, one) for one in heard.papers)


def finish(actor: Actor, visit: Visit, decided: Decided, *, at: datetime) -> None:
    """Check what the register asks for and close, inside the action that asked its rule."""
    if not visit.matter_kind:
        raise VisitNotClosable(_("Hãy ghi loại vụ việc và nội dung trước khi vào sổ."))
    if decided.letter is not None:
        require_same_seal(visit, decided.letter)
        visit.letter = decided.letter
    _require_identity(visit)
    _require_session(visit)
    if not visit.is_protected and not visit.summary:
        raise VisitNotClosable(_("Hãy tóm tắt nội dung trước khi vào sổ."))
    if decided.outcome in NAMES_A_BODY and not clean_line(decided.directed_to):
        raise VisitNotClosable(_("Hãy ghi cơ quan mà công dân được hướng dẫn đến hoặc nơi chuyển đến."))
    if decided.outcome == VisitOutcome.OTHER and not (visit.is_protected or decided.words.strip()):
        raise VisitNotClosable(_("Hãy ghi rõ hướng xử lý."))
    visit.outcome = decided.outcome
    visit.outcome_words = "" if visit.is_protected else decided.words.strip()
    visit.directed_to = clean_line(decided.directed_to)[:200]
    visit.paper_number = clean_line(decided.paper_number)[:60]
    visit.ended_at = max(at, visit.started_at)
    visit.root = visit.root or _root_of_letter(visit)
    if decided.outcome == VisitOutcome.RECEIVED:
        start = timezone.localdate(visit.started_at)
        visit.answer_due_on = deadlines.due(TermKey.RECEPTION_ANSWER, start, visit.agency, on=start)
    visit.save()
    move(visit, to=VisitState.CLOSED, by=actor, at=at)


def _require_people(heard: Heard) -> None:
    if not 1 <= heard.people <= MOST_PEOPLE:
        raise VisitNotAcceptable(_("Số người phải từ 1 đến %(most)d.") % {"most": MOST_PEOPLE})
    if len(heard.visitors) > MOST_VISITORS or len(heard.papers) > MOST_PAPERS:
        raise VisitNotAcceptable(_("Danh sách quá dài cho một lượt tiếp."))
    names = [one.name for one in heard.visitors] + [one.name for one in heard.papers]
    if not all(clean_line(name) for name in names):
        raise VisitNotAcceptable(_("Mỗi người và mỗi giấy tờ phải có tên."))
    if len([one for one in heard.visitors if one.role == ParticipantRole.AUTHORISED]) > 1:
        raise VisitNotAcceptable(_("Một nội dung không được ủy quyền cho nhiều người (rút bớt còn một)."))
    speakers = [one for one in heard.visitors if one.role != ParticipantRole.LAWYER]
    if len(speakers) > max(heard.people, 1):
        raise VisitNotAcceptable(_("Số người ghi tên nhiều hơn số người đến."))
    most = law.most_representatives(heard.people)
    if law.is_group(heard.people) and len(speakers) > most:
        raise VisitNotAcceptable(
            ngettext(
                "Đoàn %(people)d người cử tối đa %(most)d người đại diện.",
                "Đoàn %(people)d người cử tối đa %(most)d người đại diện.",
                most,
            )
            % {"people": heard.people, "most": most}
        )


def _require_identity(visit: Visit) -> None:
    """Rule 8: since 01/07/2026 nobody is received unknown, or it says why."""
    if not law.must_identify(timezone.localdate(visit.started_at)):
        return
    if visit.is_protected:
        if visit.letter_id is None and not visit.identity_seen:
            raise NotIdentified(
                _("Hãy nhập đơn vào sổ tố cáo, hoặc ghi nhận đã đối chiếu giấy tờ của người tố cáo.")
            )
        return
    visitors = list(visit.visitors.all())
    if visit.unidentified_because or (visitors and all(one.is_identified for one in visitors)):
        return
    raise NotIdentified(
        _("Từ 01/07/2026 phải ghi số định danh, giấy tờ tùy thân của người đến, hoặc lý do không có.")
    )


def _require_session(visit: Visit) -> None:
    """Rule 54: an online reception ends with its minutes, agreed to and signed."""
    if visit.form != ReceptionForm.ONLINE:
        return
    session = visit.session
    if session.identity_checked_at is None or session.consent_at is None:
        raise VisitNotClosable(_("Chưa đối chiếu danh tính hoặc chưa hỏi ý kiến về việc ghi âm, ghi hình."))
    if visit.is_protected:
        # Its minutes are among the sealed originals of the letter.
        return
    minutes = getattr(visit, "minutes", None)
    if minutes is None or minutes.signed_at is None:
        raise VisitNotClosable(_("Buổi tiếp trực tuyến phải có biên bản được ký số trước khi vào sổ."))


def require_same_seal(visit: Visit, letter: Letter) -> None:
    if letter.is_protected != visit.is_protected:
        raise VisitNotAcceptable(_("Lượt tiếp về tố cáo chỉ gắn với đơn trong sổ tố cáo, và ngược lại."))
    if letter.agency_id != visit.agency_id:
        raise VisitNotAcceptable(_("Đơn này thuộc sổ của cơ quan khác."))


def _root(visit: Visit, earlier: Visit | None) -> Visit | None:
    if earlier is None or earlier.pk == visit.pk:
        return None
    if earlier.agency_id != visit.agency_id or earlier.is_protected != visit.is_protected:
        raise VisitNotAcceptable(_("Không tìm thấy lượt tiếp trước về vụ việc này trong sổ của cơ quan."))
    return earlier.root or earlier


def _root_of_letter(visit: Visit) -> Visit | None:
    """Visits about one letter are one case, also where nobody said so."""
    if visit.letter_id is None:
        return None
    earlier = Visit.objects.filter(letter=visit.letter_id).exclude(pk=visit.pk).order_by("pk").first()
    return (earlier.root or earlier) if earlier else None


def _visitor(visit: Visit, one: Came) -> Visitor:
    return Visitor(
        visit=visit,
        role=one.role,
        name=clean_line(one.name)[:200],
        born_on=one.born_on,
        personal_number=clean_line(one.personal_number)[:20],
        identity_paper=clean_line(one.identity_paper)[:100],
        address=clean_line(one.address)[:300],
        phone=clean_line(one.phone)[:20],
        authorisation=clean_line(one.authorisation)[:200],
        is_certified=one.is_certified,
        lawyer_card=clean_line(one.lawyer_card)[:200],
    )


def _paper(visit: Visit, one: Handed) -> VisitPaper:
    return VisitPaper(
        visit=visit,
        name=clean_line(one.name)[:300],
        copies=min(max(one.copies, 1), 999),
        is_original=one.is_original,
        is_shown_only=one.is_shown_only,
    )
