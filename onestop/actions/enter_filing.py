"""What every way of coming in shares: a filing is examined, written down, and set going."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.workdays.calendar import Calendar
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal
from onestop.actions.charge import laid_charges, lay_charges, transfer_code
from onestop.actions.filing import Filing, HandedPaper, party_of
from onestop.actions.issue_form import issue_form
from onestop.actions.keep_in_store import keep_scanned
from onestop.actions.legs import lay_out
from onestop.actions.reuse_paper import StoredPaperNotUsable
from onestop.actions.tell_applicant import ApplicantEvent, tell_applicant
from onestop.actions.times import note_times
from onestop.deadlines import Promise
from onestop.enums import (
    ClockEventKind,
    DossierState,
    FormKind,
    PaperSource,
    RequirementKind,
    SystemOfRecord,
)
from onestop.fees import ChargeLine
from onestop.models import ChannelRule, Charge, Dossier, Paper, Requirement, StoredPaper
from onestop.queries import intake
from onestop.queries.slips import charge_words
from onestop.queries.store import reusable


class ProcedureNotInForce(Refusal):
    """No new dossier may use this version on that day (rule 6)."""


class NotTakenHere(Refusal):
    """The counter, the channel or the deciding agency does not go with the procedure."""


class PapersMissing(Refusal):
    """Papers of the list are not there; each is named."""

    def __init__(self, papers: Sequence[Requirement]) -> None:
        self.papers = papers
        super().__init__(
            _("Còn thiếu giấy tờ: %(papers)s. Hãy đánh dấu giấy tờ đã nhận hoặc hướng dẫn bổ sung.")
            % {"papers": "; ".join(paper.name for paper in papers)}
        )


class DuplicateFiling(Refusal):
    """The same owner has such a dossier open; staff decide, nothing is merged (rule 14)."""

    def __init__(self, dossiers: Sequence[Dossier]) -> None:
        self.dossiers = dossiers
        super().__init__(
            _(
                "Chủ hồ sơ đang có hồ sơ chưa xong của thủ tục này: %(codes)s. "
                "Hãy kiểm tra; nếu là hồ sơ khác, xác nhận để tiếp nhận riêng."
            )
            % {"codes": ", ".join(str(one) for one in dossiers)}
        )


@dataclass(frozen=True)
class Examined:
    """A filing in order, with what was worked out on the way."""

    filing: Filing
    deciding: Agency
    rule: ChannelRule
    papers: tuple[Paper, ...]


def hold_key(key: str | None) -> Dossier | None:
    """The dossier that this key has made already; else nobody else makes one until the transaction ends."""
    if key is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    return Dossier.objects.filter(idempotency_key=key).first()


def examined(filing: Filing, *, on: date, at: datetime, demands_all: bool = True) -> Examined:
    """The filing with its deciding agency, its rule and its papers.

    ``demands_all`` is off for a filing that is refused anyway. Raises ProcedureNotInForce, NotTakenHere,
    PapersMissing, StoredPaperNotUsable.
    """
    version = filing.case.version
    if version.procedure.system_of_record != SystemOfRecord.LOCAL:
        raise NotTakenHere(_("Thủ tục này được nộp trên hệ thống của bộ, ngành."))
    if not version.accepts_on(on):
        raise ProcedureNotInForce(
            _("Thủ tục này không áp dụng cho hồ sơ nộp ngày %(day)s.") % {"day": f"{on:%d/%m/%Y}"}
        )
    deciding = _deciding(filing, on)
    rule = filing.channel_rule or intake.channel_rule(filing.case, filing.channel)
    if rule is None or rule.case_id != filing.case.pk or rule.channel != filing.channel:
        raise NotTakenHere(_("Thủ tục này không nhận hồ sơ theo cách thức đã chọn."))
    if filing.submitter is not None and not version.representative_allowed:
        raise NotTakenHere(_("Thủ tục này phải do chủ hồ sơ tự nộp, không ủy quyền."))
    requirements = {one.pk: one for one in filing.case.requirements.all()}
    handed = [_paper(one, filing, requirements, on, at) for one in filing.papers]
    given = intake.standing_in(filing.owner.number, requirements.values(), on)
    there = {paper.requirement_id for paper in handed if paper.requirement_id is not None}
    if demands_all:
        if lacking := intake.missing(requirements.values(), there, given):
            raise PapersMissing(lacking)
        handed += [
            _looked_up(requirements[pk], stored, at)
            for pk, stored in given.items()
            if pk not in there and not requirements[pk].is_conditional
        ]
    return Examined(filing, deciding, rule, tuple(handed))


def refuse_duplicate(filing: Filing, deciding: Agency, *, besides: int | None = None) -> None:
    """Let staff look before a second one is received. Raises DuplicateFiling."""
    if filing.duplicate_confirmed:
        return
    owner = filing.owner
    found = intake.open_duplicates(
        filing.case.version,
        deciding,
        number=owner.number,
        name=owner.name,
        address=owner.address,
        besides=besides,
    )
    if dossiers := list(found[:5]):
        raise DuplicateFiling(dossiers)


def enter(
    examined_filing: Examined,
    *,
    by: Performer,
    at: datetime,
    state: DossierState,
    promised: Promise | None = None,
    code: str | None = None,
    filing_number: str | None = None,
    secret: str = "",
) -> Dossier:
    """Write the dossier, its parties and its papers; its times come with its first event."""
    filing = examined_filing.filing
    owner = party_of(filing.owner)
    submitter = party_of(filing.submitter) if filing.submitter else owner
    # A system that files for somebody helps nobody type.
    staff = by.membership if isinstance(by, Actor) and not by.machine_key else None
    dossier = Dossier.objects.create(
        code=code,
        filing_number=filing_number,
        external_code=filing.external_code,
        version=filing.case.version,
        case=filing.case,
        channel=filing.channel,
        channel_rule=examined_filing.rule,
        state=state,
        receiving_agency=filing.agency,
        deciding_agency=examined_filing.deciding,
        current_agency=filing.agency,
        holder=staff if state == DossierState.RECEIVED else None,
        received_by=staff if state == DossierState.RECEIVED else None,
        assisted_by=staff if state == DossierState.FILED else None,
        owner=owner,
        submitter=submitter,
        content=filing.content,
        sets=filing.sets,
        delivery=filing.delivery,
        delivery_address=filing.delivery_address,
        submitted_at=at,
        promised_at=promised.due_at if promised else None,
        legal_due_at=promised.legal_due_at if promised else None,
        secret=secret,
        idempotency_key=filing.idempotency_key,
    )
    for paper in examined_filing.papers:
        paper.dossier = dossier
    Paper.objects.bulk_create(examined_filing.papers)
    dossier.changes.create(before="", after=state, at=at, user_id=by.user_id, person=by.caption)
    return dossier


def set_going(
    actor: Actor,
    dossier: Dossier,
    promised: Promise,
    filing: Filing | None,
    *,
    at: datetime,
    calendar: Calendar | None = None,
) -> None:
    """Start the clock, lay out the way and the charges, issue the receipt.

    ``calendar`` is the receiving agency's, where it is at hand.
    """
    note_times(
        dossier,
        ClockEventKind.RECEIVED,
        by=actor,
        at=at,
        received_at=promised.received_at,
        due_at=promised.due_at,
    )
    lay_out(dossier, by=actor, at=at, calendar=calendar)
    # Where payment comes first, they were laid down when it was filed.
    charges: Sequence[Charge | ChargeLine] | None = laid_charges(dossier) if filing is None else None
    if charges is None:
        charges = lay_charges(
            dossier,
            quantities=filing.quantities if filing else {},
            exemption=filing.exemption if filing else None,
            by=actor,
            at=at,
        )
    if filing is None or any(paper.file is not None for paper in filing.papers):
        keep_scanned(dossier)
    issue_form(
        actor,
        dossier,
        FormKind.RECEIPT,
        {"fees": charge_words(charges), "transfer": transfer_code(dossier) if charges else ""},
        at=at,
    )
    tell_applicant(dossier, ApplicantEvent.RECEIVED, at=at, due_at=dossier.due_at)


def _deciding(filing: Filing, on: date) -> Agency:
    version = filing.case.version
    deciding = filing.deciding_agency or intake.deciding_agency(version, filing.agency)
    if deciding is None:
        raise NotTakenHere(_("Hãy chọn cơ quan giải quyết hồ sơ."))
    if not intake.decides(version, deciding) or not deciding.exists_on(on):
        raise NotTakenHere(_("%(agency)s không giải quyết thủ tục này.") % {"agency": deciding.name})
    if not intake.may_come_in_at(version, filing.agency, deciding):
        raise NotTakenHere(
            _("Thủ tục này phải nộp tại %(agency)s, không tiếp nhận thay.") % {"agency": deciding.name}
        )
    return deciding


def _paper(
    handed: HandedPaper, filing: Filing, requirements: dict[int, Requirement], on: date, at: datetime
) -> Paper:
    requirement = handed.requirement
    if requirement is not None and requirement.pk not in requirements:
        raise NotTakenHere(_("“%(paper)s” không thuộc trường hợp đã chọn.") % {"paper": requirement.name})
    stored = _stored(handed, filing, on)
    name = handed.name or (requirement.name if requirement else "")
    if not name:
        raise NotTakenHere(_("Hãy ghi tên giấy tờ nộp thêm."))
    return Paper(
        requirement=requirement,
        name=name,
        originals=handed.originals,
        certified_copies=handed.certified_copies,
        photocopies=handed.photocopies,
        is_shown_only=requirement is not None and requirement.kind == RequirementKind.SHOWN,
        source=PaperSource.STORE if stored else handed.source,
        file=stored.file if stored else handed.file,
        file_name=handed.file_name,
        stored=stored,
        added_at=at,
    )


def _stored(handed: HandedPaper, filing: Filing, on: date) -> StoredPaper | None:
    if handed.stored_id is None:
        return None
    if handed.requirement is not None:
        found = reusable(filing.owner.number, handed.requirement, on).filter(pk=handed.stored_id).first()
        if found is not None:
            return found
    raise StoredPaperNotUsable(_("Giấy tờ trong kho dữ liệu không dùng lại được cho hồ sơ này."))


def _looked_up(requirement: Requirement, stored: StoredPaper | None, at: datetime) -> Paper:
    """What stands for a line that nobody had to bring (rule 46)."""
    return Paper(
        requirement=requirement,
        name=requirement.name,
        source=PaperSource.STORE if stored else PaperSource.DATABASE,
        file=stored.file if stored else None,
        stored=stored,
        is_shown_only=requirement.kind == RequirementKind.SHOWN,
        added_at=at,
    )
