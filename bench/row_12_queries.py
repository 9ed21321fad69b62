"""Row 12: SQL queries a page, at 1 and at 30 rows: the same, and never above 12."""

import logging
from itertools import count

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.cast import Cast
from bench.counter import PAID_PROCEDURE, PROCEDURE, counter, drafts, filed_online, taken_in
from bench.letters import entered, officer
from bench.table import Line
from documents.actions.deliver import deliver_hop
from documents.actions.issue import issue
from documents.models import Delivery, Document
from documents.views.registers import NAMES
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.models import Membership
from onestop.actions.collect import collect
from onestop.actions.intake_draft import begin_intake
from onestop.actions.refund import ask_refund
from onestop.enums import RefundGround
from onestop.models import Dossier, IntakeDraft, ProcedureVersion, Receipt

MOST = 12
FIGURES = ("overview", "report", "holders", "time", "index", "satisfaction")
LETTERS = {
    "letters": "letter_list",
    "entry of a letter": "letter_enter",
    "register of letters": "letter_register",
    "transfers": "transfer_list",
    "reports on letters": "letter_figures",
    "possible matches": "letter_matches",
    "openings of seals": "opening_list",
    "visits": "visit_list",
}
ROWS = (1, 30)


def lines(cast: Cast) -> list[Line]:
    """One line a page, for the person who uses it."""
    logging.disable(logging.INFO)
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    recipient = Membership.objects.filter(agency_id=cast.others[0], role=Role.REGISTRY).select_related(
        "user"
    )[0]
    sender, receiver = signed_in(cast.registry.membership), signed_in(recipient)
    actor = counter()
    at_counter = signed_in(actor.membership)
    head = Membership.objects.filter(agency=actor.agency, role=Role.LEADER).select_related("user", "agency")[
        0
    ]
    at_head, at_province = signed_in(head), signed_in(cast.leader.membership)
    keeper = officer(head)
    pages = {
        "today's work": (sender, "documents:today", {}),
        "outgoing list": (sender, "documents:outgoing_list", {}),
        "incoming list": (receiver, "documents:incoming_list", {}),
        "waiting for signature": (signed_in(cast.leader.membership), "documents:signing_list", {}),
        "search results": (sender, "documents:search_results", {}),
        "register of outgoing": (sender, "documents:register_detail", _register("outgoing")),
        "register of incoming": (receiver, "documents:register_detail", _register("incoming")),
        "agencies": (sender, "organizations:agency_list", {}),
        "counter": (at_counter, "onestop:counter", {}),
        "online filings": (at_counter, "onestop:filing_list", {}),
        "register of dossiers": (at_counter, "onestop:dossier_register", {}),
        "procedures": (at_counter, "onestop:procedure_list", {}),
        "desk": (at_counter, "onestop:desk", {}),
        "dossiers": (at_counter, "onestop:dossier_list", {}),
        "hand-overs": (at_counter, "onestop:handover_list", {}),
        "fees": (at_counter, "onestop:fee_list", {}),
        "receipts": (at_counter, "onestop:receipt_list", {}),
        "refunds": (at_counter, "onestop:refund_list", {}),
        "results": (at_counter, "onestop:result_list", {}),
        "register of results": (at_counter, "onestop:result_register", {}),
        "queue window": (at_counter, "onestop:queue_work", {}),
        "queue setup": (at_head, "onestop:queue_setup", {}),
        "receipt series": (at_head, "onestop:series_list", {}),
        "decisions": (at_province, "onestop:decision_list", {}),
        "synchronisation": (at_counter, "onestop:sync_list", {}),
        "desk of a leader": (at_head, "onestop:desk", {}),
        "settlements": (at_head, "onestop:settlement_list", {}),
        "projects": (at_province, "onestop:project_list", {}),
        **{what: (at_head, f"complaints:{name}", {}) for what, name in LETTERS.items()},
        **{f"portal: {what}": (_visitor(), name, given) for what, name, given in _public(actor)},
        **{f"figures, {one}": (at_province, f"onestop:figures_{one}", {}) for one in FIGURES},
    }
    # For each row a dossier received, one filed online, and an intake that nobody has finished.
    typed, taken = drafts(actor, 2 * max(ROWS)), 0
    charged = drafts(actor, max(ROWS), PAID_PROCEDURE)
    counts: dict[str, list[int]] = {}
    numbers = count(1)
    present = Document.objects.count()
    for rows in ROWS:
        for _ in range(rows - (Document.objects.count() - present)):
            _delivered(cast)
            cast.prepared()
        for _ in range(rows - taken):
            received, filed = taken_in(actor, next(typed)), filed_online(actor, next(typed))
            begin_intake(actor, received.version, at=timezone.now())
            _paid_and_asked_back(actor, taken_in(actor, next(charged)))
            matter = entered(keeper, next(numbers))
        taken = rows
        for what, (client, name, arguments) in pages.items():
            counts.setdefault(what, []).append(_queries(client, reverse(name, kwargs=arguments)))
        document = Document.objects.filter(state="issued").latest("pk")
        delivery = Delivery.objects.filter(document=document, agency_id=cast.others[0]).latest("pk")
        counts.setdefault("document", []).append(
            _queries(sender, _page("documents:document_detail", document.pk))
        )
        counts.setdefault("incoming document", []).append(
            _queries(receiver, _page("documents:incoming_detail", delivery.pk))
        )
        counts.setdefault("letter", []).append(
            _queries(at_head, _page("complaints:matter_detail", matter.pk))
        )
        for what, page in (
            ("received dossier", _page("onestop:dossier_received", received.pk)),
            ("dossier", _page("onestop:dossier_detail", received.pk)),
            ("version of a procedure", _page("onestop:version_detail", received.version_id)),
            ("online filing", _page("onestop:filing_detail", filed.pk)),
            ("receipt", _page("onestop:receipt_detail", Receipt.objects.latest("pk").pk)),
            ("intake", _page("onestop:intake_edit", IntakeDraft.objects.unfinished().latest("pk").pk)),
        ):
            counts.setdefault(what, []).append(_queries(at_counter, page))
    return [_line(what, *numbers) for what, numbers in counts.items()]


def _public(actor: Actor) -> tuple[tuple[str, str, dict[str, object]], ...]:
    """What anybody opens: a visitor who has not signed in."""
    version = ProcedureVersion.objects.accepting(timezone.localdate()).get(name=PROCEDURE)
    code = {"code": version.procedure.local_code}
    return (
        ("front page", "portal:home", {}),
        ("find", "portal:find", {}),
        ("services", "portal:procedure_list", {}),
        ("a service", "portal:procedure_detail", code),
        ("directory", "portal:agency_list", {}),
        ("an agency", "portal:agency_detail", {"pk": actor.agency.pk}),
        ("lookup", "portal:lookup", {}),
        ("questions", "portal:questions", {}),
        ("days of reception", "portal:reception_list", {}),
        ("results of letters", "portal:letter_results", {}),
        ("answers to letters", "portal:letter_answers", {}),
        ("writing to a body", "portal:letter_home", {}),
        ("following a letter", "portal:letter_follow", {}),
    )


def _paid_and_asked_back(actor: Actor, dossier: Dossier) -> None:
    """A receipt and a refund that waits for the head."""
    receipt = collect(actor, dossier, at=timezone.now())
    ask_refund(actor, receipt, ground=RefundGround.OTHER, reason="Thu nhầm", at=timezone.now())


def _register(meaning: str) -> dict[str, str]:
    return {"name": next(name for name, kept in NAMES.items() if kept == meaning)}


def _page(name: str, pk: int) -> str:
    return reverse(name, kwargs={"pk": pk})


def _line(what: str, one: int, many: int) -> Line:
    met = one == many and many <= MOST
    return Line(
        12,
        f"Queries: {what}",
        f"{many} at 30 rows",
        f"{one} at 1 row",
        many / one if one else None,
        "= 1, ≤ 12",
        met,
        "—",
    )


def _delivered(cast: Cast) -> None:
    at = timezone.now()
    document = issue(cast.registry, cast.sealed(cast.others[:3]), at=at)
    waiting = [document.agency_id]
    while waiting:
        node = waiting.pop()
        assert node is not None
        waiting += deliver_hop(document.pk, node, at)


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return len(captured)


def _visitor() -> Client:
    """Somebody with a choice of contrast: pages for everybody come out of a cache and would count nothing."""
    client = Client()
    client.cookies["display"] = "high.normal"
    return client


def signed_in(membership: Membership) -> Client:
    """A browser of that person; what signs in is measured elsewhere."""
    client = Client()
    session = SessionStore()
    session[SESSION_KEY] = str(membership.user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = membership.user.get_session_auth_hash()
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client
