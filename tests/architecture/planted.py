"""Papers, dossiers, money and words of others, so that an address names something real that is not the
visitor's: the same secret words stand in all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from django.db import models
from wagtail.models import Page

from complaints.models import (
    Appointment,
    Attachment,
    FeedEntry,
    FeedRecord,
    Letter,
    Matter,
    Participant,
    Promise,
    ReceptionDay,
    Visit,
)
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
from onestop.enums import DifferenceKind, RatingStage, RefundGround, Satisfaction
from onestop.models import (
    Dossier,
    HandoverList,
    IntakeDraft,
    IntakeFile,
    IssuedForm,
    Project,
    QueueGroup,
    Rating,
    RatingComment,
    Receipt,
    Reconciliation,
    Refund,
    Result,
    Settlement,
    SettlementDifference,
    SyncDifference,
    SyncEvent,
    Ticket,
    Window,
)
from onestop.seeding.standard_forms import load_standard_forms
from portal.models import Draft, Inquiry, Upload
from tests.architecture.planted_letters import plant_letters
from tests.architecture.planted_processing import KEPT_OF_PROCESSING
from tests.architecture.planted_reception import plant_reception
from tests.architecture.planted_sealed import plant_sealed
from tests.architecture.planted_settlement import KEPT_OF_SETTLEMENT
from tests.conftest import MONDAY_MORNING
from tests.factories.content import Newsroom
from tests.factories.documents import Office, pdf_of
from tests.factories.dossiers import PartyFactory, processing
from tests.factories.filing import secret_filing
from tests.factories.filings import EM, filing
from tests.factories.inquiries import make_inquiry_office, sent
from tests.factories.one_stop import Unit, make_unit
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.procedures import ProcedureVersionFactory

SECRET = "Kế hoạch luân chuyển cán bộ quý hiếm"
# What a refused request must leave as it was.
KEPT: tuple[tuple[type[models.Model], tuple[str, ...]], ...] = (
    (Document, ("state", "abstract", "number", "file_id")),
    (Delivery, ("state",)),
    (Dossier, ("state", "delivery_state")),
    (Result, ("validity",)),
    (IntakeDraft, ("typed", "dossier")),
    (IntakeFile, ()),
    (IssuedForm, ("file", "sealed_file")),
    (Receipt, ("cancelled_at", "file")),
    (Refund, ("approved_at", "paid_at")),
    (SettlementDifference, ("resolved_at",)),
    (RatingComment, ("state",)),
    (Rating, ("level",)),
    (Window, ("held_by",)),
    (Ticket, ("state",)),
    (SyncEvent, ("state",)),
    (SyncDifference, ("resend_at",)),
    (Project, ("closed_at", "name")),
    (Draft, ("typed", "submitted_at")),
    (Upload, ("file", "refusal")),
    (Inquiry, ("state", "answer")),
    (Letter, ("number", "people", "root")),
    (Matter, ("state", "handler", "summary")),
    (Participant, ("role", "withdrawn_on")),
    (Attachment, ()),
    (FeedEntry, ("state", "content")),
    (FeedRecord, ("resend_at",)),
    *KEPT_OF_PROCESSING,
    *KEPT_OF_SETTLEMENT,
    (Visit, ("state", "summary", "letter")),
    (ReceptionDay, ("day", "cancelled_at", "published_at")),
    (Appointment, ("state", "day")),
    (Promise, ("state", "due_on")),
    (Page, ("title", "live")),
    (Membership, ("valid_to",)),
    (Holiday, ("day", "kind")),
    (WorkingHours, ()),
    (Delegation, ("revoked_at",)),
)


def fingerprint() -> dict[str, list[tuple[object, ...]]]:
    """Every row of these and what stands in it."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values_list("pk", *fields))
        for model, fields in KEPT
    }


@dataclass(frozen=True)
class Planted:
    """One office's papers in three states, a counter's work, a citizen's filing, an unseen article."""

    draft: Document
    issued: Document
    delivery: Delivery
    attachment_id: int
    agency_id: int
    membership_id: int
    user_id: int
    delegation_id: int
    holiday_id: int
    dossier: Dossier
    # The counter whose these are; what an address names, by the first words of its view.
    counter: Actor
    one_stop: Mapping[str, int]
    # What a citizen is preparing.
    filing: Draft
    inquiry: Inquiry
    article: Page
    # Keys of what stands in the registers of letters (planted_letters.py).
    letters: Mapping[str, int]

    def argument(self, name: str, word: str) -> object:
        """What to put into an address so that it names something real that is not the visitor's."""
        app, _, view = name.partition(":")
        if app.startswith(("wagtail", "simple_translation", "content")):
            # Wagtail's keys are numbers, in letters too; the article stands for whatever they name.
            return "x" if word.endswith(("name", "_spec")) else self.article.pk
        words = {"attachment_pk": self.attachment_id, "attachment_id": self.attachment_id}
        words |= {"result_pk": self.dossier.results.get().pk, "order": 1, "step": "begin"}
        words |= {"result_id": words["result_pk"], "slip_id": self.one_stop["slip"], "requirement_id": 1}
        words |= {"draft_pk": self.filing.pk, "upload_pk": self.filing.uploads.get().pk, "part": "applicant"}
        words |= {"file_pk": self.one_stop["file"], "paper_pk": self.one_stop["paper"], "number": 1}
        # What stands in the hall is open to all who hold its address; here nobody does.
        words |= {
            "token": UUID(int=0),
            "code": self._code(view),
            "procedure_code": self.filing.procedure_code,
        }
        words |= {"name": "outgoing" if name.startswith("documents:") else "x", "proof": "x-y"}
        words |= {"channel": "email"}
        if app == "complaints":
            words |= {"file_pk": self.letters["file"], "name": "split", "direction": "file", "ordinal": 1}
        return words[word] if word in words else self._key(app, view)

    def _code(self, view: str) -> str:
        """Of a dossier of one's own, of a procedure, of an agency."""
        if view.startswith("my_"):
            return str(self.dossier.code)
        if view == "life_event":
            return "x"
        return self.filing.procedure_code if view.startswith(("procedure", "apply")) else "H54.0"

    def _key(self, app: str, view: str) -> int:
        if app in {"portal", "portal_desk"} and view.startswith(("question", "inquiry")):
            return self.inquiry.pk
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
                    (pk for begins, pk in self.one_stop.items() if view.startswith(begins)), self.dossier.pk
                ),
            ),
            "onestop_rest": ({}, self.dossier.pk),
            "portal": ({"article_pdf": self.article.pk}, self.agency_id),
            "complaints": (self.letters, self.letters["matter"]),
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
def planted(office: Office, settings) -> Planted:
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
    being_written = secret_filing(SECRET, at=MONDAY_MORNING)
    unit = make_unit(office.registry.agency)
    dossier = _dossier(unit, being_written.citizen.personal_number)
    counter = actor_for(MembershipFactory(agency=office.registry.agency, counter=True))
    make_inquiry_office(settings)
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
        dossier=dossier,
        counter=counter,
        one_stop=_counter_rows(counter, dossier) | _unit_rows(unit, dossier),
        filing=being_written,
        inquiry=sent(MONDAY_MORNING, subject=SECRET, text=SECRET, author_name=SECRET),
        article=Newsroom(AgencyFactory()).news(title=SECRET, summary=SECRET),
        letters={
            **plant_letters(office.registry.agency, SECRET),
            **plant_reception(office.registry.agency, SECRET),
            **plant_sealed(office.registry.agency, SECRET),
        },
    )


def _dossier(unit: Unit, personal_number: str) -> Dossier:
    """A citizen's, with its result, at the office's one-stop unit."""
    owner = PartyFactory(name=SECRET, personal_number=personal_number)
    dossier = processing(ProcedureVersionFactory(), counter=unit.counter, owner=owner, content=SECRET)
    content = unit.content(
        dossier, at=MONDAY_MORNING, signed=False, file=pdf_of(SECRET), file_name="ket-qua.pdf"
    )
    record_result(unit.leader, dossier, content, at=MONDAY_MORNING)
    return dossier


def _unit_rows(unit: Unit, dossier: Dossier) -> dict[str, int]:
    """What the unit keeps around it: a project, a list, words of a rating, money in doubt, a queue."""
    project = open_project(
        unit.leader,
        ProjectContent(
            name=SECRET, investor=SECRET, capital=1, place=SECRET, account_manager=unit.counter.membership
        ),
        at=MONDAY_MORNING,
    )
    link_dossier(unit.leader, project, dossier_id=dossier.pk, at=MONDAY_MORNING)
    handover = HandoverList.objects.create(
        sender_agency=unit.agency,
        receiver_agency=AgencyFactory(),
        sender_caption=SECRET,
        year=MONDAY_MORNING.year,
        number=1,
        sent_at=MONDAY_MORNING,
    )
    handover.lines.create(leg=dossier.legs.first(), papers=[{"name": SECRET, "originals": 1, "copies": 0}])
    rating = Rating.objects.create(
        dossier=dossier,
        stage=RatingStage.INTAKE,
        level=Satisfaction.NORMAL,
        agency=unit.agency,
        at=MONDAY_MORNING,
    )
    difference = SettlementDifference.objects.create(
        settlement=Settlement.objects.create(day=MONDAY_MORNING.date(), compared_at=MONDAY_MORNING),
        kind="not_booked",
        transaction_id=SECRET,
        code=SECRET,
        their_amount=50_000,
        their_paid_at=MONDAY_MORNING,
        agency=unit.agency,
    )
    window = Window.objects.create(agency=unit.agency, number=1)
    group = QueueGroup.objects.create(agency=unit.agency, letter="A", name="Hộ tịch, chứng thực")
    return {
        "project": project.pk,
        "handover": handover.pk,
        "rating_comment": RatingComment.objects.create(rating=rating, text=SECRET).pk,
        "difference": difference.pk,
        "window": window.pk,
        "ticket_next": window.pk,
        "queue_group": group.pk,
    }


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
