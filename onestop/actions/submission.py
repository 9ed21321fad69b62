"""What came in at another door than the counter, as a filing: its procedure, agency and files found."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.files.inspect import inspect_attachment
from egov.files.store import put
from egov.organizations.queries.tree import resolve_code
from onestop.actions.filing import Applicant, Filing, FilingNotAcceptable, HandedPaper
from onestop.enums import Channel, Delivery, PaperSource
from onestop.models import Case, ProcedureVersion, Requirement
from onestop.queries.published import version_of_code

MOST_FILES = 50


@dataclass(frozen=True, slots=True)
class SubmittedFile:
    """One file: for a line of the procedure's list, or with a name of its own."""

    name: str
    content: bytes
    requirement_id: int | None = None
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Submitted:
    """What somebody files from home. ``owner``: in whose name, when not in one's own.

    ``agency_code``: the agency that takes it in. ``key`` makes a repeated submission the same dossier.
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
    external_code: str = ""


def filing_of(submitted: Submitted, *, key: str, at: datetime) -> Filing:
    """What was submitted as a filing, its files inspected and stored in the caller's transaction.

    ``key`` names door and sender as well, so that nobody's key is taken for somebody else's.
    Raises FilingNotAcceptable, FileRefused, ProcedureUnknown.
    """
    on = timezone.localdate(at)
    version = version_of_code(submitted.procedure_code, on)
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
        papers=papers_of(case, submitted.files),
        external_code=submitted.external_code[:60],
        idempotency_key=hashlib.sha256(key.encode()).hexdigest(),
    )


def papers_of(case: Case, files: Sequence[SubmittedFile]) -> tuple[HandedPaper, ...]:
    """The files as papers of the case's list; inspected, then stored."""
    if len(files) > MOST_FILES:
        raise FilingNotAcceptable(_("Mỗi lần nộp tối đa %(most)d tệp.") % {"most": MOST_FILES})
    requirements = {one.pk: one for one in case.requirements.all()}
    return tuple(_paper(file, requirements) for file in files)


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
    if file.requirement_id is not None and file.requirement_id not in requirements:
        raise FilingNotAcceptable(
            _("Tệp “%(name)s” không thuộc giấy tờ nào của trường hợp này.") % {"name": file.name}
        )
    inspected = inspect_attachment(BytesIO(file.content), file.name)
    return HandedPaper(
        requirement=requirements[file.requirement_id] if file.requirement_id is not None else None,
        name=file.title,
        source=PaperSource.UPLOAD,
        file=put(file.content, media_type=inspected.media_type),
        file_name=inspected.filename,
    )
