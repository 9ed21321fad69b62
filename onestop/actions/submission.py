"""What came in at another door than the counter, as a filing: its procedure, agency and files found."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.files.inspect import inspect_attachment
from egov.files.models import StoredFile
from egov.files.store import put
from egov.organizations.queries.tree import resolve_code
from onestop.actions.filing import Applicant, Filing, FilingNotAcceptable, HandedPaper
from onestop.enums import Channel, Delivery, PaperSource, RequirementKind
from onestop.models import Case, ProcedureVersion, Requirement
from onestop.queries.published import version_with_cases

MOST_FILES = 50


@dataclass(frozen=True, slots=True)
class SubmittedFile:
    """One file: for a line of the procedure's list, or with a name of its own."""

    name: str
    content: bytes
    requirement_id: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that the door itself has inspected and put into the store. Never of a hash that was sent in:
    knowing a hash gives nobody a right to its file."""

    name: str
    sha256: str
    requirement_id: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class ReusedPaper:
    """A paper of the owner's store for a line of the list; its owner and validity are asked for anew."""

    requirement_id: int
    stored_id: int


@dataclass(frozen=True, kw_only=True)
class Submitted:
    """What somebody files from home. ``owner``: in whose name, when not in one's own.

    ``agency_code``: the agency that takes it in. ``key`` makes a repeated submission the same dossier.
    ``shown_later``: lines of papers that are only compared, when the result is collected.
    """

    procedure_code: str
    agency_code: str
    key: str
    case_id: int | None = None
    applicant: Applicant
    owner: Applicant | None = None
    content: str = ""
    delivery: Delivery = Delivery.COUNTER
    delivery_address: str = ""
    files: tuple[SubmittedFile, ...] = ()
    kept: tuple[KeptFile, ...] = ()
    reused: tuple[ReusedPaper, ...] = ()
    shown_later: tuple[int, ...] = ()
    external_code: str = ""


def filing_of(submitted: Submitted, *, key: str, at: datetime) -> Filing:
    """What was submitted as a filing, its files inspected and stored in the caller's transaction.

    ``key`` names door and sender as well, so that nobody's key is taken for somebody else's.
    Raises FilingNotAcceptable, FileRefused, ProcedureUnknown.
    """
    on = timezone.localdate(at)
    version = version_with_cases(submitted.procedure_code, on)
    case = _case(version, submitted.case_id)
    agency = resolve_code(submitted.agency_code, on)
    if agency is None:
        raise FilingNotAcceptable(_("Không có cơ quan nào mang mã này."))
    owner = submitted.owner or submitted.applicant
    return Filing(
        case=case,
        agency=agency,
        owner=owner,
        submitter=submitted.applicant if submitted.owner else None,
        channel=Channel.ONLINE,
        content=submitted.content,
        delivery=submitted.delivery,
        delivery_address=submitted.delivery_address,
        papers=(*papers_of(case, submitted.files), *_papers_at_hand(case, submitted)),
        external_code=submitted.external_code[:60],
        idempotency_key=hashlib.sha256(key.encode()).hexdigest(),
    )


def papers_of(case: Case, files: Sequence[SubmittedFile]) -> tuple[HandedPaper, ...]:
    """The files as papers of the case's list; inspected, then stored."""
    if len(files) > MOST_FILES:
        raise FilingNotAcceptable(_("Mỗi lần nộp tối đa %(most)d tệp.") % {"most": MOST_FILES})
    requirements = {one.pk: one for one in case.requirements.all()}
    return tuple(_paper(file, requirements) for file in files)


def _papers_at_hand(case: Case, submitted: Submitted) -> Iterator[HandedPaper]:
    """What needs no bytes: files in the store, papers used again, papers to be shown."""
    if len(submitted.kept) > MOST_FILES:
        raise FilingNotAcceptable(_("Mỗi lần nộp tối đa %(most)d tệp.") % {"most": MOST_FILES})
    requirements = {one.pk: one for one in case.requirements.all()}
    stored = StoredFile.objects.in_bulk({one.sha256 for one in submitted.kept}, field_name="sha256")
    for file in submitted.kept:
        yield HandedPaper(
            requirement=_line(requirements, file.requirement_id, file.name),
            name=file.title,
            source=PaperSource.UPLOAD,
            file=stored[file.sha256],
            file_name=file.name,
        )
    for paper in submitted.reused:
        requirement = _line(requirements, paper.requirement_id, str(paper.stored_id))
        yield HandedPaper(requirement=requirement, source=PaperSource.STORE, stored_id=paper.stored_id)
    for key in submitted.shown_later:
        requirement = _line(requirements, key, str(key))
        if requirement is None or requirement.kind != RequirementKind.SHOWN:
            raise FilingNotAcceptable(_("Chỉ giấy tờ xuất trình mới được xuất trình sau."))
        yield HandedPaper(requirement=requirement, source=PaperSource.COUNTER)


def _line(requirements: Mapping[int, Requirement], key: int | None, name: str) -> Requirement | None:
    """The line of the list that a file is for; None for a file beyond it."""
    if key is not None and key not in requirements:
        raise FilingNotAcceptable(
            _("Tệp “%(name)s” không thuộc giấy tờ nào của trường hợp này.") % {"name": name}
        )
    return requirements[key] if key is not None else None


def _case(version: ProcedureVersion, case_id: int | None) -> Case:
    cases = list(version.cases.all())
    for case in cases:
        case.version = version
    if case_id is None and len(cases) == 1:
        return cases[0]
    for case in cases:
        if case.pk == case_id:
            return case
    raise FilingNotAcceptable(_("Hãy chọn trường hợp của thủ tục."))


def _paper(file: SubmittedFile, requirements: Mapping[int, Requirement]) -> HandedPaper:
    requirement = _line(requirements, file.requirement_id, file.name)
    inspected = inspect_attachment(BytesIO(file.content), file.name)
    return HandedPaper(
        requirement=requirement,
        name=file.title,
        source=PaperSource.UPLOAD,
        file=put(file.content, media_type=inspected.media_type),
        file_name=inspected.filename,
    )
