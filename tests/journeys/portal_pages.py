"""Every page of the portal with something on it: how one gets there, and who sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone, translation
from pytest_django.fixtures import Settings

from complaints.actions.publish import approve_publication, prepare_publication
from complaints.actions.publish_answer import approve_answer, prepare_answer
from complaints.actions.timetable import publish_timetable
from complaints.enums import DutyKind, MatterKind, MatterState
from complaints.models import Matter
from complaints.queries.timetable import Month
from onestop.actions.accept_filing import accept_filing
from onestop.actions.close_month import close_months
from onestop.actions.request_supplement import Asked, SupplementContent, request_supplement
from onestop.models import Dossier, LifeEvent, ProcedureVersion
from onestop.seeding.standard_forms import load_standard_forms
from portal.actions.inquiry import publish_inquiry
from portal.actions.refresh_index import refresh_index
from portal.actions.submit_draft import submit_draft
from portal.models import Citizen, Draft, InquiryPublication
from portal.queries.notice_words import stop_token
from portal.queries.open_data import DATASETS
from portal.views.letters import KINDS
from tests.complaints.actions.test_after_settlement import notice
from tests.complaints.actions.test_publish_answer import TEXT
from tests.complaints.actions.test_timetable import planned
from tests.factories.cast import Cast
from tests.factories.citizens import CitizenFactory
from tests.factories.content import Newsroom
from tests.factories.filing import complete, prepared
from tests.factories.histories import World, written
from tests.factories.inquiries import make_inquiry_office, proposed
from tests.factories.letters import appointed
from tests.factories.one_stop import make_unit
from tests.factories.online import filed_online
from tests.factories.procedures import ProcedureVersionFactory
from tests.factories.sealing import make_sealed_office
from tests.factories.settlements import make_bench, processed, settled
from tests.factories.visits import make_desk

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PARTS = ("case", "applicant", "papers", "payment", "check")
# Addresses that show no page of their own.
FILES = {
    "procedure_checklist", "procedure_form", "open_data_csv", "open_data_json", "news_feed", "legal_feed",
    "paper", "article_pdf", "sitemap", "robots", "my_result", "my_slip", "draft_receipt",
}  # fmt: skip
STEPS = {
    "display_set", "citizen_begin", "citizen_callback", "citizen_channels", "citizen_contact",
    "citizen_confirm", "draft_fields", "draft_version", "draft_file_remove", "draft_submit",
    "my_supplement", "upload_create", "upload", "letter_receipt",
}  # fmt: skip
# Their pages need the payment gateway (test_citizens_way) or the provider's end of a sign-in.
ELSEWHERE = {"lookup_pay", "my_payment", "citizen_sign_out"}


@dataclass(frozen=True)
class Place:
    """A page by the name of its address; ``typed`` goes into its form, which then ``shows`` an answer."""

    name: str
    path: str
    typed: Mapping[str, str] = field(default_factory=dict)
    shows: str = "main"
    # Whether the citizen sees it rather than a visitor.
    own: bool = False


@dataclass(frozen=True)
class Portal:
    """What stands on the pages."""

    version: ProcedureVersion
    agency_id: int
    citizen: Citizen
    dossier: Dossier
    begun: Draft
    filed: Draft
    answer: InquiryPublication
    # A result of a letter that is public today, and the agency whose head receives on a day to come.
    result_id: int
    # A suggestion whose answer is public.
    answered_id: int
    receiving_code: str
    # Of published articles, as they stand in Vietnamese.
    articles: tuple[str, ...]

    def places(self) -> list[Place]:
        """Every page, in the language that is active."""
        return [*self._finding(), *self._speaking(), *self._letters(), *self._own(), *self._published()]

    def _finding(self) -> list[Place]:
        code = self.version.procedure.local_code
        case = self.version.cases.get().pk
        bearer = {"code": self.dossier.code, "secret": self.dossier.secret}
        due = f"?case={case}&channel=counter&day=2026-03-02&clock=08:00"
        return [
            place("home"),
            place("find", query="?q=khai+sinh"),
            place("find", query="?q=zzzz"),
            place("procedure_list"),
            place("life_event", "birth"),
            place("procedure_detail", code),
            place("procedure_due", code, query=due),
            place("agency_list"),
            place("agency_detail", self.agency_id),
            place("commune_map"),
            place("lookup"),
            place("lookup", typed=bearer, shows=f"h1:text('{self.dossier.code}')"),
            place("rate"),
            place("rate", typed=bearer, shows="main [type=radio]"),
            place("late_list"),
            place("statistics"),
            place("open_data"),
            *(place("open_data_set", one) for one in DATASETS),
        ]

    def _speaking(self) -> list[Place]:
        follow = {"code": self.answer.inquiry.code, "secret": self.answer.inquiry.secret}
        question = {"subject": "Đăng ký khai sinh ở đâu?", "text": "Con sinh ở Hà Nội.", "author_name": "Em"}
        ask = reverse("portal:question_ask")
        return [
            *(place(name) for name in ("questions", "question_ask", "feedback", "feedback_send")),
            place("question_detail", self.answer.pk),
            place("protected_path"),
            place("inquiry_follow"),
            Place("inquiry_standing", reverse("portal:inquiry_follow"), follow, "main .facts"),
            Place("inquiry_sent", ask, question, ".facts strong"),
            Place("question_ask", ask, question | {"text": ""}, ".error-summary"),
            Place("question_ask", ask, question | {"text": "Cán bộ đòi hối lộ"}, "#accused-title"),
            place("receipt_check"),
            place("notices_stop", stop_token(self.citizen.pk, "email")),
            place("citizen_sign_in"),
            place("apply", self.version.procedure.local_code),
        ]

    def _letters(self) -> list[Place]:
        home, follow = place("letter_home"), place("letter_follow")
        return [
            home,
            follow,
            *(place("letter_send", kind) for kind in KINDS),
            place("reception_list"),
            place("reception_detail", self.receiving_code),
            place("letter_results"),
            place("letter_result", self.result_id),
            place("letter_answers"),
            place("letter_answers", query="?q=den+duong"),
            place("letter_answer", self.answered_id),
        ]

    def _own(self) -> list[Place]:
        draft, code = self.begun.pk, self.dossier.code
        own = (
            *(place(name) for name in ("my_dossiers", "my_papers", "citizen_settings")),
            *(place(name, code) for name in ("my_dossier", "my_withdrawal", "my_rating")),
            place("apply", self.version.procedure.local_code),
            *(place("draft_step", draft, part) for part in PARTS),
            place("draft_discard", draft),
            place("draft_filed", self.filed.pk),
        )
        return [Place(one.name, one.path, own=True) for one in own]

    def _published(self) -> list[Place]:
        """In English, articles stand with a notice that they have not been translated."""
        before = "/en" if translation.get_language() == "en" else ""
        return [
            *(place(name) for name in ("news", "guidance", "legal_documents", "about")),
            *(Place("wagtail_serve", f"{before}{article}") for article in self.articles),
        ]


def place(name: str, *words: Any, query: str = "", **more: Any) -> Place:
    return Place(name, reverse(f"portal:{name}", args=words) + query, **more)


def make_portal(cast: Cast, settings: Settings) -> Portal:
    """Procedures, closed months, one citizen's filings, a published answer and articles."""
    now = timezone.now()
    load_standard_forms()
    written(World.made().histories(40, 29), until=datetime(2025, 3, 1, tzinfo=ZONE))
    close_months(datetime(2025, 3, 2, tzinfo=ZONE))
    version = ProcedureVersionFactory(name="Đăng ký khai sinh")
    birth = LifeEvent.objects.create(code="birth", name="Sinh con", description="Khai sinh", order=1)
    birth.procedures.add(version.procedure)
    work = LifeEvent.objects.create(code="work", name="Mở cửa hàng", description="Hộ kinh doanh", order=2)
    work.procedures.add(version.procedure)
    office = make_inquiry_office(settings)
    answer = publish_inquiry(office.head, proposed(office, now), at=now)
    newsroom = Newsroom(cast.an.agency)
    drafts = (newsroom.news(), newsroom.legal(), newsroom.guidance())
    articles = tuple(newsroom.publish(draft).url for draft in drafts)
    citizen, unit = CitizenFactory(reachable=True), make_unit()
    # The unit's agency opens letters, and keeps a seal for those that must stay closed.
    appointed(unit.agency, DutyKind.INTAKE)
    make_sealed_office(unit.agency, at=now)
    dossier = filed_online(citizen, version, unit.agency, at=now)
    accept_filing(unit.counter, dossier, at=now)
    _ask_for_papers(unit.counter, dossier, now)
    dossier.refresh_from_db()
    refresh_index(timezone.localdate())
    return Portal(
        version=version,
        agency_id=unit.agency.pk,
        citizen=citizen,
        dossier=dossier,
        filed=_filed(citizen, complete(citizen, version, unit.agency), now),
        begun=complete(citizen, version, unit.agency),
        answer=answer,
        result_id=_public_result(now),
        answered_id=_public_answer(now),
        receiving_code=_reception_day(now),
        articles=articles,
    )


def _public_result(at: datetime) -> int:
    """A decision that stands on the portal from today on."""
    bench, today = make_bench(), timezone.localdate(at)
    matter = settled(bench).matter
    content = notice(starts_on=today, ends_on=today + timedelta(days=20))
    made = prepare_publication(bench.handler, matter, content, at=at)
    approve_publication(bench.leader, matter, publication_id=made.pk, at=at)
    return made.pk


def _public_answer(at: datetime) -> int:
    """An answer to a suggestion that a second person let out."""
    bench = make_bench()
    matter = processed(bench, kind=MatterKind.SUGGESTION)
    Matter.objects.filter(pk=matter.pk).update(state=MatterState.ANSWERED)
    matter.refresh_from_db()
    prepare_answer(bench.handler, matter, TEXT, at=at)
    return approve_answer(bench.leader, matter, at=at).pk


def _reception_day(at: datetime) -> str:
    """The code of an agency whose head receives in a few days."""
    desk, day = make_desk(), timezone.localdate(at) + timedelta(days=5)
    planned(desk, day, at=at)
    for month in (day, day + timedelta(days=20)):
        publish_timetable(desk.officer, desk.agency, month=Month(month.year, month.month), at=at)
    return desk.agency.code


def _ask_for_papers(counter: Any, dossier: Dossier, at: datetime) -> None:
    wanted = SupplementContent(
        papers=[Asked(dossier.case.requirements.all()[0].pk, "Bản rõ hơn")],
        reason="Bản quét bị mờ, không đọc được",
        deadline_on=timezone.localdate(at) + timedelta(days=9),
    )
    request_supplement(counter, dossier, wanted, at=at)


def _filed(citizen: Citizen, draft: Draft, at: datetime) -> Draft:
    ready = prepared(citizen, draft, at=at)
    submit_draft(citizen, draft, submitted=ready.submitted(), words=ready.words(), at=at)
    return Draft.objects.get(pk=draft.pk)
