"""Put the result of a dossier on record: a signed file or a paper, or an official paper that was issued.

Whoever records it makes no decision: the file must carry the signatures of those who did (rule 44).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.files.inspect import inspect_pdf
from egov.files.models import StoredFile
from egov.files.store import put, read_checked
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.organizations.queries.tree import resolve_code
from egov.printing.markup import clean_line
from egov.signing.models import ValidationReport
from egov.signing.verification import Status, Verification
from egov.signing.verify import keep_report, verify
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.number_result import require_offered
from onestop.enums import RefusalGround
from onestop.models import Dossier, Result, ResultEntry, ResultKind, StoredPaper

NAME_LENGTH, PERSON_LENGTH, FILE_NAME_LENGTH = 300, 100, 255


class ResultFileMissing(Refusal):
    """The procedure's result is a file, and there is none."""


class ResultNotSigned(Refusal):
    """The file does not carry the valid signatures that the result needs."""


class ResultNotInRegister(Refusal):
    """Number or date differ from the line in the register of results (rule 44)."""


class RefusalNotGrounded(Refusal):
    """A refusal needs its legal ground and its reason in words."""


class ResultNotAcceptable(Refusal):
    """A fact of the result is missing or cannot be right."""


@dataclass(frozen=True, kw_only=True)
class RefusedBecause:
    """Why the matter was refused in the end: the kind of ground, and the reason in words with its law."""

    ground: RefusalGround
    reason: str


@dataclass(frozen=True, kw_only=True)
class ResultContent:
    """What an official reads off the result; ``number`` and ``issued_on`` as printed on it."""

    kind: ResultKind | None
    number: str
    issued_on: date
    name: str = ""
    file: IO[bytes] | None = None
    file_name: str = ""
    signer_name: str = ""
    signer_position: str = ""
    expires_on: date | None = None
    refused: RefusedBecause | None = None


@dataclass(frozen=True)
class Signed:
    """What the signatures of a file prove: by whom, for which agency, with the kept report."""

    is_valid: bool = False
    signer_name: str = ""
    issuer: Agency | None = None
    report: ValidationReport | None = None


@action("onestop.record_result", allowed=rules.may_record_result)
def record_result(actor: Actor, dossier: Dossier, content: ResultContent, *, at: datetime) -> Result:
    """Keep one result of the dossier. A mended one takes the place of the one that was found wrong.

    Raises ResultKindNotOffered, RefusalNotGrounded, ResultNotInRegister, ResultFileMissing, ResultNotSigned,
    ResultNotAcceptable and every refusal of an uploaded file.
    """
    require_offered(dossier, content.kind)
    require_ground(content.kind, content.refused)
    entry = _entry(dossier, content)
    stored, signed, file_name = None, Signed(), ""
    if content.file is not None:
        inspected = inspect_pdf(content.file, content.file_name)
        stored = put(content.file, media_type=inspected.media_type)
        file_name = inspected.filename[:FILE_NAME_LENGTH]
        signed = check_signatures(dossier, read_checked(stored), at=at)
    elif dossier.version.result_must_be_signed or dossier.version.result_file_required:
        raise ResultFileMissing(_("Thủ tục này bắt buộc có tệp kết quả. Hãy tải tệp PDF đã ký số lên."))
    return keep_result(
        actor,
        dossier,
        at=at,
        kind=content.kind,
        name=clean_line(content.name),
        number=entry.notation,
        issued_on=entry.entered_on,
        expires_on=content.expires_on,
        issuer=signed.issuer or entry.agency,
        signer_name=signed.signer_name or clean_line(content.signer_name),
        signer_position=clean_line(content.signer_position),
        file=stored,
        file_name=file_name,
        signed=signed,
        entry=entry,
        refused=content.refused,
    )


def require_ground(kind: ResultKind | None, because: RefusedBecause | None) -> None:
    """A letter of refusal says on what ground, and nothing else does; raises RefusalNotGrounded."""
    refuses = bool(kind and kind.is_refusal)
    if because is None:
        if refuses:
            raise RefusalNotGrounded(_("Văn bản từ chối phải nêu căn cứ và lý do từ chối."))
        return
    if kind is not None and not refuses:
        raise RefusalNotGrounded(_("Kết quả “%(name)s” không phải văn bản từ chối.") % {"name": kind.name})
    if not clean_line(because.reason):
        raise RefusalNotGrounded(_("Hãy nêu lý do từ chối bằng lời, kèm điều khoản áp dụng."))


def check_signatures(dossier: Dossier, pdf: bytes, *, at: datetime) -> Signed:
    """Who signed the file. Raises ResultNotSigned when it is altered, sealed by a stranger to the dossier, or
    not validly signed where the procedure demands it."""
    verification = verify(pdf, at=at)
    required = dossier.version.result_must_be_signed
    if not verification.signatures:
        if required:
            raise ResultNotSigned(
                _("Tệp kết quả chưa có chữ ký số. Hãy ký số (người có thẩm quyền và cơ quan) rồi tải lại.")
            )
        return Signed()
    broken = any(one.status == Status.INVALID for one in verification.signatures)
    if broken or (required and not verification.is_valid):
        raise ResultNotSigned(
            _("Chữ ký số trên tệp kết quả không đạt: %(reasons)s") % {"reasons": _reasons(verification)}
        )
    report = keep_report(verification)
    if not verification.is_valid:
        return Signed(report=report)
    return Signed(
        is_valid=True,
        signer_name=verification.personal.signer if verification.personal else "",
        issuer=_sealed_by(dossier, verification),
        report=report,
    )


def keep_result(
    actor: Actor,
    dossier: Dossier,
    *,
    at: datetime,
    kind: ResultKind | None,
    name: str,
    number: str,
    issued_on: date,
    expires_on: date | None,
    issuer: Agency,
    signer_name: str,
    signer_position: str,
    file: StoredFile | None,
    file_name: str,
    signed: Signed,
    refused: RefusedBecause | None,
    entry: ResultEntry | None = None,
    document_id: int | None = None,
) -> Result:
    """Write the row; inside an action that holds the dossier's lock."""
    if expires_on is not None and expires_on < issued_on:
        raise ResultNotAcceptable(_("Ngày hết hạn không thể trước ngày cấp."))
    wrong = (
        Result.objects.filter(
            dossier=dossier, kind=kind, validity=StoredPaper.Validity.REPLACED, replaced_by=None
        )
        .order_by("pk")
        .first()
    )
    return Result.objects.create(
        dossier=dossier,
        kind=kind,
        name=(name or (kind.name if kind else dossier.version.name))[:NAME_LENGTH],
        version=wrong.version + 1 if wrong else 1,
        replaces=wrong,
        is_refusal=refused is not None,
        refusal_ground=refused.ground if refused else "",
        refusal_reason=clean_line(refused.reason) if refused else "",
        number=number,
        issued_on=issued_on,
        expires_on=expires_on,
        issuer=issuer,
        signer_name=signer_name[:PERSON_LENGTH],
        signer_position=signer_position[:PERSON_LENGTH],
        file=file,
        file_name=file_name,
        is_signed=signed.is_valid,
        validation=signed.report,
        entry=entry,
        document_id=document_id,
        recorded_at=at,
        recorded_by=actor.membership,
    )


def _entry(dossier: Dossier, content: ResultContent) -> ResultEntry:
    """The line of the register that the result names, by number and by date."""
    number = clean_line(content.number)
    taken = dossier.result_entries.filter(kind=content.kind, result=None).select_related("agency")
    entry = next((one for one in taken if one.notation == number), None)
    if entry is None:
        raise ResultNotInRegister(
            _("Số “%(number)s” không có trong sổ kết quả cho hồ sơ này. Hãy lấy số trước khi ký kết quả.")
            % {"number": number}
        )
    if entry.entered_on != content.issued_on:
        raise ResultNotInRegister(
            _("Ngày trên kết quả (%(given)s) khác ngày trong sổ kết quả (%(entered)s) của số %(number)s.")
            % {
                "given": f"{content.issued_on:%d/%m/%Y}",
                "entered": f"{entry.entered_on:%d/%m/%Y}",
                "number": entry.notation,
            }
        )
    return entry


def _sealed_by(dossier: Dossier, verification: Verification) -> Agency:
    seal = verification.agency
    code = seal.agency_code if seal else ""
    on = timezone.localdate(seal.signed_at) if seal else None
    agency = resolve_code(code, on) if code and on else None
    of_dossier = {dossier.deciding_agency_id, *dossier.legs.values_list("agency_id", flat=True)}
    if agency is None or agency.pk not in of_dossier:
        raise ResultNotSigned(
            _("Chữ ký số của cơ quan trên tệp là của “%(other)s”, không phải cơ quan giải quyết hồ sơ này.")
            % {"other": seal.organization if seal else ""}
        )
    return agency


def _reasons(verification: Verification) -> str:
    wrong = [one.sentence for one in verification.signatures if one.status != Status.VALID]
    wrong += [check.sentence for check in verification.checks if check.status != Status.VALID]
    return " ".join(wrong)
