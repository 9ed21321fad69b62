"""How far the settlement of one matter is, what it waits for, and between whom and what a step may choose."""

from datetime import date

from complaints import states
from complaints.deadlines import ANSWERED
from complaints.enums import MatterKind, MatterState, Stage
from complaints.models import Dialogue, ExecutionItem, Matter, Outcome, Publication, Verification
from complaints.queries.people import approvers, possible_handlers
from complaints.rules.settlement import may_sign_outcome
from egov.organizations.models import Membership
from egov.organizations.queries.tree import placements


def last_verification(matter: Matter) -> Verification | None:
    """The one that runs, or ran last."""
    return next(reversed(matter.verifications.all()), None)


def has_no_running_verification(matter: Matter) -> bool:
    """Whether another one may be ordered."""
    last = last_verification(matter)
    return last is None or last.finding is not None


def waits_for_verification(matter: Matter) -> bool:
    """Nothing was ordered yet, and this kind of matter is verified."""
    return (
        matter.state == MatterState.SETTLING
        and matter.kind not in ANSWERED
        and last_verification(matter) is None
    )


def waits_for_plan(matter: Matter) -> bool:
    """It runs without a plan."""
    last = last_verification(matter)
    return last is not None and last.finding is None and not last.plan


def waits_for_report(matter: Matter) -> bool:
    """It runs."""
    last = last_verification(matter)
    return last is not None and last.finding is None


def waits_for_dialogue(matter: Matter) -> bool:
    """The law asks for one, and none was called (rule 28)."""
    if matter.kind != MatterKind.COMPLAINT or matter.dialogues.all():
        return False
    last = last_verification(matter)
    finding = last.finding if last else None
    return finding is not None and (finding.differs or matter.stage == Stage.SECOND)


def unminuted(matter: Matter) -> list[Dialogue]:
    """Dialogues that were called and have no minutes."""
    return [one for one in matter.dialogues.all() if one.minuted_at is None]


def standing_outcome(matter: Matter) -> Outcome | None:
    """The draft, or what was issued."""
    return next((one for one in matter.outcomes.all() if one.dropped_at is None), None)


def may_still_be_drafted(matter: Matter) -> bool:
    """Nothing was presented."""
    standing = standing_outcome(matter)
    return standing is None or standing.document_id is None


def has_draft(matter: Matter) -> bool:
    """A draft waits to be presented."""
    standing = standing_outcome(matter)
    return standing is not None and standing.document_id is None


def waits_for_draft(matter: Matter) -> bool:
    """What the law asks for before a draft is there."""
    if matter.state != MatterState.SETTLING or standing_outcome(matter) is not None:
        return False
    if matter.kind in ANSWERED:
        return True
    last = last_verification(matter)
    return (
        last is not None
        and last.finding is not None
        and not waits_for_dialogue(matter)
        and not unminuted(matter)
    )


def publications(matter: Matter) -> list[Publication]:
    """The ways in which its result is made public."""
    found = [one for outcome in matter.outcomes.all() for one in outcome.publications.all()]
    return sorted(found, key=lambda one: (one.starts_on, one.pk))


def waits_for_publication(matter: Matter) -> bool:
    """A result was issued and nobody has begun to publish it."""
    return matter.state == MatterState.SETTLED and not publications(matter)


def unapproved(matter: Matter) -> list[Publication]:
    """Those that a second person has to read."""
    return [one for one in publications(matter) if one.approved_at is None]


def unproven(matter: Matter) -> list[Publication]:
    """Those whose proof is missing."""
    return [one for one in publications(matter) if one.approved_at and not one.proven_at]


def undone(matter: Matter) -> list[ExecutionItem]:
    """What is still to be carried out."""
    return [one for one in matter.execution_items.all() if one.done_on is None]


def may_be_closed(matter: Matter) -> bool:
    """Everything is done and was public."""
    return (
        matter.state == MatterState.SETTLED
        and not undone(matter)
        and any(one.proven_at for one in publications(matter))
        and not unproven(matter)
    )


def is_open(matter: Matter) -> bool:
    """Something can still be withdrawn."""
    return matter.state in states.OPEN


def possible_verifiers(matter: Matter, on: date) -> list[Membership]:
    """Who may be on the team: handlers and leaders who are not tied."""
    found = {one.pk: one for one in (*possible_handlers(matter, on), *approvers(matter, but=None, on=on))}
    return list(found.values())


def possible_signers(matter: Matter, on: date) -> list[Membership]:
    """Which leaders may sign the result and chair its dialogue (rule 29)."""
    return [one for one in approvers(matter, but=None, on=on) if may_sign_outcome(matter, one.user_id)]


def codes_of_receivers(matter: Matter, on: date) -> list[str]:
    """The codes of the agencies that get the result: the one above, and the second time who decided first."""
    place = placements(on).filter(agency=matter.agency).select_related("parent").first()
    found = [place.parent.code] if place and place.parent else []
    if matter.previous is not None and matter.previous.agency_id != matter.agency_id:
        found.append(matter.previous.agency.code)
    return list(dict.fromkeys(found))


def first_settlement(code: str) -> Matter | None:
    """The first complaint in the open letter of that code: a protected one is not looked for."""
    complaints = Matter.objects.filter(kind=MatterKind.COMPLAINT, stage=Stage.FIRST)
    return (
        complaints.filter(letter__code=code.strip(), letter__is_protected=False).order_by("ordinal").first()
    )
