"""The national database hears of every step once, in order, whatever breaks, and never who denounces (51)."""

import json
import socket
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Now

from complaints import tasks
from complaints.actions.reconcile_feed import reconcile_feed
from complaints.actions.resend_feed import NothingToResend, resend_feed
from complaints.actions.tell_feed import sweep_feed
from complaints.enums import DutyKind, FeedState, MatterKind, MatterState
from complaints.exchange.national_feed.http import HttpNationalDatabase
from complaints.models import FeedComparison, FeedEntry, FeedRecord, Matter
from egov.exchange.lease import DELAYS, LEASE
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.entries import LAN
from tests.factories.feed import entered, go, queued, tell
from tests.factories.letters import appointed
from tests.factories.organizations import AgencyFactory, UnitFactory
from tests.factories.visits import make_desk

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("clock", "national"),
    pytest.mark.rule("complaints", 51),
]
S = MatterState


@pytest.fixture
def clerk():
    return appointed(AgencyFactory(), DutyKind.INTAKE, DutyKind.RECEPTION)


@pytest.fixture
def matter(clerk) -> Matter:
    """Of a letter entered this morning; its field is land."""
    return entered(clerk)


class TestQueued:
    """Where it happens, in the same transaction, and nowhere else."""

    def test_every_step_and_every_correction_of_what_it_counts_as(self, matter):
        go(matter, S.PROCESSING)
        matter.changes.create(before=S.PROCESSING, after=S.PROCESSING, at=NOW, note="giao người khác")
        matter.classifications.create(at=NOW, kind=MatterKind.SUGGESTION)
        assert queued(matter) == [
            (1, 1, "entered", "queued"),
            (2, 1, "processing", "queued"),
            (3, 1, "processing", "queued"),
        ]
        with transaction.atomic():
            go(matter, S.GUIDED)
            transaction.set_rollback(True)
        assert len(queued(matter)) == 3

    def test_raw_sql_is_told_of_too(self, matter):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO complaints_matterchange (matter_id, before, after, at, person, note)"
                " VALUES (%s, 'entered', 'stopped', now(), '', '')",
                [matter.pk],
            )
        assert queued(matter)[-1] == (2, 1, "stopped", "queued")

    def test_a_visit_once_it_stands_in_the_register(self):
        desk = make_desk()
        visit = desk.written(at=NOW)
        assert not FeedRecord.objects.exists()
        visit = desk.closed(at=NOW)
        assert queued(visit) == [(1, 1, "closed", "queued")]

    @pytest.mark.parametrize(
        "tamper",
        [
            lambda row: row.delete(),
            lambda row: row.record.delete(),
            lambda row: FeedEntry.objects.filter(pk=row.pk).update(after="guided"),
            lambda row: FeedEntry.objects.create(record=row.record, sequence=9, at=NOW, next_try_at=NOW),
            lambda row: FeedRecord.objects.filter(pk=row.record_id).update(reference="D-1"),
        ],
    )
    def test_nobody_writes_or_loses_one(self, matter, tamper):
        with pytest.raises(DatabaseError), transaction.atomic():
            tamper(matter.feed_record.entries.get())

    def test_what_was_sent_stays_sent(self, matter):
        tell(matter)
        for change in ({"state": FeedState.QUEUED}, {"content": {"reference": "D-1"}}):
            with pytest.raises(DatabaseError), transaction.atomic():
                FeedEntry.objects.update(**change)


class TestTold:
    """One worker, a database that is well."""

    def test_once_in_order_though_the_worker_runs_twice(self, national, matter):
        go(matter, S.PROCESSING)
        assert (tell(matter), tell(matter)) == (2, 0)
        reference = matter.feed_record.reference
        assert reference == f"{matter.letter.code}.1"
        assert national.told(reference) == [1, 2]
        assert (national.books["repeats"], len(national.books["calls"])) == (0, 3)
        first = matter.feed_record.entries.order_by("sequence").first()
        assert (first.state, first.sent_at, first.remote_id) == ("sent", NOW, f"QG-{reference}-1")
        assert sweep_feed(NOW) == 0

    def test_another_worker_that_holds_it_is_left_alone(self, matter):
        FeedRecord.objects.update(held_by="another", held_until=Now() + LEASE)
        assert tell(matter) == 0
        FeedRecord.objects.update(held_until=Now() - LEASE)
        assert tell(matter) == 1

    def test_codes_days_and_counts_and_no_person(self, national, clerk):
        commune = UnitFactory(name="Xã Thụy Xuân")
        matter = entered(clerk)
        tell(matter)
        ((sent,),) = [list(known.values()) for known in national.books["records"].values()]
        assert (sent["kind"], sent["field"], sent["people"]) == ("complaint", "admin.land", 1)
        assert (sent["commune"], sent["on"]) == (commune.code, "2025-09-15")
        words = json.dumps(national.books, ensure_ascii=False)
        for secret in (LAN.name, LAN.address, LAN.personal_number, matter.summary, matter.subject):
            assert secret not in words

    def test_a_visit_says_who_received_by_a_word_and_who_came_not_at_all(self, national):
        visit = make_desk().closed(at=NOW)
        tell(visit)
        ((sent,),) = [list(known.values()) for known in national.books["records"].values()]
        assert (sent["subject"], sent["direction"], sent["host"]) == ("visit", "guided", "other")
        words = json.dumps(national.books, ensure_ascii=False)
        assert not [one for one in ("Vũ Thị Lan", "034178000001", "Tân An", "bồi thường") if one in words]

    def test_nothing_is_sent_where_no_address_is_set(self, national, settings, matter):
        settings.LETTER_FEED_URL = ""
        tasks.tell_feed(matter.feed_record.pk)
        tasks.sweep_feed()
        tasks.reconcile_feed()
        assert (national.books["calls"], queued(matter)[0][3]) == ([], "queued")

    def test_the_tasks_sweep_tell_and_compare(self, national, matter):
        tasks.sweep_feed()
        tasks.tell_feed(matter.feed_record.pk)
        assert national.told(matter.feed_record.reference) == [1]
        tasks.reconcile_feed()
        assert FeedComparison.objects.get().day == NOW.date() - timedelta(days=1)


class TestWhatBreaks:
    """Nothing is said to have arrived before the database has said so."""

    def test_nobody_there_then_somebody(self, national, settings, matter):
        url = settings.LETTER_FEED_URL
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            settings.LETTER_FEED_URL = f"http://127.0.0.1:{free.getsockname()[1]}"
        assert tell(matter) == 0
        waiting = matter.feed_record.entries.get()
        assert (waiting.state, waiting.attempts, waiting.next_try_at) == ("queued", 1, NOW + DELAYS[0])
        assert "Không kết nối được" in waiting.answer
        settings.LETTER_FEED_URL = url
        assert (tell(matter), sweep_feed(NOW + DELAYS[0])) == (0, 1)
        assert tell(matter, NOW + DELAYS[0]) == 1
        assert matter.feed_record.entries.get().answer == ""

    def test_an_answer_that_was_lost_is_asked_for_again_word_for_word(self, national, matter):
        national.fail("/events/1", "drop_after")
        go(matter, S.PROCESSING)
        assert tell(matter) == 0
        # In between the register changed: what may have been heard is repeated, not reworded.
        Matter.objects.update(field=None)
        assert tell(matter, NOW + DELAYS[0]) == 2
        books = national.books
        assert (books["repeats"], books["disorder"]) == (1, [])
        known = books["records"][matter.feed_record.reference]
        assert ["field" in known[number] for number in ("1", "2")] == [True, False]

    @pytest.mark.parametrize("illness", ["truncate", "garbage", "empty", "redirect", "503"])
    def test_only_a_whole_answer_counts(self, national, matter, illness):
        national.fail("/events/", illness)
        assert tell(matter) == 0
        assert queued(matter)[0][3] == "queued"
        assert tell(matter, NOW + DELAYS[0]) == 1
        assert national.told(matter.feed_record.reference) == [1]


class TestCompared:
    """Each morning with the database's own list; a difference is told again by a person's word."""

    def compare(self) -> FeedComparison:
        with HttpNationalDatabase.configured() as database:
            return reconcile_feed(database, NOW.date(), NOW + timedelta(days=1))

    def test_alike_then_lost_then_told_again(self, national, clerk, matter):
        go(matter, S.PROCESSING)
        tell(matter)
        done = self.compare()
        assert (done.ours, done.theirs, done.differences.count()) == (1, 1, 0)
        national.control("set", {"listed": [{"reference": "D-X-2025-1.1", "sequence": 1}]})
        done = self.compare()
        difference = done.differences.get()
        assert (difference.kind, difference.ours, difference.theirs, done.unknown) == ("missing", 2, None, 1)
        national.control("set", {"listed": None, "records": {}})
        resend_feed(clerk, difference.record, at=NOW)
        with pytest.raises(NothingToResend):
            resend_feed(clerk, difference.record, at=NOW)
        assert sweep_feed(NOW) == 1
        tell(matter)
        assert self.compare().differences.count() == 0
        assert (national.books["disorder"], len(national.books["taken"])) == ([], 4)
        matter.feed_record.refresh_from_db()
        assert (matter.feed_record.resend_at, matter.feed_record.resent_at) == (None, NOW)

    def test_behind(self, national, matter):
        go(matter, S.PROCESSING)
        tell(matter)
        listed = [{"reference": matter.feed_record.reference, "sequence": 1}]
        national.control("set", {"listed": listed})
        difference = self.compare().differences.get()
        assert (difference.kind, difference.ours, difference.theirs) == ("behind", 2, 1)

    def test_half_a_list_is_compared_with_nothing(self, national, matter):
        tell(matter)
        national.fail("/records", "truncate")
        done = self.compare()
        assert done.problem
        assert not done.differences.exists()

    def test_nothing_to_tell_again(self, clerk, matter):
        with pytest.raises(NothingToResend):
            resend_feed(clerk, matter.feed_record, at=NOW)

    def test_told_again_but_refused_or_unheard(self, national, clerk, matter):
        tell(matter)
        resend_feed(clerk, matter.feed_record, at=NOW)
        national.fail("/events/", "503")
        tell(matter)
        record = FeedRecord.objects.get()
        assert (record.resend_at, bool(record.resend_problem)) == (NOW + DELAYS[0], True)
        national.fail("/events/", "409")
        tell(matter, NOW + DELAYS[0])
        record.refresh_from_db()
        assert (record.resend_at, record.resent_at, bool(record.resend_problem)) == (None, None, True)
