"""Begin a new version of a procedure, or a procedure that the catalogue did not have."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from egov.organizations.models import Agency
from egov.workflow.action import action
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.enums import SystemOfRecord, VersionState
from onestop.models import (
    Case,
    ChannelRule,
    FeeRule,
    LegalBasis,
    PlannedLeg,
    PlannedStep,
    Procedure,
    ProcedureVersion,
    Requirement,
    ResultKind,
    Sector,
)
from onestop.queries.version_content import (
    CaseContent,
    VersionContent,
    content_of,
    own_values,
    with_lines,
)


class ProcedureKnown(Refusal):
    """The catalogue of that agency has this code already."""


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What a procedure is, whatever its versions say."""

    national_code: str
    agency: Agency
    level: str
    sector: Sector
    suffix: str = ""
    system_of_record: str = SystemOfRecord.LOCAL


@action("onestop.create_procedure", allowed=rules.may_keep_catalogue)
def create_procedure(
    actor: Performer, identity: Identity, content: VersionContent, *, at: datetime
) -> ProcedureVersion:
    """Take a procedure into the catalogue with its first draft. Raises ProcedureKnown."""
    known = Procedure.objects.filter(national_code=identity.national_code, agency=identity.agency)
    if known.exists():
        raise ProcedureKnown(
            _("Cơ quan này đã có thủ tục mã %(code)s trong danh mục. Hãy tạo phiên bản mới của thủ tục đó.")
            % {"code": identity.national_code}
        )
    procedure = Procedure.objects.create(
        national_code=identity.national_code,
        suffix=identity.suffix,
        agency=identity.agency,
        level=identity.level,
        sector=identity.sector,
        system_of_record=identity.system_of_record,
    )
    return write_draft(procedure, content, by=actor, at=at)


@action("onestop.create_version", allowed=rules.may_create_version)
def create_version(actor: Performer, procedure: Procedure, *, at: datetime) -> ProcedureVersion:
    """Begin the next version: a draft that says what the latest one says, line by line."""
    latest = procedure.versions.prefetch_related(*with_lines()).order_by("-number").first()
    content = content_of(latest) if latest else VersionContent(name="")
    return write_draft(procedure, content, by=actor, at=at)


def write_draft(
    procedure: Procedure, content: VersionContent, *, by: Performer, at: datetime, note: str = ""
) -> ProcedureVersion:
    """The procedure's next version as a draft; the caller has asked whether ``by`` may."""
    latest = procedure.versions.order_by("-number").first()
    version = ProcedureVersion.objects.create(
        procedure=procedure, number=latest.number + 1 if latest else 1, **own_values(content)
    )
    write_lines(version, content)
    note_draft(version, before="", by=by, at=at, note=note)
    return version


def note_draft(
    version: ProcedureVersion, *, before: str, by: Performer, at: datetime, note: str = ""
) -> None:
    """Who wrote what: the verifier must be another person."""
    version.changes.create(
        before=before, after=VersionState.DRAFT, at=at, user_id=by.user_id, person=by.caption, note=note
    )


@transaction.atomic
def write_lines(version: ProcedureVersion, content: VersionContent) -> None:
    """Make a draft's lines exactly these; what was there goes. The database refuses any other version."""
    for old in (version.cases, version.legal_bases, version.result_kinds):
        old.all().delete()
    for model, lines in ((LegalBasis, content.legal_bases), (ResultKind, content.result_kinds)):
        rows: Any = model.objects
        rows.bulk_create(model(version=version, **own_values(line)) for line in lines)
    for order, case in enumerate(content.cases, start=1):
        row = Case.objects.create(version=version, order=order, **own_values(case))
        _write_case(row, case)


def _write_case(case: Case, content: CaseContent) -> None:
    ChannelRule.objects.bulk_create(
        ChannelRule(case=case, **own_values(line)) for line in content.channel_rules
    )
    FeeRule.objects.bulk_create(FeeRule(case=case, **own_values(line)) for line in content.fee_rules)
    Requirement.objects.bulk_create(
        Requirement(case=case, order=order, **own_values(line))
        for order, line in enumerate(content.requirements, start=1)
    )
    legs = PlannedLeg.objects.bulk_create(
        PlannedLeg(case=case, order=order, **own_values(line))
        for order, line in enumerate(content.planned_legs, start=1)
    )
    PlannedStep.objects.bulk_create(
        PlannedStep(leg=leg, order=order, **own_values(step))
        for leg, line in zip(legs, content.planned_legs, strict=True)
        for order, step in enumerate(line.steps, start=1)
    )
