"""Everything is refused by default: every address is walked by a visitor, by a stranger and by a clerk
without a part.

A new address is walked without being listed anywhere; only the few that are open to all are named here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from documents.actions.deliver import deliver_hop
from documents.actions.draft_files import add_attachment
from documents.models import Delivery, Document
from egov.organizations.actor import Actor
from egov.organizations.models import Delegation, Membership
from egov.workdays.models import Holiday, WorkingHours
from onestop.actions.collect import collect
from onestop.actions.intake_draft import add_intake_file, begin_intake, save_intake
from onestop.actions.project import ProjectContent, link_dossier, open_project
from onestop.actions.receive import receive
from onestop.actions.record_result import record_result
from onestop.actions.refund import ask_refund
from onestop.enums import DifferenceKind, RefundGround
from onestop.models import (
    Dossier,
    IntakeDraft,
    IntakeFile,
    IssuedForm,
    Project,
    Receipt,
    Reconciliation,
    Refund,
    Result,
    SyncDifference,
    SyncEvent,
)
from onestop.seeding.standard_forms import load_standard_forms
from portal.models import Draft
from tests.conftest import MONDAY_MORNING
from tests.documents.conftest import office, own_file_store, pki_folder, trust  # noqa: F401  (fixtures)
from tests.factories.cast import Cast
from tests.factories.documents import Office, pdf_of
from tests.factories.dossiers import PartyFactory, processing
from tests.factories.filing import secret_filing
from tests.factories.filings import EM, filing
from tests.factories.one_stop import make_unit
from tests.factories.organizations import MembershipFactory, actor_for
from tests.factories.procedures import ProcedureVersionFactory
from tests.support.signed_in import signed_in

SECRET = "Kế hoạch luân chuyển cán bộ quý hiếm"
OPEN_TO_ALL = {
    "accounts:login",
    "accounts:second_factor_verify",
    "accounts:invitation_accept",
    "accounts:language",
    "web:health_check",
    # The portal is everybody's; what belongs to one citizen is not named here.
    "portal:home",
    "portal:find",
    "portal:procedure_list",
    "portal:procedure_detail",
    "portal:procedure_checklist",
    "portal:procedure_due",
    "portal:procedure_form",
    "portal:life_event",
    "portal:agency_list",
    "portal:agency_detail",
    "portal:commune_map",
    "portal:display_set",
    # Where a dossier stands needs its code; what else is told, its secret.
    "portal:lookup",
    "portal:rate",
    "portal:late_list",
    # Anybody checks a receipt; what they send is not kept.
    "portal:receipt_check",
    # The way to a sign-in and out of it.
    "portal:citizen_sign_in",
    "portal:citizen_begin",
    "portal:citizen_callback",
    "portal:citizen_sign_out",
}
# 422 is a page with the refusal in its form: the catalogue is open to all who serve, its steps are not.
# 412: resumable uploads talk to nobody who does not speak their protocol.
REFUSALS = {302, 401, 403, 404, 405, 409, 412, 422, 429}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@dataclass(frozen=True)
class Address:
    name: str
    path: str


@dataclass(frozen=True)
class Planted:
    """One office's papers in three states, and whatever else an address may name."""

    draft: Document
    issued: Document
    delivery: Delivery
    attachment_id: int
    agency_id: int
    membership_id: int
    user_id: int
    delegation_id: int
    holiday_id: int
    dossier_id: int
    result_id: int
    # The counter whose these are; what an address names, by the first words of its view.
    counter: Actor
    one_stop: Mapping[str, int]
    # What a citizen is preparing.
    filing: Draft

    def argument(self, name: str, word: str) -> object:
        """What to put into an address so that it names something real that is not the visitor's."""
        words = {"attachment_pk": self.attachment_id, "attachment_id": self.attachment_id}
        words |= {"result_pk": self.result_id, "order": 1, "step": "begin"}
        words |= {"draft_pk": self.filing.pk, "upload_pk": self.filing.uploads.get().pk, "part": "applicant"}
        words |= {"file_pk": self.one_stop["file"], "paper_pk": self.one_stop["paper"]}
        # What stands in the hall is open to all who hold its address; here nobody does.
        words |= {"token": UUID(int=0), "code": "H54.0"}
        words |= {"name": "outgoing" if name.startswith("documents:") else "x", "proof": "x-y"}
        if word in words:
            return words[word]
        app, _, view = name.partition(":")
        by_app = {
            "organizations": (
                {"delegation_revoke": self.delegation_id, "appointment_end": self.membership_id},
                self.agency_id,
            ),
            "workdays": ({"holiday_remove": self.holiday_id}, self.agency_id),
            "accounts": ({}, self.user_id),
            "onestop": (
                {"succession_move": self.agency_id},
                next(
                    (pk for begins, pk in self.one_stop.items() if view.startswith(begins)), self.dossier_id
                ),
            ),
        }
        if app in by_app:
            named, usual = by_app[app]
            return named.get(view, usual)
        if view.startswith(("incoming", "delivery", "deliveries")):
            return self.delivery.pk
        return (
            self.draft.pk
            if view.startswith(("draft", "attachment_add", "attachment_remove"))
            else self.issued.pk
        )


@pytest.fixture
def planted(office: Office) -> Planted:  # noqa: F811
    draft = office.draft(abstract=SECRET)
    attachment = add_attachment(
        office.registry, draft, file=pdf_of(SECRET), filename="phụ lục.pdf", at=MONDAY_MORNING
    )
    issued = office.issued(at=MONDAY_MORNING, abstract=SECRET)
    deliver_hop(issued.pk, issued.agency_id, MONDAY_MORNING)
    other = MembershipFactory(agency=office.registry.agency)
    delegation = Delegation.objects.create(
        grantor=office.signer.membership,
        holder=other,
        capacity="TL.",
        kinds=["TB"],
        basis="Quy chế làm việc",
        valid_from=MONDAY_MORNING.date(),
    )
    holiday = Holiday.objects.create(
        day=MONDAY_MORNING.date(), kind=Holiday.Kind.CLOSED, name="Nghỉ bão", source="Công điện 7/CĐ-UBND"
    )
    dossier, project = _matter(office)
    counter = actor_for(MembershipFactory(agency=office.registry.agency, counter=True))
    return Planted(
        draft=draft,
        issued=issued,
        delivery=issued.deliveries.get(),
        attachment_id=attachment.pk,
        agency_id=office.registry.agency.pk,
        membership_id=other.pk,
        user_id=other.user_id,
        delegation_id=delegation.pk,
        holiday_id=holiday.pk,
        dossier_id=dossier.pk,
        result_id=dossier.results.get().pk,
        counter=counter,
        one_stop={"project": project.pk} | _counter_rows(counter, dossier),
        filing=secret_filing(SECRET, at=MONDAY_MORNING),
    )


def _matter(office: Office) -> tuple[Dossier, Project]:  # noqa: F811
    """A dossier with its result, and a project that it belongs to, at the office's one-stop unit."""
    unit = make_unit(office.registry.agency)
    owner = PartyFactory(name=SECRET)
    dossier = processing(ProcedureVersionFactory(), counter=unit.counter, owner=owner, content=SECRET)
    content = unit.content(
        dossier, at=MONDAY_MORNING, signed=False, file=pdf_of(SECRET), file_name="ket-qua.pdf"
    )
    record_result(unit.leader, dossier, content, at=MONDAY_MORNING)
    project = open_project(
        unit.leader,
        ProjectContent(
            name=SECRET, investor=SECRET, capital=1, place=SECRET, account_manager=unit.counter.membership
        ),
        at=MONDAY_MORNING,
    )
    link_dossier(unit.leader, project, dossier_id=dossier.pk, at=MONDAY_MORNING)
    return dossier, project


def _counter_rows(counter: Actor, dossier: Dossier) -> dict[str, int]:
    """What a counter keeps besides the dossier: a draft with a scan, slips, money, events of the portal."""
    load_standard_forms()
    # Of the agency's own level, so that it decides what it takes in.
    version = ProcedureVersionFactory(procedure__agency=counter.agency, procedure__level=counter.agency.level)
    draft = begin_intake(counter, version, at=MONDAY_MORNING)
    save_intake(counter, draft, typed={"person_name": SECRET}, at=MONDAY_MORNING)
    scan = add_intake_file(
        counter, draft, requirement=None, file=pdf_of(SECRET), filename=f"{SECRET}.pdf", at=MONDAY_MORNING
    )
    given = filing(version, counter.agency, owner=replace(EM, name=SECRET), content=SECRET)
    paid = receive(counter, given, at=MONDAY_MORNING)
    receipt = collect(counter, paid, at=MONDAY_MORNING)
    refund = ask_refund(counter, receipt, ground=RefundGround.OTHER, reason=SECRET, at=MONDAY_MORNING)
    compared = Reconciliation.objects.create(day=MONDAY_MORNING.date(), compared_at=MONDAY_MORNING)
    difference = SyncDifference.objects.create(
        reconciliation=compared, kind=DifferenceKind.MISSING, dossier=paid, number=SECRET
    )
    return {
        "intake_begin": version.pk,
        "intake": draft.pk,
        "file": scan.pk,
        "paper": dossier.papers.values_list("pk", flat=True).first() or paid.papers.all()[0].pk,
        "form_print": paid.forms.get().pk,
        "slip": paid.forms.get().pk,
        "receipt_together": paid.pk,
        "receipt": receipt.pk,
        "refund": refund.pk,
        "sync_detail": paid.pk,
        "sync_retry": paid.sync_events.get().pk,
        "sync_resend": difference.pk,
    }


def addresses(planted: Planted) -> list[Address]:
    return [Address(name, _path(name, words, planted)) for name, words in _patterns(get_resolver())]


def _patterns(
    resolver: URLResolver, namespace: str = "", outer: tuple[str, ...] = ()
) -> Iterator[tuple[str, list[str]]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _patterns(pattern, inner, (*outer, *pattern.pattern.converters))
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"an address without a name: {pattern.pattern}"
            yield (
                namespace + pattern.name,
                [*outer, *(pattern.pattern.regex.groupindex or pattern.pattern.converters)],
            )


def _path(name: str, words: list[str], planted: Planted) -> str:
    return reverse(name, kwargs={word: planted.argument(name, word) for word in words})


def fingerprint() -> dict[str, object]:
    """What a refused request must leave as it was."""
    return {
        "documents": list(
            Document.objects.order_by("pk").values_list("pk", "state", "abstract", "number", "file_id")
        ),
        "deliveries": list(Delivery.objects.order_by("pk").values_list("pk", "state")),
        "dossiers": list(Dossier.objects.order_by("pk").values_list("pk", "state", "delivery_state")),
        "results": list(Result.objects.order_by("pk").values_list("pk", "validity")),
        "drafts": list(IntakeDraft.objects.order_by("pk").values_list("pk", "typed", "dossier")),
        "scans": IntakeFile.objects.count(),
        "slips": list(IssuedForm.objects.order_by("pk").values_list("pk", "file")),
        "receipts": list(Receipt.objects.order_by("pk").values_list("pk", "cancelled_at", "file")),
        "refunds": list(Refund.objects.order_by("pk").values_list("pk", "approved_at", "paid_at")),
        "events": list(SyncEvent.objects.order_by("pk").values_list("pk", "state")),
        "differences": list(SyncDifference.objects.order_by("pk").values_list("pk", "resend_at")),
        "filings": list(Draft.objects.order_by("pk").values_list("pk", "typed", "submitted_at")),
        "projects": list(Project.objects.order_by("pk").values_list("pk", "closed_at")),
        "memberships": list(Membership.objects.order_by("pk").values_list("pk", "valid_to")),
        "holidays": list(Holiday.objects.order_by("pk").values_list("pk", "day", "kind")),
        "hours": WorkingHours.objects.count(),
        "delegations": list(Delegation.objects.order_by("pk").values_list("pk", "revoked_at")),
    }


def answered(client: Client, method: str, address: Address) -> tuple[int, str]:
    response = getattr(client, method)(address.path)
    if response.streaming:
        return response.status_code, b"".join(response.streaming_content).decode("latin-1")
    return response.status_code, response.content.decode("utf-8", "replace")


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_gets_nowhere(planted: Planted, method: str):
    before = fingerprint()
    walked, wrong = 0, []
    for address in addresses(planted):
        if address.name in OPEN_TO_ALL:
            continue
        status, text = answered(Client(), method, address)
        walked += 1
        if status not in REFUSALS or SECRET in text:
            wrong.append((address.name, status))
    assert walked > 50
    assert wrong == []
    assert fingerprint() == before


@pytest.mark.rule("documents", 32)
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["stranger", "uninvolved", "administrator", "former"])
def test_an_official_without_a_part_sees_and_changes_nothing(
    planted: Planted, cast: Cast, who: str, method: str
):
    """Another agency's registry; a specialist of the recipient; the administrator of the sender; one who
    left."""
    client = signed_in(person(who, cast, planted))
    before = fingerprint()
    wrong = []
    for address in addresses(planted):
        if address.name in {"accounts:logout", "accounts:session_end_others", "accounts:password_change"}:
            continue
        if address.name.startswith("organizations:") and who == "administrator" and method == "post":
            continue  # administers this very agency: that is their work, tested with the pages
        status, text = answered(client, method, address)
        if (
            status >= 500
            or SECRET in text
            or (method == "post" and _is_step(address) and status not in REFUSALS)
        ):
            wrong.append((address.name, status))
    assert wrong == []
    assert fingerprint() == before


def person(who: str, cast: Cast, planted: Planted):
    if who == "stranger":
        return cast.dung
    if who == "uninvolved":
        return actor_for(MembershipFactory(agency=cast.chi.agency))
    if who == "administrator":
        return actor_for(MembershipFactory(agency=cast.an.agency, role="agency_admin"))
    left = MembershipFactory(agency=cast.an.agency, registry=True)
    actor = actor_for(left)
    Membership.objects.filter(pk=left.pk).update(valid_to=timezone.localdate())
    return actor


def _is_step(address: Address) -> bool:
    """An address that names a document, delivery or dossier: a refusal must be one, not a page."""
    return address.name.startswith(("documents:", "onestop:")) and any(
        letter.isdigit() for letter in address.path
    )


def test_the_walk_finds_an_open_door(planted: Planted, cast: Cast):
    """The same walk as the owner does find the secret: so it would see a leak."""
    client = signed_in(cast.an)
    found = [address.name for address in addresses(planted) if SECRET in answered(client, "get", address)[1]]
    assert {"documents:document_detail", "documents:outgoing_list"} <= set(found)
    client = signed_in(planted.counter)
    found = [address.name for address in addresses(planted) if SECRET in answered(client, "get", address)[1]]
    theirs = {"intake_edit", "receipt_detail", "receipt_list", "refund_list", "dossier_detail"}
    assert {f"onestop:{view}" for view in theirs} <= set(found)


def test_every_model_row_is_reached_through_a_rule():
    """A QuerySet of documents or deliveries that forgot ``visible_to`` cannot be used by a view."""
    for model in (Document, Delivery, Dossier, Project):
        assert hasattr(model.objects.all(), "visible_to")
        assert isinstance(model.objects, models.Manager)
