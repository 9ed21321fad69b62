"""manage.py seed_letters: a year of letters and visits that stands in order, once."""

from collections import Counter
from datetime import timedelta
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management import call_command
from django.test import Client, TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from complaints.actions.opened_key import opened
from complaints.enums import AppointmentState, Channel, MatterState, PromiseState, VisitOutcome, VisitState
from complaints.models import (
    Appointment,
    Letter,
    Matter,
    Outcome,
    Promise,
    Publication,
    ReceptionDay,
    SealedRecord,
    SealingKey,
    Visit,
)
from complaints.public import published_results, reception_agencies, standing
from complaints.queries.figures.processing import processing
from complaints.queries.figures.settlement import settlement
from complaints.queries.figures.window import Window
from complaints.queries.reception_counts import reception_figures
from complaints.seeding.offices import DISTRICT, PROVINCE, TOWN, passphrase_of
from documents.public import PaperRef, issued_papers
from egov.accounts.models import User
from egov.organizations.models import Agency, Membership
from tests.factories.organizations import actor_for
from tests.support.links import dead_links
from tests.support.signed_in import signed_in

PAGES_OF_AN_OFFICIAL = 40
PAGES_OF_A_VISITOR = 200
# Where a sign-in begins at the identity provider, which runs beside the demo and not here.
PROVIDERS = frozenset({"/citizen/sign-in/begin/", "/en/citizen/sign-in/begin/"})


class TestSeededYear(TestCase):
    """Played once for the class, beside the network and its cast."""

    @classmethod
    def setUpClass(cls):
        folder = Path(cls.enterClassContext(TemporaryDirectory()))
        cls.enterClassContext(override_settings(VAR_DIR=folder, SIGNING_PKI_DIR=folder / "pki"))
        super().setUpClass()

    @classmethod
    def setUpTestData(cls):
        call_command("seed", stdout=StringIO())
        call_command("seed_letters", stdout=StringIO())
        cls.now = timezone.now()

    def test_every_link_opens_for_whoever_sees_it(self):
        """With the year of dossiers and the portal beside it: a visitor, and one person of each role."""
        call_command("seed_year", "--count", "20", stdout=StringIO())
        call_command("seed_portal", stdout=StringIO())
        assert dead_links(Client(), "/", pages=PAGES_OF_A_VISITOR, shut=PROVIDERS) == {}
        dead = {}
        for username in ("an", "binh", "khanh", "yen", "bach", "thuy", "tuan"):
            post = Membership.objects.select_related("user", "agency").filter(user__username=username)[0]
            found = dead_links(signed_in(actor_for(post)), "/today/", pages=PAGES_OF_AN_OFFICIAL)
            dead |= {f"{username}: {path}": page for path, page in found.items()}
        assert dead == {}

    def test_letters_of_every_channel_stand_in_every_state(self):
        assert 60 <= Letter.objects.count() <= 80
        assert set(Letter.objects.values_list("channel", flat=True)) == set(Channel)
        found = set(Matter.objects.values_list("state", flat=True))
        assert found == set(MatterState)
        assert Letter.objects.exclude(root=None).exists()
        assert Letter.objects.filter(people__gt=10, participants__role="representative").exists()

    def test_nothing_happened_before_it_could_or_after_today(self):
        for letter in Letter.objects.all():
            assert letter.received_at <= letter.entered_at <= self.now
        for matter in Matter.objects.prefetch_related("changes"):
            moments = [one.at for one in matter.changes.order_by("pk")]
            assert moments == sorted(moments)
            assert moments[-1] <= self.now

    def test_numbers_of_a_register_follow_the_days(self):
        for name in (PROVINCE, DISTRICT, TOWN):
            entered = Letter.objects.filter(agency__short_name=name, series="D").order_by("year", "number")
            moments = [one.entered_at for one in entered]
            assert moments == sorted(moments)

    def test_who_denounces_is_sealed_and_the_documented_passphrase_opens_the_custodians_key(self):
        protected = Letter.objects.filter(is_protected=True, moved_from=None, channel__in=["post", "visit"])
        assert protected.count() >= 5
        for letter in protected:
            assert SealedRecord.objects.filter(letter=letter).exists()
        hoa = SealingKey.objects.get(owner__user__username="hoa")
        assert opened(hoa, passphrase_of(hoa.owner))

    def test_results_are_official_papers_that_were_issued(self):
        issued = Outcome.objects.exclude(issued_at=None)
        refs = [PaperRef(one.document_id) for one in issued]
        papers = issued_papers(refs)
        assert len(papers) == len(refs) >= 7
        assert {one.notation for one in papers.values()} == set(issued.values_list("notation", flat=True))
        assert issued.filter(matter__stage="second").exists()

    def test_citizens_find_results_and_days_of_reception_and_follow_a_letter(self):
        assert published_results(timezone.localdate())
        assert {one.code for one in reception_agencies()} >= {"H54", "H54.72", "H54.72.21"}
        letter = Letter.objects.filter(channel=Channel.PORTAL).first()
        assert standing(letter.code, letter.secret) is not None
        assert Publication.objects.exclude(proven_at=None).exists()

    def test_the_desk_has_visits_promises_and_appointments_in_every_state(self):
        assert Visit.objects.filter(state=VisitState.CLOSED).count() >= 35
        assert Visit.objects.filter(state=VisitState.OPEN).exists()
        assert set(Visit.objects.values_list("outcome", flat=True)) >= set(VisitOutcome)
        assert Visit.objects.filter(form="online", minutes__signed_at__isnull=False).exists()
        assert set(Promise.objects.values_list("state", flat=True)) == set(PromiseState)
        today = timezone.localdate()
        assert Promise.objects.open().filter(due_on__lt=today).exists()
        states = set(Appointment.objects.values_list("state", flat=True))
        assert states >= {AppointmentState.ASKED, AppointmentState.AGREED, AppointmentState.DECLINED}
        assert ReceptionDay.objects.filter(day__gt=today + timedelta(days=31)).exists()
        assert ReceptionDay.objects.filter(changes__event="moved").exists()

    @pytest.mark.rule("complaints", 46)
    def test_what_was_carried_over_and_received_is_what_ended_and_what_is_open(self):
        today = timezone.localdate()
        whole = Window(today - timedelta(days=370), today)
        quarter = Window(today - timedelta(days=90), today)
        for name in (PROVINCE, DISTRICT, TOWN):
            agency = Agency.objects.get(short_name=name)
            for window in (whole, quarter):
                lines = processing(agency, window).kinds
                assert [one.came for one in lines] == [one.went for one in lines]
            entered = Letter.objects.filter(agency=agency)
            assert processing(agency, whole).letters.letters == entered.count()
        province = Agency.objects.get(short_name=PROVINCE)
        assert sum(one.carried for one in processing(province, quarter).kinds) > 0
        assert settlement(province, whole).results
        assert settlement(province, whole).execution
        figures = reception_figures(province, whole.first, whole.last)
        assert figures.all.people > figures.all.visits > 10

    def test_the_pages_of_the_cast_show_it(self):
        for username in ("binh", "an", "khanh", "phuc", "chi", "quynh"):
            client = Client()
            client.force_login(User.objects.get(username=username))
            for name in ("letter_list", "visit_list"):
                answer = client.get(reverse(f"complaints:{name}"))
                assert answer.status_code == 200, (username, name)

    def test_a_second_run_changes_nothing(self):
        before = Counter(Matter.objects.values_list("state", flat=True))
        call_command("seed_letters", stdout=(out := StringIO()))
        assert "already there" in out.getvalue()
        assert Counter(Matter.objects.values_list("state", flat=True)) == before
