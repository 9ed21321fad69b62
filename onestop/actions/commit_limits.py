"""Promise less time than the law allows, for many procedures at once (domain: 3.5)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workdays.limit import Limit
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.create_version import write_draft
from onestop.enums import Channel, VersionState
from onestop.models import ProcedureVersion
from onestop.queries.commitment import committed_content
from onestop.queries.completeness import legal_limit_of, limit_of, missing
from onestop.queries.version_content import VersionContent, content_of, with_lines

LEAST_PERCENT, MOST_PERCENT = 1, 90


class CommitmentNotPossible(Refusal):
    """One of the chosen procedures cannot promise that; none was changed."""


@dataclass(frozen=True, slots=True)
class CommittedLimit:
    """One channel's limits: by law, promised so far, promised then."""

    where: str
    legal: Limit
    before: Limit
    after: Limit

    @property
    def percent(self) -> int:
        """How much the new promise undercuts the law, rounded down."""
        return int((self.after.reduction_from(self.legal) or 0) * 100)


@dataclass(frozen=True)
class CommitmentLine:
    """What committing would do to one procedure; ``refusal`` says why it cannot."""

    version: ProcedureVersion
    content: VersionContent
    limits: tuple[CommittedLimit, ...]
    refusal: str = ""


@dataclass(frozen=True)
class Commitment:
    """By how many per cent which versions in force shall undercut the law."""

    percent: int
    versions: tuple[ProcedureVersion, ...]

    def __str__(self) -> str:
        return f"{self.percent} %"


def preview(commitment: Commitment) -> list[CommitmentLine]:
    """What would become of each, before anything is written."""
    versions = ProcedureVersion.objects.filter(pk__in=[one.pk for one in commitment.versions])
    lines = versions.select_related("procedure__agency").prefetch_related(
        *with_lines(), "procedure__versions"
    )
    return [_line(version, commitment.percent) for version in lines.order_by("procedure__national_code")]


@action("onestop.commit_limits", allowed=rules.may_keep_catalogue)
def commit_limits(actor: Actor, commitment: Commitment, *, at: datetime) -> list[ProcedureVersion]:
    """Write a draft for each version with the shorter limits and the steps that fit them.

    They hold when another person has verified them and they were activated, as any version; dossiers that
    are running keep their appointment. Raises CommitmentNotPossible.
    """
    if not LEAST_PERCENT <= commitment.percent <= MOST_PERCENT:
        raise CommitmentNotPossible(
            _("Tỷ lệ cắt giảm phải từ %(least)d đến %(most)d %%.")
            % {"least": LEAST_PERCENT, "most": MOST_PERCENT}
        )
    lines = preview(commitment)
    if not lines:
        raise CommitmentNotPossible(_("Hãy chọn ít nhất một thủ tục."))
    for line in lines:
        if line.refusal:
            raise CommitmentNotPossible(f"{line.version.procedure.local_code}: {line.refusal}")
    note = _("Cam kết giảm %(percent)d %% thời hạn giải quyết") % {"percent": commitment.percent}
    return [write_draft(line.version.procedure, line.content, by=actor, at=at, note=note) for line in lines]


def _line(version: ProcedureVersion, percent: int) -> CommitmentLine:
    before = content_of(version)
    after = committed_content(before, percent)
    limits = tuple(_limits(before, after))
    return CommitmentLine(version, after, limits, _refusal(version, before, after))


def _limits(before: VersionContent, after: VersionContent) -> list[CommittedLimit]:
    found = []
    for old, new in zip(before.cases, after.cases, strict=True):
        for rule, promised in zip(old.channel_rules, new.channel_rules, strict=True):
            legal, was, will = legal_limit_of(rule), limit_of(rule), limit_of(promised)
            if legal and was and will:
                words = [old.name, str(Channel(rule.channel).label), rule.variant]
                found.append(CommittedLimit(", ".join(filter(None, words)), legal, was, will))
    return found


def _refusal(version: ProcedureVersion, before: VersionContent, after: VersionContent) -> str:
    waiting = (VersionState.DRAFT, VersionState.VERIFIED)
    if any(one.state in waiting for one in version.procedure.versions.all()):
        return _("đã có một bản dự thảo chưa áp dụng.")
    if after == before:
        return _("không còn thời hạn nào rút ngắn được (trả trong ngày hoặc đã cam kết như vậy).")
    return " ".join(missing(after))
