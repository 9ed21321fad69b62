"""Enter a decision that announces procedures: each of its lines takes effect on its own day (rule 7)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from egov.files.models import StoredFile
from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.activate_version import end, put_in_force
from onestop.enums import EffectKind, VersionState
from onestop.models import AnnouncingDecision, DecisionEffect, Procedure, ProcedureVersion


class DecisionNotAcceptable(Refusal):
    """A line of the decision cannot take effect as it stands."""


@dataclass(frozen=True, kw_only=True)
class EffectLine:
    """What the decision does to one procedure: a verified version that it brings in, or its end."""

    procedure: Procedure
    kind: str
    effective_on: date
    version: ProcedureVersion | None = None


@dataclass(frozen=True, kw_only=True)
class DecisionContent:
    """A decision as it was signed."""

    number: str
    issuer: str
    title: str
    issued_on: date
    lines: tuple[EffectLine, ...]
    file: StoredFile | None = None


@action("onestop.announce_decision", allowed=rules.may_announce)
def announce_decision(actor: Actor, content: DecisionContent, *, at: datetime) -> AnnouncingDecision:
    """Enter it with all of its lines, or none of it.

    Lines of later days hold from 00:00 local time of their day without anybody doing anything then.
    Raises DecisionNotAcceptable, VersionIncomplete (rule 2) or DayNotPossible.
    """
    return enter_decision(content, by=actor, at=at)


def enter_decision(content: DecisionContent, *, by: Performer, at: datetime) -> AnnouncingDecision:
    """The same without asking who: the seed's decisions were taken by nobody here."""
    if not content.lines:
        raise DecisionNotAcceptable(_("Quyết định chưa có thủ tục nào. Hãy ghi ít nhất một dòng."))
    known = AnnouncingDecision.objects.filter(
        number=content.number, issuer=content.issuer, issued_on=content.issued_on
    )
    if known.exists():
        raise DecisionNotAcceptable(
            _("Quyết định %(number)s đã được ghi vào danh mục.") % {"number": content.number}
        )
    decision = AnnouncingDecision.objects.create(
        number=content.number,
        issuer=content.issuer,
        title=content.title,
        issued_on=content.issued_on,
        file=content.file,
    )
    # Always in one order, so that two decisions never wait for each other.
    for line in sorted(content.lines, key=lambda one: (one.procedure.pk, one.effective_on)):
        _take_effect(decision, line, by=by, at=at)
    return decision


def _take_effect(decision: AnnouncingDecision, line: EffectLine, *, by: Performer, at: datetime) -> None:
    code = {"code": line.procedure.local_code}
    if line.effective_on < decision.issued_on:
        raise DecisionNotAcceptable(
            _("Thủ tục %(code)s: ngày có hiệu lực không thể trước ngày ban hành quyết định.") % code
        )
    if decision.effects.filter(procedure=line.procedure).exists():
        raise DecisionNotAcceptable(_("Thủ tục %(code)s được ghi hai lần trong quyết định.") % code)
    version = None if line.kind == EffectKind.ABOLISHED else line.version
    if line.kind != EffectKind.ABOLISHED:
        version = _verified(line)
    DecisionEffect.objects.create(
        decision=decision,
        procedure=line.procedure,
        kind=line.kind,
        effective_on=line.effective_on,
        version=version,
    )
    if version is None:
        end(line.procedure, line.effective_on, by=by, at=at)
    else:
        put_in_force(version, line.effective_on, by=by, at=at)


def _verified(line: EffectLine) -> ProcedureVersion:
    code = {"code": line.procedure.local_code}
    version = line.version
    if version is None or version.procedure_id != line.procedure.pk:
        raise DecisionNotAcceptable(_("Thủ tục %(code)s: hãy chọn phiên bản được công bố.") % code)
    version = ProcedureVersion.objects.select_for_update(of=("self",), no_key=True).get(pk=version.pk)
    if version.state != VersionState.VERIFIED:
        raise DecisionNotAcceptable(
            _("Thủ tục %(code)s: phiên bản chưa được thẩm tra nên chưa công bố được.") % code
        )
    return version
