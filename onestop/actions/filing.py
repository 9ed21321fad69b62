"""What somebody hands in: for whom, by which case and channel, with which papers. Nothing is stored yet."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from egov.files.models import StoredFile
from egov.organizations.models import Agency
from egov.printing.markup import clean_line
from egov.workflow.refusal import Refusal
from onestop.actions.charge import ClaimedExemption
from onestop.enums import ApplicantKind, Channel, Delivery, PaperSource
from onestop.fees import Quantities
from onestop.models import Case, ChannelRule, Party, Requirement
from onestop.rules.identity import (
    ORGANISATIONS,
    WITH_PERSONAL_NUMBER,
    NumberCheck,
    check_personal_number,
    check_tax_code,
)

LENGTHS = {"name": 200, "address": 300, "phone": 20, "email": 254, "representative": 200}
CONTENT_LENGTH, ADDRESS_LENGTH = 500, 300
MOST_SETS = 99


class FilingNotAcceptable(Refusal):
    """Something that every dossier needs is missing or cannot be right.

    ``field`` is where, in words of Filing and Applicant: ``owner.name``, ``delivery_address``; empty: nowhere
    in particular.
    """

    def __init__(self, sentence: object, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class NumberDoubtful(Refusal):
    """A number contradicts what was declared; an official may pass over it in so many words (rule 38)."""

    def __init__(self, warnings: tuple[str, ...]) -> None:
        self.warnings = warnings
        super().__init__(
            _("%(warnings)s Hãy đối chiếu với giấy tờ, rồi xác nhận nếu số vẫn đúng.")
            % {"warnings": " ".join(warnings)}
        )


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """A person or organisation as declared."""

    kind: ApplicantKind
    name: str
    personal_number: str = ""
    tax_code: str = ""
    born_on: date | None = None
    sex: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    representative: str = ""
    identity_level: int = 0
    # An official has compared a number that does not fit with the card itself.
    number_confirmed: bool = False

    @property
    def number(self) -> str:
        """By which the applicant is known: of the person, else of the organisation."""
        return self.personal_number or self.tax_code

    def check(self) -> NumberCheck:
        """What is wrong or odd about the numbers."""
        if self.tax_code and (refusal := check_tax_code(self.tax_code)).refusal:
            return refusal
        if not self.personal_number:
            return NumberCheck()
        if self.kind in ORGANISATIONS:
            # It is the representative's, whose day of birth nobody asked.
            return check_personal_number(self.personal_number)
        return check_personal_number(self.personal_number, sex=self.sex, born_on=self.born_on)


@dataclass(frozen=True, kw_only=True)
class HandedPaper:
    """One paper: of the list (``requirement``) or beyond it (``name``)."""

    requirement: Requirement | None = None
    name: str = ""
    originals: int = 0
    certified_copies: int = 0
    photocopies: int = 0
    source: PaperSource = PaperSource.COUNTER
    file: StoredFile | None = None
    file_name: str = ""
    # An item of the owner's store that is used again.
    stored_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Filing:
    """All that is needed to receive a dossier.

    ``agency`` receives; ``deciding_agency`` need be named only where the procedure leaves it open: a matter
    of a commune handed in elsewhere. ``quantities`` counts pages, copies or persons by key of the fee rule,
    and ``exemption`` is what ``charge.lay_charges`` takes.
    """

    case: Case
    agency: Agency
    owner: Applicant
    # None: the owner came in person.
    submitter: Applicant | None = None
    channel: Channel = Channel.COUNTER
    channel_rule: ChannelRule | None = None
    deciding_agency: Agency | None = None
    content: str = ""
    sets: int = 1
    delivery: Delivery = Delivery.COUNTER
    delivery_address: str = ""
    papers: tuple[HandedPaper, ...] = ()
    quantities: Quantities = field(default_factory=dict)
    exemption: ClaimedExemption | None = None
    external_code: str = ""
    # The same key makes one dossier, however often it is sent.
    idempotency_key: str | None = None
    # Staff have seen that the same owner has an open dossier of this procedure.
    duplicate_confirmed: bool = False


def cleaned(filing: Filing) -> Filing:
    """The filing in printable lines, without blanks around. Raises FilingNotAcceptable, NumberDoubtful."""
    filing = replace(
        filing,
        owner=_applicant(filing.owner, _("chủ hồ sơ"), "owner"),
        submitter=_applicant(filing.submitter, _("người nộp"), "submitter") if filing.submitter else None,
        content=clean_line(filing.content) or str(filing.case.version),
        delivery_address=clean_line(filing.delivery_address),
    )
    # The name of a procedure may be longer than what is asked for.
    filing = replace(filing, content=filing.content[:CONTENT_LENGTH])
    if not 1 <= filing.sets <= MOST_SETS:
        raise FilingNotAcceptable(_("Số bộ hồ sơ phải từ 1 đến %(most)d.") % {"most": MOST_SETS}, "sets")
    if filing.delivery == Delivery.POST and not filing.delivery_address:
        raise FilingNotAcceptable(_("Hãy ghi địa chỉ nhận kết quả qua bưu chính."), "delivery_address")
    if len(filing.delivery_address) > ADDRESS_LENGTH:
        raise FilingNotAcceptable(
            _("Địa chỉ nhận kết quả dài quá %(limit)d ký tự.") % {"limit": ADDRESS_LENGTH}
        )
    return filing


def _applicant(applicant: Applicant, who: str, field: str) -> Applicant:
    lines: dict[str, Any] = {name: clean_line(getattr(applicant, name)) for name in LENGTHS}
    applicant = replace(
        applicant,
        **lines,
        personal_number=applicant.personal_number.replace(" ", ""),
        tax_code=applicant.tax_code.replace(" ", ""),
    )
    if not applicant.name:
        raise FilingNotAcceptable(_("Hãy ghi họ tên %(who)s.") % {"who": who}, f"{field}.name")
    for name, limit in LENGTHS.items():
        if len(text := getattr(applicant, name)) > limit:
            raise FilingNotAcceptable(
                _("“%(start)s…” dài quá %(limit)d ký tự.") % {"start": text[:30], "limit": limit},
                f"{field}.{name}",
            )
    if applicant.email:
        try:
            validate_email(applicant.email)
        except ValidationError as error:
            raise FilingNotAcceptable(
                _("Địa chỉ thư điện tử của %(who)s chưa đúng.") % {"who": who}
            ) from error
    found = applicant.check()
    if found.refusal:
        wrong = (
            "tax_code"
            if applicant.tax_code and check_tax_code(applicant.tax_code).refusal
            else "personal_number"
        )
        raise FilingNotAcceptable(f"{who.capitalize()}: {found.refusal}", f"{field}.{wrong}")
    if found.warnings and not applicant.number_confirmed:
        raise NumberDoubtful(found.warnings)
    return applicant


def require_number_of_submitter(filing: Filing) -> None:
    """Whoever hands papers in shows who they are; an owner may be too young to have a number."""
    person = filing.submitter or filing.owner
    field = "submitter" if filing.submitter else "owner"
    if person.kind in WITH_PERSONAL_NUMBER and not person.personal_number:
        raise FilingNotAcceptable(
            _("Hãy ghi số định danh cá nhân của người nộp hồ sơ."), f"{field}.personal_number"
        )
    if person.kind == ApplicantKind.ENTERPRISE and not person.number:
        raise FilingNotAcceptable(_("Hãy ghi mã số doanh nghiệp của người nộp hồ sơ."), f"{field}.tax_code")


def party_of(applicant: Applicant) -> Party:
    """The row that keeps the applicant as they stood this day, with what was passed over."""
    return Party.objects.create(
        kind=applicant.kind,
        name=applicant.name,
        personal_number=applicant.personal_number,
        tax_code=applicant.tax_code,
        born_on=applicant.born_on,
        sex=applicant.sex,
        address=applicant.address,
        phone=applicant.phone,
        email=applicant.email,
        representative=applicant.representative,
        identity_level=applicant.identity_level,
        number_warning=" ".join(applicant.check().warnings)[:300],
    )
