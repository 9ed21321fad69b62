"""Read one dossier with everything that its page shows; every read by a person is on record (rule 42)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from egov.audit.record import record
from egov.files.models import StoredFile
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.models import Membership
from egov.web.below import Below, read_below
from egov.workflow.verdict import Verdict
from onestop import rules
from onestop.models import Dossier, HandoverLine, Leg
from onestop.queries.money import MONEY_LISTS
from onestop.queries.receipts import DossierNotFound
from onestop.queries.results import RESULT_LISTS
from onestop.queries.slips import FORM_LIST
from onestop.rules.work import steps_in_hand

# Everything below a dossier that its page shows.
LISTS = (
    Below(
        "legs",
        follow=("agency",),
        below=(
            Below("steps", follow=("holder__user", "department")),
            Below(
                "handovers",
                follow=("handover__sender_agency", "handover__receiver_agency", "receiver__user"),
            ),
        ),
    ),
    Below("papers", follow=("file", "requirement")),
    Below("stops"),
    Below("clock_events"),
    Below(
        "supplements",
        follow=("proposed_by__user", "approved_by__user"),
        below=(Below("items", follow=("requirement",)),),
    ),
    Below("consultations", follow=("agency", "answered_by__user")),
    Below("duties"),
    Below("changes"),
    *RESULT_LISTS,
    *MONEY_LISTS,
    FORM_LIST,
)
STEPS = {
    "take_over": rules.may_take_over,
    "give_back": rules.may_give_back,
    "take_up": rules.may_take_up,
    "forward": rules.may_forward,
    "finish_leg": rules.may_finish_leg,
    "send_again": rules.may_send_again,
    "assign_step": rules.may_assign_step,
    "request_supplement": rules.may_request_supplement,
    "approve_supplement": rules.may_approve_supplement,
    "decline_supplement": rules.may_approve_supplement,
    "receive_supplement": rules.may_receive_supplement,
    "consult": rules.may_consult,
    "answer_consultation": rules.may_answer_consultation,
    "send_duty": rules.may_send_duty,
    "note_duty": rules.may_note_duty,
    "prove_duty": rules.may_prove_duty,
    "stop": rules.may_stop,
    "resume": rules.may_resume,
    "apologize": rules.may_apologize,
    "withdraw": rules.may_withdraw,
    "halt": rules.may_halt,
}


@dataclass(frozen=True, slots=True)
class ReadablePaper:
    """A file of a dossier's paper, under the name that it is given on the way out."""

    stored: StoredFile
    name: str


@dataclass(frozen=True, slots=True)
class Holding:
    """Who had a leg from when to when; lateness is theirs (rule 28). ``until`` None: still."""

    agency_id: int
    agency: str
    leg: str
    since: datetime
    until: datetime | None
    given_back: str = ""


def read_dossier(actor: Actor | SignedOut, dossier_id: int) -> Dossier:
    """One dossier with its page's parts fetched. Raises DossierNotFound; the read is recorded.

    The purpose on record is the reader's own step where they have one, else that they serve in an agency
    that receives, decides, works on or was asked about the dossier.
    """
    dossier = _whole(actor, dossier_id)
    own = steps_in_hand(actor, dossier) if isinstance(actor, Actor) else []
    purpose = own[0].name if own else "dossier"
    role = actor.role if isinstance(actor, Actor) else ""
    record(actor, "onestop.read", dossier, purpose=purpose, role=role)
    return dossier


def visible_dossier(actor: Actor | SignedOut, dossier_id: int) -> Dossier:
    """The dossier for a step on it. Raises DossierNotFound."""
    return _whole(actor, dossier_id)


def read_paper(actor: Actor | SignedOut, dossier_id: int, paper_id: int) -> ReadablePaper:
    """The file of one paper. Raises DossierNotFound; the read is recorded (rule 42)."""
    dossier = Dossier.objects.visible_to(actor).filter(pk=dossier_id).first()
    paper = dossier.papers.select_related("file").filter(pk=paper_id).first() if dossier else None
    if dossier is None or paper is None or paper.file is None:
        raise DossierNotFound
    record(
        actor, "onestop.read_paper", dossier, purpose="dossier", paper=paper.name, sha256=paper.file.sha256
    )
    return ReadablePaper(paper.file, paper.file_name or f"{paper.pk}.pdf")


def steps(actor: Actor | SignedOut, dossier: Dossier) -> dict[str, Verdict]:
    """Which steps the actor may take now, and why not the others."""
    return {name: rule(actor, dossier) for name, rule in STEPS.items()}


def holdings(dossier: Dossier) -> list[Holding]:
    """Every stretch in which an agency had the dossier, oldest first, told by the legs' own events.

    A hand-over that was given back was the sender's time; an accepted one is the receiver's from sending on.
    """
    found = []
    for leg in dossier.legs.all():
        lines = list(leg.handovers.all())
        found += [_refused(line, leg) for line in lines if line.answer == "given_back"]
        if leg.sent_at is not None and leg.due_at is not None:
            found.append(Holding(leg.agency_id, leg.agency.name, leg.name, leg.sent_at, leg.ended_at))
    return sorted(found, key=lambda one: one.since)


def _refused(line: HandoverLine, leg: Leg) -> Holding:
    handover = line.handover
    return Holding(
        handover.sender_agency_id,
        handover.sender_agency.name,
        leg.name,
        handover.sent_at,
        line.answered_at,
        given_back=line.reason,
    )


def _whole(actor: Actor | SignedOut, dossier_id: int) -> Dossier:
    dossier = (
        Dossier.objects.visible_to(actor)
        .select_related(
            "version__procedure",
            "case",
            "channel_rule",
            "owner",
            "submitter",
            "receiving_agency",
            "deciding_agency",
            "current_agency",
            "received_by__user",
            "assisted_by__user",
            "corrects",
            "apology",
            "collection__given_by__user",
        )
        .filter(pk=dossier_id)
        .first()
    )
    if dossier is None:
        raise DossierNotFound
    read_below([dossier], *LISTS)
    return dossier


def colleagues(actor: Actor, roles: Iterable[str], on: date) -> list[Membership]:
    """People of the actor's agency who may take steps of these roles."""
    members = Membership.objects.current(on).filter(agency=actor.agency, role__in=list(roles))
    return list(members.select_related("user").order_by("role", "user__full_name"))
