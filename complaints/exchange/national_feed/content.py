"""A matter or a visit in the words of the national database: no person, no summary, no name of a file.

A field that is empty is left out. Of whoever writes or comes, only in which commune they live, where an
address names it as the province's own list does; of what denounces, not even that.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.enums import ParticipantRole
from complaints.exchange.national_feed.schema import MATTER, VISIT, faults, fields_of
from complaints.models import FeedEntry, FeedRecord, Matter, Proposal, Visit
from egov.exchange.conversation import Rejected
from egov.organizations.enums import Level
from egov.organizations.models import AdministrativeUnit
from egov.search.normalize import fold

Content = dict[str, Any]


def content_of(entry: FeedEntry) -> Content:
    """What is told of this event. Raises Rejected where it would not fit: nothing leaves that the schema does
    not know, whatever the registers hold."""
    return checked(drafted(entry), entry.record)


def drafted(entry: FeedEntry) -> Content:
    """What the registers hold now, empty fields too; nobody has checked yet what of it may be told."""
    record = entry.record
    told = {
        "reference": record.reference,
        "subject": VISIT if record.visit is not None else MATTER,
        "sequence": entry.sequence,
        "revision": entry.revision,
        "event": entry.event,
        "on": timezone.localdate(entry.at).isoformat(),
        "state": entry.after,
    }
    if record.visit is not None:
        told |= _of_visit(record.visit)
    elif record.matter is not None:
        told |= _of_matter(record.matter, entry)
    return told


def checked(content: Mapping[str, Any], record: FeedRecord) -> Content:
    """The content without empty fields, and without what is not told of what denounces. Raises Rejected."""
    guarded = record.is_guarded
    told = pared(content, guarded=guarded)
    wrong = faults(told, guarded=guarded)
    if wrong:
        labels = fields_of(told["subject"], guarded=False)
        named = ", ".join(str(labels[name].label) if name in labels else name for name in wrong)
        raise Rejected(_("Chưa gửi: giá trị không hợp lệ ở %(fields)s.") % {"fields": named})
    return told


def pared(content: Mapping[str, Any], *, guarded: bool) -> Content:
    """Without empty fields; of what denounces, what may be told alone."""
    allowed = fields_of(content["subject"], guarded=guarded)
    return {
        name: value
        for name, value in content.items()
        if value not in ("", None) and (not guarded or name in allowed)
    }


def _of_matter(matter: Matter, entry: FeedEntry) -> Content:
    letter = matter.letter
    outcome = matter.outcomes.filter(issued_at__lte=entry.at).order_by("-issued_at").first()
    decided = matter.proposals.filter(state=Proposal.State.APPROVED, decided_at__lte=entry.at)
    proposal = decided.order_by("-decided_at").first()
    root = letter.root
    return {
        "kind": matter.kind,
        "received_on": timezone.localdate(letter.received_at).isoformat(),
        "direction": proposal.direction if proposal else "",
        "agency": matter.agency.code,
        "channel": letter.channel,
        "source": letter.source,
        "sender_kind": letter.sender_kind,
        "people": letter.people,
        "field": matter.field.code if matter.field else "",
        "stage": matter.stage,
        "complexity": matter.complexity,
        "accepted_on": matter.accepted_on.isoformat() if matter.accepted_on else "",
        "settled_on": timezone.localdate(matter.settled_at).isoformat() if matter.settled_at else "",
        "result": outcome.result if outcome else "",
        "case": root.code if root and not root.is_protected else "",
        "commune": _commune(
            letter.participants.filter(role=ParticipantRole.PRINCIPAL).values_list("address", flat=True)
        ),
    }


def _of_visit(visit: Visit) -> Content:
    letter = visit.letter
    return {
        "kind": visit.matter_kind,
        "received_on": timezone.localdate(visit.started_at).isoformat(),
        "direction": visit.outcome,
        "occasion": visit.kind,
        "form": visit.form,
        "host": "head" if visit.host_is_head else "other",
        "people": visit.people,
        "field": visit.field.code if visit.field else "",
        "earlier_result": visit.earlier_result,
        "letter": letter.code if letter else "",
        "corrects": visit.corrects.code if visit.corrects else "",
        "case": visit.root.code if visit.root and not visit.root.is_protected else "",
        "commune": _commune(visit.visitors.values_list("address", flat=True)),
    }


def _commune(addresses: Iterable[str]) -> str:
    """Code of the commune that the addresses name, if it is one and the same; empty otherwise."""
    places = {fold(part.strip()) for address in addresses for part in address.split(",")} - {""}
    if not places:
        return ""
    communes = AdministrativeUnit.objects.filter(level=Level.COMMUNE)
    named = {code for code, name in communes.values_list("code", "name") if fold(name) in places}
    return named.pop() if len(named) == 1 else ""
