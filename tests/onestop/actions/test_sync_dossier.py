"""Statuses reach the national portal in their order, once, whatever breaks (rules 48 and 50)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from egov.exchange.lease import DELAYS, LEASE
from egov.files.store import put
from egov.workflow.move import move
from egov.workflow.performer import SYSTEM
from egov.workflow.refusal import NotPermitted
from onestop import tasks
from onestop.actions.reconcile_portal import reconcile_portal
from onestop.actions.retry_sync import retry_sync
from onestop.actions.sync_dossier import sweep_sync, sync_dossier
from onestop.enums import DossierState, PaperSource, SyncState
from onestop.exchange.national_portal.http import HttpPortal
from onestop.models import Dossier, NationalRecord, Paper, Reconciliation, SyncEvent
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.dossiers import DossierFactory
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.procedures import ProcedureVersionFactory
from tests.support.parallel import at_once

S = DossierState
pytestmark = [pytest.mark.usefixtures("portal"), pytest.mark.rule("onestop", 48)]


def received(agency=None, **fields: object) -> Dossier:
    """A dossier received this morning, its first status written."""
    dossier = DossierFactory(version=ProcedureVersionFactory(), agency=agency or AgencyFactory(), **fields)
    dossier.changes.create(before="", after=S.RECEIVED, at=NOW, person="Hoàng Thị Quầy")
    return dossier


def go(dossier: Dossier, *states: DossierState, at=NOW) -> None:
    for state in states:
        move(dossier, to=state, by=SYSTEM, at=at)


def tell(dossier: Dossier, at=NOW) -> int:
    with HttpPortal.configured() as portal:
        return sync_dossier(portal, dossier.pk, at)


def events(dossier: Dossier) -> list[tuple[int, int, str]]:
    return list(dossier.sync_events.order_by("sequence").values_list("sequence", "code", "state"))


@pytest.fixture
def dossier(db) -> Dossier:
    return received()


class TestEvents:
    """Written where the state is written, and nowhere else."""

    def test_every_change_is_an_event_of_the_same_transaction(self, dossier):
        go(dossier, S.PROCESSING, S.SUPPLEMENT)
        assert events(dossier) == [(1, 2, "pending"), (2, 4, "pending"), (3, 5, "pending")]
        with transaction.atomic():
            go(dossier, S.PROCESSING)
            transaction.set_rollback(True)
        assert len(events(dossier)) == 3

    def test_raw_sql_is_told_of_too(self, dossier):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO onestop_dossierchange (dossier_id, before, after, at, person, note)"
                " VALUES (%s, 'received', 'withdrawn', now(), '', '')",
                [dossier.pk],
            )
        assert events(dossier)[-1][:2] == (2, 7)

    @pytest.mark.parametrize(
        "tamper",
        [
            lambda event: event.delete(),
            lambda event: SyncEvent.objects.filter(pk=event.pk).update(code=9),
            lambda event: SyncEvent.objects.create(
                dossier=event.dossier, sequence=9, code=9, at=NOW, next_try_at=NOW
            ),
        ],
    )
    def test_nobody_writes_or_loses_one(self, dossier, tamper):
        with pytest.raises(DatabaseError), transaction.atomic():
            tamper(dossier.sync_events.get())

    def test_what_was_sent_stays_sent(self, dossier):
        tell(dossier)
        with pytest.raises(DatabaseError), transaction.atomic():
            SyncEvent.objects.update(state=SyncState.PENDING)


class TestTelling:
    """One worker, a portal that is well."""

    def test_in_the_codes_of_the_portal_and_nothing_of_the_officials(self, portal, dossier):
        go(dossier, S.PROCESSING)
        assert tell(dossier) == 2
        assert portal.told("QG-000001") == [2, 4]
        books = portal.books
        opened = books["dossiers"]["QG-000001"]
        assert (opened["channel"], opened["applicant_kind"]) == (1, 0)
        assert opened["reference"] == opened["dossier_code"] == dossier.code
        assert "Hoàng Thị Quầy" not in str(books)
        assert [state for _number, _code, state in events(dossier)] == ["sent", "sent"]
        event = dossier.sync_events.first()
        assert (event.remote_id, event.sent_at) == ("QG-000001-1", NOW)
        dossier.refresh_from_db()
        # Beside our code, never in its place.
        assert (dossier.code != "QG-000001", dossier.external_code) == (True, "")

    def test_papers_go_along_once(self, portal, dossier):
        file = put(b"%PDF-1.7 giay chung sinh", media_type="application/pdf")
        for name, originals in (("Tờ khai", 0), ("Giấy chứng sinh", 1)):
            Paper.objects.create(
                dossier=dossier,
                name=name,
                originals=originals,
                source=PaperSource.UPLOAD,
                file=file,
                file_name=f"{name}.pdf",
                added_at=NOW,
            )
        portal.fail("dossiers", "500")
        assert tell(dossier) == 0
        assert tell(dossier, NOW + DELAYS[0]) == 1
        books = portal.books
        assert list(books["files"]) == [file.sha256]
        papers = books["dossiers"]["QG-000001"]["papers"]
        assert [(paper["kind"], paper["file"]) for paper in papers] == [(2, "F1"), (0, "F1")]
        assert len([call for call in books["calls"] if "/files/" in call]) == 1

    def test_nothing_is_sent_where_no_portal_is_set(self, portal, settings, dossier):
        settings.NATIONAL_PORTAL_URL = ""
        tasks.sync_dossier(dossier.pk)
        tasks.sweep_sync()
        tasks.reconcile_portal()
        assert portal.books["calls"] == []

    @pytest.mark.usefixtures("clock")
    def test_the_tasks_tell_and_compare(self, portal, dossier):
        tasks.sync_dossier(dossier.pk)
        assert portal.told("QG-000001") == [2]
        tasks.reconcile_portal()
        assert Reconciliation.objects.get().day == NOW.date() - timedelta(days=1)

    def test_the_sweep_names_each_dossier_with_something_due_once(self, monkeypatch, dossier):
        go(dossier, S.PROCESSING)
        later = received()
        SyncEvent.objects.filter(dossier=later).update(next_try_at=NOW + timedelta(minutes=5))
        blocked = received()
        go(blocked, S.PROCESSING)
        SyncEvent.objects.filter(dossier=blocked, sequence=1).update(state=SyncState.REJECTED)
        sent = []
        monkeypatch.setattr(
            "onestop.actions.sync_dossier.enqueue", lambda _task, **ids: sent.append(ids["dossier_id"])
        )
        assert sweep_sync(NOW) == 1
        assert sent == [dossier.pk]


class TestIllness:
    """Whatever breaks on the way."""

    @pytest.mark.rule("onestop", 50)
    @pytest.mark.parametrize("where", ["token", "numbers", "dossiers/QG", "progress", "statuses"])
    @pytest.mark.parametrize("illness", ["drop_after", "truncate", "503"])
    def test_a_call_that_breaks_is_no_success_and_is_made_good(self, portal, dossier, where, illness):
        go(dossier, S.PROCESSING)
        portal.fail(where, illness)
        assert tell(dossier) == 0
        first = dossier.sync_events.first()
        assert (first.state, first.attempts, first.sent_at) == ("pending", 1, None)
        assert first.last_error
        assert tell(dossier) == 0, "before its time"
        assert tell(dossier, NOW + DELAYS[0]) == 2
        books = portal.books
        assert portal.told("QG-000001") == [2, 4]
        assert (books["disorder"], len(books["numbers"])) == ([], 1)

    def test_delays_grow_and_later_events_wait_for_the_first(self, portal, dossier):
        go(dossier, S.PROCESSING)
        portal.fail("statuses", "500", times=100)
        at, waits = NOW, []
        for _attempt in range(len(DELAYS) + 2):
            tell(dossier, at)
            event = dossier.sync_events.first()
            waits.append(event.next_try_at - at)
            at = event.next_try_at
        assert waits == [*DELAYS, DELAYS[-1], DELAYS[-1]]
        assert dossier.sync_events.last().attempts == 0
        assert not any("/statuses/2" in call for call in portal.books["calls"])

    def test_words_are_the_same_at_every_attempt(self, portal, dossier):
        """The portal took it in, we did not hear; meanwhile the dossier has gone on."""
        portal.fail("statuses", "drop_after")
        tell(dossier)
        dossier.current_agency = AgencyFactory()
        dossier.save(update_fields=["current_agency"])
        assert tell(dossier, NOW + DELAYS[0]) == 1
        assert portal.books["disorder"] == []
        assert portal.told("QG-000001") == [2]

    def test_a_rejected_event_stops_its_dossier_until_an_operator_has_seen_to_it(self, portal, dossier):
        go(dossier, S.PROCESSING)
        portal.fail("statuses/1", "422")
        assert tell(dossier) == 0
        assert events(dossier) == [(1, 2, "rejected"), (2, 4, "pending")]
        assert "Mã thủ tục không có trong danh mục" in dossier.sync_events.first().last_error
        assert tell(dossier, NOW + timedelta(days=2)) == 0
        operator = actor_for(MembershipFactory(agency=dossier.receiving_agency, counter=True))
        retry_sync(operator, dossier.sync_events.first(), at=NOW)
        assert tell(dossier) == 2
        assert portal.told("QG-000001") == [2, 4]

    def test_a_dossier_that_was_rejected_is_announced_in_new_words(self, portal, dossier):
        portal.fail("dossiers/QG", "422")
        tell(dossier)
        dossier.content = "Đăng ký khai sinh cho con thứ hai"
        dossier.save(update_fields=["content"])
        operator = actor_for(MembershipFactory(agency=dossier.receiving_agency, counter=True))
        retry_sync(operator, dossier.sync_events.first(), at=NOW)
        assert tell(dossier) == 1
        assert portal.books["dossiers"]["QG-000001"]["content"] == dossier.content

    def test_one_dossier_does_not_hold_up_another(self, portal, dossier):
        other = received()
        portal.fail("statuses", "422")
        tell(dossier)
        assert tell(other) == 1


@pytest.mark.parametrize(
    "outsider",
    [
        lambda _dossier: MembershipFactory(counter=True),
        lambda dossier: MembershipFactory(agency=dossier.receiving_agency, specialist=True),
        lambda dossier: MembershipFactory(agency=dossier.receiving_agency, role="agency_admin"),
    ],
)
def test_an_outsider_retries_nothing(dossier, outsider):
    with pytest.raises(NotPermitted):
        retry_sync(actor_for(outsider(dossier)), dossier.sync_events.get(), at=NOW)
    assert dossier.sync_events.get().state == SyncState.PENDING


def test_what_was_sent_is_not_retried(dossier):
    tell(dossier)
    operator = actor_for(MembershipFactory(agency=dossier.receiving_agency, counter=True))
    with pytest.raises(NotPermitted):
        retry_sync(operator, dossier.sync_events.get(), at=NOW)


class TestTwoWorkers:
    """Real connections at once."""

    @pytest.mark.django_db(transaction=True)
    def test_order_is_kept_and_nothing_is_told_twice(self, portal):
        dossiers = [received() for _ in range(2)]
        for dossier in dossiers:
            go(dossier, S.PROCESSING, S.SUPPLEMENT, S.PROCESSING)
        portal.fail("statuses", "slow", times=6)
        outcomes = at_once(tell, [dossier for dossier in dossiers for _ in range(4)], threads=8)
        assert [one for one in outcomes if isinstance(one, Exception)] == []
        for dossier in dossiers:
            assert tell(dossier) + sum(outcomes) >= 4
            number = NationalRecord.objects.get(dossier=dossier).number
            assert portal.told(number) == [2, 4, 5, 4]
        books = portal.books
        assert (books["disorder"], books["repeats"]) == ([], 0)

    def test_a_dossier_in_other_hands_is_left_alone_until_the_lease_ends(self, dossier):
        NationalRecord.objects.create(dossier=dossier)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE onestop_nationalrecord SET held_by = 'a killed worker', held_until = now() + %s",
                [LEASE],
            )
            assert tell(dossier) == 0
            assert sweep_sync(NOW) == 0
            cursor.execute("UPDATE onestop_nationalrecord SET held_until = now() - interval '1 second'")
        assert tell(dossier) == 1


class TestReconciliation:
    """Each morning, with the portal's own list."""

    def compared(self, at=NOW):
        with HttpPortal.configured() as portal:
            return reconcile_portal(portal, NOW.date(), at)

    def test_nothing_differs(self, dossier):
        tell(dossier)
        done = self.compared()
        assert (done.ours, done.theirs, done.problem) == (1, 1, "")
        assert not done.differences.exists()

    def test_what_differs_is_kept_with_both_sides(self, portal, dossier):
        lost, changed = received(), received()
        for one in (dossier, lost, changed):
            tell(one)
        numbers = [NationalRecord.objects.get(dossier=one).number for one in (dossier, changed)]
        rows = [
            {"number": numbers[0], "code": 2, "sequence": 1},
            {"number": numbers[1], "code": 9, "sequence": 3},
        ]
        portal.control("set", {"listed": [*rows, {"number": "QG-999999", "code": 4, "sequence": 2}]})
        found = {one.kind: one for one in self.compared().differences.all()}
        assert found["missing"].dossier == lost
        assert (found["status"].dossier, found["status"].ours, found["status"].theirs) == (changed, 2, 9)
        assert found["status"].their_status == "9 – Đã xử lý xong"
        assert (found["unknown"].number, found["unknown"].dossier) == ("QG-999999", None)
        assert len(found) == 3

    def test_half_a_list_is_no_list(self, portal, dossier):
        for _ in range(3):
            tell(received())
        portal.fail("dossiers", "drop")
        done = self.compared()
        assert done.problem
        assert not done.differences.exists()
