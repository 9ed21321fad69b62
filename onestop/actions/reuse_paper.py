"""Use a paper of the owner's store again instead of asking for it (domain: 3.8)."""

import mimetypes
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.keep_in_store import owner_number
from onestop.enums import PaperSource, RequirementKind
from onestop.models import Dossier, Paper, Requirement, StoredPaper
from onestop.queries.store import reusable

NAME_LENGTH = 240


class StoredPaperNotUsable(Refusal):
    """Revoked, replaced, expired on the day of filing, of another kind, or somebody else's (rule 45)."""


class PaperNotAskedFor(Refusal):
    """The line is not one of this dossier's list."""


@action("onestop.reuse_paper", allowed=rules.may_reuse_paper)
def reuse_paper(
    actor: Actor,  # noqa: ARG001
    dossier: Dossier,
    *,
    requirement: Requirement,
    stored_id: int,
    at: datetime,
) -> Paper:
    """Put a stored paper into the dossier as that line of its list. The owner is the dossier's; validity is
    that of the day of filing.

    Using the same paper for the same line twice gives the same row.
    Raises StoredPaperNotUsable, PaperNotAskedFor.
    """
    if requirement.case_id != dossier.case_id or requirement.kind == RequirementKind.NOTE:
        raise PaperNotAskedFor(_("Giấy tờ này không có trong thành phần hồ sơ."))
    filed_on = timezone.localdate(dossier.submitted_at)
    stored = reusable(owner_number(dossier.owner), requirement, filed_on).filter(pk=stored_id).first()
    if stored is None:
        raise StoredPaperNotUsable(
            _(
                "Không dùng lại được giấy tờ này: không phải của chủ hồ sơ, đã bị thu hồi, thay thế, hết hạn "
                "vào ngày nộp hoặc khác loại giấy tờ cần nộp."
            )
        )
    used = dossier.papers.filter(requirement=requirement, stored=stored, replaced_by=None).first()
    return used or Paper.objects.create(
        dossier=dossier,
        requirement=requirement,
        name=stored.name,
        source=PaperSource.STORE,
        file=stored.file,
        file_name=_file_name(stored),
        stored=stored,
        is_shown_only=requirement.kind == RequirementKind.SHOWN,
        added_at=at,
    )


def _file_name(stored: StoredPaper) -> str:
    extension = mimetypes.guess_extension(stored.file.media_type) if stored.file else None
    return f"{stored.name[:NAME_LENGTH]}{extension or ''}"
