"""An intake while it is typed: begun, kept field by field, with its scans, until it is a dossier."""

from collections.abc import Mapping
from datetime import datetime
from typing import IO

from django.utils.translation import gettext as _

from egov.files.inspect import inspect_attachment
from egov.files.store import put
from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.filing import Filing
from onestop.actions.receive import receive
from onestop.actions.refuse_intake import refuse_intake
from onestop.enums import IntakeRefusalGround, PaperSource
from onestop.models import Dossier, IntakeDraft, IntakeFile, ProcedureVersion, Requirement

MOST_FILES = 200


class TooManyFiles(Refusal):
    """More files than anybody could look through."""


@action("onestop.begin_intake", allowed=rules.may_begin_intake)
def begin_intake(actor: Actor, version: ProcedureVersion, *, at: datetime) -> IntakeDraft:
    """Begin to type a dossier of this procedure."""
    return IntakeDraft.objects.create(member=actor.membership, version=version, begun_at=at, saved_at=at)


@action("onestop.save_intake", allowed=rules.may_type_intake)
def save_intake(
    actor: Actor,  # noqa: ARG001
    draft: IntakeDraft,
    *,
    typed: Mapping[str, str],
    at: datetime,
) -> IntakeDraft:
    """Keep what stands in the fields now, right or wrong."""
    draft.typed, draft.saved_at = dict(typed), at
    draft.save(update_fields=["typed", "saved_at"])
    return draft


@action("onestop.add_intake_file", allowed=rules.may_type_intake)
def add_intake_file(
    actor: Actor,  # noqa: ARG001
    draft: IntakeDraft,
    *,
    requirement: Requirement | None,
    file: IO[bytes],
    filename: str,
    at: datetime,
) -> IntakeFile:
    """Add a scan of a paper; the same file for the same paper is kept once.

    Raises FileRefused (with its kinds), TooManyFiles; then nothing of it is kept.
    """
    inspected = inspect_attachment(file, filename)
    if draft.files.count() >= MOST_FILES:
        raise TooManyFiles(_("Mỗi hồ sơ có tối đa %(most)d tệp.") % {"most": MOST_FILES})
    stored = put(file, media_type=inspected.media_type)
    kept, _is_new = IntakeFile.objects.get_or_create(
        draft=draft,
        requirement=requirement,
        file=stored,
        defaults={"name": inspected.filename, "source": PaperSource.SCAN},
    )
    draft.saved_at = at
    draft.save(update_fields=["saved_at"])
    return kept


@action("onestop.remove_intake_file", allowed=rules.may_type_intake)
def remove_intake_file(actor: Actor, draft: IntakeDraft, *, file_id: int, at: datetime) -> None:  # noqa: ARG001
    """Take a scan off; one that is gone already is no fault."""
    draft.files.filter(pk=file_id).delete()


@action("onestop.discard_intake", allowed=rules.may_type_intake)
def discard_intake(actor: Actor, draft: IntakeDraft, *, at: datetime) -> None:  # noqa: ARG001
    """Throw away what was typed: the applicant has left, nothing was received."""
    IntakeDraft.objects.filter(pk=draft.pk).delete()


@action("onestop.receive_intake", allowed=rules.may_finish_intake)
def receive_intake(
    actor: Actor,
    draft: IntakeDraft,
    *,
    filing: Filing,
    typed: Mapping[str, str] | None = None,
    at: datetime,
) -> Dossier:
    """Receive what was typed. A second click, or a second window, finds the first one's dossier.

    ``typed`` is kept along with it where it was not before. Raises what ``receive`` raises; what was kept
    stays then.
    """
    if typed is not None and draft.dossier_id is None:
        draft.typed, draft.saved_at = dict(typed), at
    return _finished(draft, receive(actor, filing, at=at))


@action("onestop.refuse_intake_draft", allowed=rules.may_finish_intake)
def refuse_intake_draft(
    actor: Actor,
    draft: IntakeDraft,
    *,
    filing: Filing,
    ground: IntakeRefusalGround,
    reason: str,
    at: datetime,
) -> Dossier:
    """Refuse what was typed, on form 03; kept as a refused filing. Raises what ``refuse_intake`` raises."""
    return _finished(draft, refuse_intake(actor, filing, ground=ground, reason=reason, at=at))


def _finished(draft: IntakeDraft, dossier: Dossier) -> Dossier:
    if draft.dossier_id is None:
        draft.dossier = dossier
        draft.save(update_fields=["dossier", "typed", "saved_at"])
    return dossier
