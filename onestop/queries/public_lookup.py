"""Where a dossier stands, for whoever has its code, its secret, or is its owner (domain: 4.3; rules 39, 40).

The code alone tells nothing of a person; the secret of the receipt adds what concerns its bearer; only the
owner who has signed in sees papers and results. Nobody outside sees officials' opinions, numbers, addresses.
"""

from dataclasses import dataclass
from datetime import date, datetime
from hmac import compare_digest

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from egov.audit.record import record
from egov.web.below import Below, read_below
from egov.workflow.refusal import Refusal
from onestop.enums import DossierState, PaymentState, SystemOfRecord
from onestop.models import Dossier, Result, StoredPaper
from onestop.queries.course import COURSE_LISTS, DossierCourse, course_of, with_course
from onestop.queries.lookup_limit import LookupUnavailable, count_address, take_lookup
from onestop.queries.money import pays_first
from onestop.queries.rating_sheet import open_stages
from onestop.rules.money import SecretBearer
from onestop.states import OPEN

CODE_LENGTH = 40
# Compared where there is no dossier, or one without a secret: longer than any, so never equal.
NO_SECRET = "-" * 16
HIDDEN = "***"
# All that the code alone tells: nothing else is read for it.
TOLD_BY_CODE = (
    "code", "filing_number", "state", "submitted_at", "received_at", "due_at", "current_agency__name",
    "version__name", "version__procedure__national_code", "version__procedure__suffix",
    "version__procedure__system_of_record",
)  # fmt: skip
# What lies below a dossier and concerns its applicant.
SUPPLEMENTS = Below("supplements", below=(Below("items"),))
OWN_LISTS = (SUPPLEMENTS, Below("mirrored"), Below("charges"), Below("papers"), Below("results"))
BEARER_LISTS = (SUPPLEMENTS, Below("mirrored"), Below("charges"), *COURSE_LISTS, Below("ratings"))
FULL_LISTS = (*OWN_LISTS, *COURSE_LISTS, Below("ratings"))


class DossierUnknown(Refusal):
    """There is no such dossier, or the secret does not go with it: one answer for both (rule 40)."""

    status = 404

    def __init__(self) -> None:
        super().__init__(
            _("Không tìm thấy hồ sơ. Hãy kiểm tra mã hồ sơ và mã tra cứu in trên giấy tiếp nhận.")
        )


@dataclass(frozen=True, slots=True)
class RequestedSupplement:
    """What the applicant is asked to bring, until when."""

    number: int
    reason: str
    deadline_on: date
    # (key of the requirement, name of the paper, what is wanted of it)
    papers: tuple[tuple[int, str, str], ...]
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class DossierStanding:
    """What the code alone tells."""

    code: str
    procedure_code: str
    procedure_name: str
    status: str
    status_words: str
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    agency: str
    # When the dossier is handled in a ministry's system: that system, and the moment of the status there.
    source: str = ""
    source_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BearerStanding:
    """What code and secret tell."""

    standing: DossierStanding
    owner_masked: str
    supplements: tuple[RequestedSupplement, ...]
    payment_due: bool
    course: DossierCourse
    # Something of it can still be rated.
    may_rate: bool
    # The counter takes the dossier up only when that is paid.
    pays_first: bool = False
    # Dong that are still to be paid.
    due: int = 0


@dataclass(frozen=True, slots=True)
class OwnPaper:
    """A paper of one's own dossier."""

    name: str
    file_name: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class OwnResult:
    """A result of one's own dossier; ``id`` asks for its file, which only some have."""

    id: int
    name: str
    number: str
    issued_on: date
    is_valid: bool
    has_file: bool


@dataclass(frozen=True, slots=True)
class OwnDossier:
    """What its owner or submitter sees after signing in."""

    standing: DossierStanding
    content: str
    is_open: bool
    supplements: tuple[RequestedSupplement, ...]
    payment_due: bool
    papers: tuple[OwnPaper, ...]
    results: tuple[OwnResult, ...]
    # The counter takes the dossier up only when that is paid.
    pays_first: bool = False
    # Dong that are still to be paid.
    due: int = 0
    owner_name: str = ""
    # Who acts for the owner with their authorisation; empty where nobody does.
    submitter_name: str = ""


def find_dossier(code: str, secret: str | None, address: str) -> DossierStanding | BearerStanding:
    """By code alone, or by code and secret. Raises DossierUnknown, TooManyLookups, LookupUnavailable.

    An unknown code and a wrong secret take the same way through the same statements, and count alike
    against the code that was typed, whether it exists or not.
    """
    count_address(address, settings.LOOKUP_PER_ADDRESS)
    if secret is None:
        return standing_of(_by_code(code))
    dossier = _with_secret(code, secret)
    record(SecretBearer(dossier.pk, address), "onestop.read_with_secret", dossier)
    read_below([dossier], *BEARER_LISTS)
    return BearerStanding(
        standing=standing_of(dossier),
        owner_masked=masked_name(dossier.owner.name),
        supplements=_supplements(dossier),
        payment_due=dossier.payment_state == PaymentState.DUE,
        course=course_of(dossier),
        may_rate=bool(open_stages(dossier)),
        pays_first=pays_first(dossier),
        due=_due(dossier),
    )


def bearer_dossier(code: str, secret: str, address: str) -> Dossier:
    """The dossier of whoever has code and secret, for a step on it; counted as a lookup."""
    count_address(address, settings.LOOKUP_PER_ADDRESS)
    return _with_secret(code, secret)


def own_dossiers(number: str) -> list[Dossier]:
    """Dossiers that a person owns or has filed, newest first, with what ``own_standing`` tells of them."""
    rows = list(_owned(number).order_by("-submitted_at", "-pk"))
    read_below(rows, *OWN_LISTS)
    return rows


def own_dossier(number: str, code: str) -> Dossier:
    """One of them, by its code or filing number. Raises DossierUnknown."""
    dossier = _owned(number).filter(_named(code)).first()
    if dossier is None:
        raise DossierUnknown
    return dossier


def own_dossier_in_full(number: str, code: str) -> Dossier:
    """The same with its course and everything below it, in one more statement. Raises DossierUnknown."""
    dossier = with_course(_owned(number)).filter(_named(code)).first()
    if dossier is None:
        raise DossierUnknown
    read_below([dossier], *FULL_LISTS)
    return dossier


def own_standing(dossier: Dossier) -> OwnDossier:
    """Everything that its owner may see."""
    read_below([dossier], *OWN_LISTS)
    return OwnDossier(
        standing=standing_of(dossier),
        content=dossier.content,
        is_open=dossier.state in OPEN,
        supplements=_supplements(dossier),
        payment_due=dossier.payment_state == PaymentState.DUE,
        papers=tuple(
            OwnPaper(paper.name, paper.file_name, paper.added_at)
            for paper in dossier.papers.all()
            if paper.replaced_by_id is None
        ),
        results=tuple(_result(one) for one in dossier.results.all()),
        pays_first=pays_first(dossier),
        due=_due(dossier),
        owner_name=dossier.owner.name,
        submitter_name=dossier.submitter.name if dossier.submitter_id != dossier.owner_id else "",
    )


def own_result(number: str, code: str, result_id: int) -> Result:
    """A result with a file of one's own dossier. Raises DossierUnknown."""
    dossier = own_dossier(number, code)
    result = dossier.results.filter(pk=result_id, file__isnull=False).select_related("file").first()
    if result is None:
        raise DossierUnknown
    return result


def standing_of(dossier: Dossier) -> DossierStanding:
    """No name, number or address of a person is in it."""
    # Only another system of record has told of any.
    is_mirrored = dossier.version.procedure.system_of_record != SystemOfRecord.LOCAL
    last = (
        max(dossier.mirrored.all(), key=lambda one: (one.source_at, one.pk), default=None)
        if is_mirrored
        else None
    )
    return DossierStanding(
        code=str(dossier),
        procedure_code=dossier.version.procedure.local_code,
        procedure_name=dossier.version.name,
        status=dossier.state,
        status_words=str(DossierState(dossier.state).label),
        submitted_at=dossier.submitted_at,
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        agency=dossier.current_agency.name,
        source=last.source if last else "",
        source_at=last.source_at if last else None,
    )


def masked_name(name: str) -> str:
    """First letters only: its bearer knows it again, and nobody else learns it: ``V*** T*** E***``."""
    return " ".join(word[0] + HIDDEN for word in name.split())


def _with_secret(code: str, secret: str) -> Dossier:
    limit, typed = settings.LOOKUP_WRONG_SECRETS, _typed(code)
    try:
        turn = take_lookup("secret", typed, limit)
        # One statement, whatever it finds; more is read only for who has proved to know the secret.
        found = Dossier.objects.filter(_named(code)).values_list("pk", "secret").first()
        pk, known = found or (None, "")
        # Both as bytes: what is typed may be of any script.
        right = compare_digest(
            (known or NO_SECRET).upper().encode(), secret.strip().upper().encode(errors="replace")
        )
        if not right or not known or pk is None:
            raise DossierUnknown
        # Right ones do not count against their bearer.
        turn.give_back()
    except RedisError as error:
        raise LookupUnavailable from error
    return with_course(_readable()).get(pk=pk)


def _typed(code: str) -> str:
    """A code as it is kept, from whatever somebody typed."""
    plain = code.encode(errors="replace").decode().replace("\0", "")
    return plain.strip().upper()[: CODE_LENGTH + 1]


def _named(code: str) -> Q:
    typed = _typed(code)
    return Q(code=typed) | Q(filing_number=typed)


def _of(number: str) -> Q:
    people = Q()
    for role in ("owner", "submitter"):
        people |= Q(**{f"{role}__personal_number": number}) | Q(**{f"{role}__tax_code": number})
    return people


def _by_code(code: str) -> Dossier:
    told = Dossier.objects.select_related("version__procedure", "current_agency").only(*TOLD_BY_CODE)
    dossier = told.filter(_named(code)).first()
    if dossier is None:
        raise DossierUnknown
    return dossier


def _owned(number: str) -> QuerySet[Dossier]:
    """Nobody without a number owns anything."""
    return _readable().filter(_of(number)) if number else Dossier.objects.none()


def _readable() -> QuerySet[Dossier]:
    return Dossier.objects.select_related("version__procedure", "current_agency", "owner", "submitter")


def _due(dossier: Dossier) -> int:
    return sum(one.amount for one in dossier.charges.all() if one.is_due)


def _supplements(dossier: Dossier) -> tuple[RequestedSupplement, ...]:
    return tuple(
        RequestedSupplement(
            number=asked.number,
            reason=asked.reason,
            deadline_on=asked.deadline_on,
            papers=tuple((item.requirement_id, item.name, item.demand) for item in asked.items.all()),
            is_waiting=asked.is_waiting,
        )
        for asked in dossier.supplements.all()
        if asked.issued_at is not None
    )


def _result(result: Result) -> OwnResult:
    return OwnResult(
        id=result.pk,
        name=result.name,
        number=result.number,
        issued_on=result.issued_on,
        is_valid=result.validity == StoredPaper.Validity.VALID,
        has_file=result.file_id is not None,
    )
