"""What can be known of seals without opening one: openings, keys, possible matches."""

from __future__ import annotations

import re

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from complaints import rules
from complaints.enums import TraceKind
from complaints.models import Letter, Matter, Opening, RedactedCopy, SealedTrace
from complaints.queries.letter_page import LetterNotFound, visible_matter
from complaints.queries.traces import trace_of
from egov.audit.record import record
from egov.organizations.actor import Actor, SignedOut
from egov.search.normalize import fold
from egov.workflow.refusal import NotPermitted, Refusal

# Words of a name; a name is two at least, else every text with a common syllable would speak of somebody.
NAME_WORDS = range(2, 8)
DIGITS = re.compile(r"[0-9][0-9 .\-]{7,18}[0-9]")


def openings(actor: Actor | SignedOut) -> QuerySet[Opening]:
    """The log of openings that the actor may know of, the newest first."""
    return Opening.objects.visible_to(actor).select_related(
        "letter", "reader__user", "answered_by__user", "released_by__user"
    )


class OpeningNotFound(Refusal):
    """There is none, or the actor may not know of it: the answer is the same."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("Không tìm thấy đề nghị mở niêm phong này."))


def visible_opening(actor: Actor | SignedOut, pk: int) -> Opening:
    """One of them. Raises OpeningNotFound."""
    opening = openings(actor).filter(pk=pk).first()
    if opening is None:
        raise OpeningNotFound
    return opening


def read_redacted(actor: Actor | SignedOut, matter_id: int, ordinal: int) -> RedactedCopy:
    """A redacted copy of a letter that the actor may read; the read is recorded. Raises LetterNotFound."""
    matter = visible_matter(actor, matter_id)
    copy = RedactedCopy.objects.select_related("file", "letter").filter(letter=matter.letter, ordinal=ordinal)
    found = copy.first()
    if found is None:
        raise LetterNotFound
    record(actor, "complaints.read_redacted", matter, code=matter.letter.code, copy=ordinal)
    return found


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
