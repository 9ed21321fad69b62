"""What can be known of seals without opening one: openings, keys, possible matches."""

from __future__ import annotations

import re

from django.db.models import Exists, OuterRef, QuerySet

from complaints import rules
from complaints.enums import TraceKind
from complaints.models import Letter, Matter, Opening, SealedTrace
from complaints.queries.traces import trace_of
from egov.organizations.actor import Actor
from egov.search.normalize import fold
from egov.workflow.refusal import NotPermitted

# Words of a name; a name is two at least, else every text with a common syllable would speak of somebody.
NAME_WORDS = range(2, 8)
DIGITS = re.compile(r"[0-9][0-9 .\-]{7,18}[0-9]")


def openings(actor: Actor) -> QuerySet[Opening]:
    """The log of openings that the actor may know of, the newest first."""
    return Opening.objects.visible_to(actor).select_related(
        "letter", "reader__user", "answered_by__user", "released_by__user"
    )


def read_opening(actor: Actor, pk: int) -> Opening:
    """One of them. Raises Opening.DoesNotExist for everybody else, as if there were none."""
    return openings(actor).get(pk=pk)


def possible_matches(
    actor: Actor, *, name: str = "", personal_number: str = "", phone: str = ""
) -> QuerySet[Letter]:
    """Letters of the protected register that may be by the same person: by code, for its keeper alone (35).

    The same number of questions and rows read whether there is one or not. Raises NotPermitted.
    """
    verdict = rules.may_look_for_match(actor, actor.agency)
    if not verdict:
        raise NotPermitted(verdict.reason)
    values = ((TraceKind.NAME, name), (TraceKind.NUMBER, personal_number), (TraceKind.PHONE, phone))
    found = SealedTrace.objects.none()
    for kind, value in values:
        wanted = trace_of(actor.agency.pk, kind, value) or b""
        found = found | SealedTrace.objects.filter(agency=actor.agency, kind=kind, value=wanted)
    readable = Matter.objects.visible_to(actor).filter(letter=OuterRef("pk"))
    return Letter.objects.filter(Exists(readable), pk__in=found.values("letter")).order_by(
        "-received_at", "-pk"
    )


def speaks_of_sealed(letter: Letter, text: str) -> bool:
    """Whether a text says a name or number that lies in this letter's seal: it must not be kept.

    Looks at every run of two to seven words, accents or not, and every long number; a name that was written
    otherwise, or told by what somebody does, is not seen.
    """
    traces = {(kind, bytes(value)) for kind, value in letter.sealed_traces.values_list("kind", "value")}
    if not traces:
        return False
    agency_id = letter.agency_id
    words = fold(text).split()
    for length in NAME_WORDS:
        for at in range(len(words) - length + 1):
            value = trace_of(agency_id, TraceKind.NAME, " ".join(words[at : at + length]))
            if (TraceKind.NAME, value) in traces:
                return True
    numbers = {match[0] for match in DIGITS.finditer(text)} | {word for word in words if word.isalnum()}
    return any(
        (kind, trace_of(agency_id, kind, one)) in traces
        for one in numbers
        for kind in (TraceKind.NUMBER, TraceKind.PHONE)
    )
