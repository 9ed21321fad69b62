"""Whether citizens were reached, for the staff who are asked about it."""

from django.db.models import Count, QuerySet

from egov.organizations.actor import Actor
from portal.enums import NoticeSending
from portal.models import Notice

# Ends of an address that are shown: enough for its owner to know it again on the telephone.
SHOWN = 2


def notices(actor: Actor, *, sending: str = "", code: str = "") -> QuerySet[Notice]:
    """Notices about dossiers that the actor's agency has taken in; each argument narrows it."""
    rows = Notice.objects.visible_to(actor).select_related("citizen")
    if sending in NoticeSending.values:
        rows = rows.filter(sending=sending)
    if code.strip():
        rows = rows.filter(subject_code=code.replace("\0", "").strip().upper()[:41])
    return rows


def counts(actor: Actor) -> list[tuple[NoticeSending, int]]:
    """How many there are of each."""
    rows = Notice.objects.visible_to(actor).order_by().values_list("sending").annotate(Count("pk"))
    found = dict(rows)
    return [(one, found.get(one.value, 0)) for one in NoticeSending]


def masked_contact(notice: Notice) -> str:
    """Where it goes, hidden but for both ends."""
    citizen = notice.citizen
    name, at, domain = citizen.email.partition("@")
    if notice.channel == "sms":
        name, at, domain = citizen.phone, "", ""
    hidden = name[:SHOWN] + "***" + (name[-SHOWN:] if len(name) > 2 * SHOWN else "")
    return f"{hidden}{at}{domain}"
