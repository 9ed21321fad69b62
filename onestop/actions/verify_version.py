"""A second person compares a draft with the law, and lets it pass or sends it back."""

from datetime import datetime

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.enums import VersionState
from onestop.models import ProcedureVersion
from onestop.queries.completeness import missing
from onestop.queries.version_content import content_of

NAMED = 5  # more faults than these are read on the page, not in a sentence


class VersionIncomplete(Refusal):
    """Rule 2: what a person still has to look up, in words."""

    def __init__(self, faults: list[str]) -> None:
        more = len(faults) - NAMED
        rest = [_("và %(more)d điểm khác.") % {"more": more}] if more > 0 else []
        super().__init__(
            _("Phiên bản chưa đủ để áp dụng: %(faults)s") % {"faults": " ".join(faults[:NAMED] + rest)}
        )
        self.faults = faults


class ReasonMissing(Refusal):
    """Whoever sends back says why."""


@action("onestop.verify_version", allowed=rules.may_verify_version)
def verify_version(actor: Actor, version: ProcedureVersion, *, at: datetime) -> ProcedureVersion:
    """State that the draft agrees with the law; it is locked from now on. Raises VersionIncomplete."""
    refuse_incomplete(version)
    version.verified_by, version.verified_at = actor.membership, at
    version.save(update_fields=["verified_by", "verified_at"])
    move(version, to=VersionState.VERIFIED, by=actor, at=at)
    return version


@action("onestop.send_back_version", allowed=rules.may_send_back_version)
def send_back_version(
    actor: Actor, version: ProcedureVersion, *, reason: str, at: datetime
) -> ProcedureVersion:
    """Make a verified version a draft again, saying what is wrong with it."""
    if not reason.strip():
        raise ReasonMissing(_("Hãy ghi lý do trả lại để người soạn biết cần sửa gì."))
    version.verified_by = version.verified_at = None
    version.save(update_fields=["verified_by", "verified_at"])
    move(version, to=VersionState.DRAFT, by=actor, at=at, note=reason.strip())
    return version


def refuse_incomplete(version: ProcedureVersion) -> None:
    """Raises VersionIncomplete while a limit lacks its unit, a fee is unconfirmed or the way is too long."""
    faults = missing(content_of(version))
    if faults:
        raise VersionIncomplete(faults)
