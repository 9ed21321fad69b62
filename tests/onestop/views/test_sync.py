"""The operator's page: what was rejected, what waits, what differs, each with its way out (rule 48)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from egov.exchange import conversation
from egov.workflow.refusal import NotPermitted
from onestop.actions.reconcile_portal import reconcile_portal
from onestop.actions.resend_difference import (
    DELAY,
    NothingToResend,
    ask_resend,
    resend_difference,
    sweep_resends,
)
from onestop.actions.sync_dossier import sync_dossier
from onestop.enums import DifferenceKind, SyncState
from onestop.exchange.national_portal.http import HttpPortal
from onestop.models import Dossier, NationalRecord, Reconciliation, SyncDifference, SyncEvent
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.dossiers import DossierFactory
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.procedures import ProcedureVersionFactory

pytestmark = [pytest.mark.rule("onestop", 48), pytest.mark.usefixtures("clock", "portal")]
LIST = reverse("onestop:sync_list")
ERROR = "HTTP 422: Mã thủ tục không có trong danh mục quốc gia."


@pytest.fixture
def version(db):
    return ProcedureVersionFactory()


@pytest.fixture
def operator(db):
    return actor_for(MembershipFactory(agency=AgencyFactory(), counter=True))


def told(version, agency, **event: object) -> Dossier:
    dossier = DossierFactory(version=version, agency=agency)
    dossier.changes.create(before="", after="received", at=NOW)
    SyncEvent.objects.filter(dossier=dossier).update(**event)
    return dossier


def test_each_pile_with_its_count_and_nobodys_name(sign_in, operator, version):
    rejected = told(version, operator.agency, state=SyncState.REJECTED, last_error=ERROR, attempts=1)
    failing = told(
        version, operator.agency, attempts=2, last_error="HTTP 503", next_try_at=NOW + timedelta(minutes=1)
    )
    waiting = told(version, operator.agency)
    told(version, AgencyFactory(), state=SyncState.REJECTED)
    client = sign_in(operator)
    for queue, dossier in (("rejected", rejected), ("failing", failing), ("waiting", waiting)):
        page = client.get(LIST, {"queue": queue})
        assert [event.dossier for event in page.context["pager"].rows] == [dossier]
        assert [one.count for one in page.context["queues"]] == [1, 1, 1]
        assert dossier.owner.name not in page.content.decode()
    assert ERROR in client.get(LIST).content.decode()
    assert "thử lại lúc 08:01" in client.get(LIST, {"queue": "failing"}).content.decode()


def test_a_rejected_one_is_told_again_by_a_button(sign_in, operator, version):
    dossier = told(version, operator.agency, state=SyncState.REJECTED, last_error=ERROR, attempts=1)
    client = sign_in(operator)
    page = client.get(reverse("onestop:sync_detail", args=[dossier.pk])).content.decode()
    retry = reverse("onestop:sync_retry", args=[dossier.sync_events.get().pk])
    assert f'action="{retry}"' in page
    assert "từ chối trạng thái “Được tiếp nhận”" in page
    assert client.post(retry).status_code == 302
    assert dossier.sync_events.get().state == SyncState.PENDING
    assert client.get(retry).status_code == 405


def test_without_a_portal_the_page_says_so_and_offers_nothing(sign_in, operator, version, settings):
    settings.NATIONAL_PORTAL_URL = ""
    dossier = told(version, operator.agency)
    client = sign_in(operator)
    assert "Chưa đặt địa chỉ" in client.get(LIST).content.decode()
    assert (
        "Gửi lại ngay" not in client.get(reverse("onestop:sync_detail", args=[dossier.pk])).content.decode()
    )


def test_differences_of_the_last_comparison(sign_in, operator, version):
    dossier = told(version, operator.agency)
    done = Reconciliation.objects.create(day=NOW.date(), compared_at=NOW, ours=2, theirs=2)
    for kind, of, ours, theirs in (
        (DifferenceKind.STATUS, dossier, 2, 9),
        (DifferenceKind.UNKNOWN, None, None, 4),
    ):
        SyncDifference.objects.create(
            reconciliation=done, kind=kind, dossier=of, number=f"QG-{theirs}", ours=ours, theirs=theirs
        )
    page = sign_in(operator).get(LIST).content.decode()
    assert "9 – Đã xử lý xong" in page
    # What only the portal has is nobody's but the administrator's of the system.
    assert "QG-4" not in page
    admin = actor_for(MembershipFactory(role="system_admin"))
    assert "QG-4" in sign_in(admin).get(LIST).content.decode()


@pytest.mark.rule("onestop", 43)
def test_others_see_and_retry_nothing(sign_in, operator, version):
    dossier = told(version, operator.agency, state=SyncState.REJECTED)
    addresses = [
        reverse("onestop:sync_detail", args=[dossier.pk]),
        reverse("onestop:sync_retry", args=[dossier.sync_events.get().pk]),
    ]
    stranger = sign_in(actor_for(MembershipFactory(counter=True)))
    assert stranger.get(LIST).context["pager"].rows == []
    specialist = sign_in(actor_for(MembershipFactory(agency=operator.agency, specialist=True)))
    assert specialist.get(LIST).status_code == 403
    for client in (stranger, specialist):
        assert client.get(addresses[0]).status_code == 404
        assert client.post(addresses[1]).status_code == 404
    assert dossier.sync_events.get().state == SyncState.REJECTED


def test_a_list_costs_the_same_however_long(sign_in, operator, version):
    client, seen = sign_in(operator), []
    for count in (1, 29):
        for _ in range(count):
            told(version, operator.agency, state=SyncState.REJECTED)
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        seen.append(len(asked))
    assert seen[0] == seen[1] <= 14


class TestSendAgain:
    """A difference has a way out on its page: the dossier told again from its announcement on."""

    @pytest.fixture
    def lost(self, operator, version, portal) -> SyncDifference:
        """Two statuses were acknowledged; then the portal lost everything, and the comparison said so."""
        dossier = told(version, operator.agency)
        dossier.changes.create(before="received", after="processing", at=NOW)
        with HttpPortal.configured() as open_portal:
            sync_dossier(open_portal, dossier.pk, NOW)
            portal.control("set", {"listed": []})
            done = reconcile_portal(open_portal, NOW.date(), NOW + timedelta(days=1))
        portal.control("reset")
        conversation._tokens.clear()
        return done.differences.get()

    def resent(self, difference: SyncDifference, at=NOW) -> bool:
        with HttpPortal.configured() as open_portal:
            return resend_difference(open_portal, difference.pk, at)

    def test_a_button_gives_the_portal_everything_back_in_order(self, sign_in, operator, portal, lost):
        client, resend = sign_in(operator), reverse("onestop:sync_resend", args=[lost.pk])
        assert f'action="{resend}"' in client.get(LIST).content.decode()
        assert client.post(resend).status_code == 302
        waiting = client.get(LIST).content.decode()
        assert "Chờ gửi lại" in waiting
        assert "đã nhận lại" not in waiting
        assert f'action="{resend}"' not in waiting
        assert sweep_resends(NOW) == 1
        assert self.resent(lost)
        assert (portal.told(lost.number), portal.books["disorder"]) == ([2, 4], [])
        assert "Cổng quốc gia đã nhận lại lúc 08:00" in client.get(LIST).content.decode()
        # One task sent twice says nothing twice, and whoever had everything takes nothing in again.
        assert not self.resent(lost)
        client.post(resend)
        assert self.resent(lost)
        assert portal.told(lost.number) == [2, 4]

    def test_no_success_before_the_portal_has_acknowledged_all_of_it(self, sign_in, operator, portal, lost):
        client, resend = sign_in(operator), reverse("onestop:sync_resend", args=[lost.pk])
        client.post(resend)
        portal.fail("statuses/2", "drop_after")
        assert not self.resent(lost)
        page = client.get(LIST).content.decode()
        assert "Chờ gửi lại" in page
        assert "Chưa gửi lại được" in page
        assert not self.resent(lost)
        assert self.resent(lost, at=NOW + DELAY)
        assert portal.told(lost.number) == [2, 4]

    def test_what_the_portal_refuses_is_told_and_may_be_tried_again(self, sign_in, operator, portal, lost):
        client, resend = sign_in(operator), reverse("onestop:sync_resend", args=[lost.pk])
        client.post(resend)
        portal.fail("dossiers/", "422")
        assert not self.resent(lost)
        page = client.get(LIST).content.decode()
        assert "Mã thủ tục không có trong danh mục quốc gia" in page
        assert f'action="{resend}"' in page
        client.post(resend)
        assert self.resent(lost)

    def test_a_dossier_in_other_hands_is_left_to_the_sweep(self, operator, portal, lost):
        ask_resend(operator, lost, at=NOW)
        NationalRecord.objects.update(held_by="another worker", held_until=Now() + timedelta(minutes=1))
        assert not self.resent(lost)
        assert sweep_resends(NOW) == 1
        NationalRecord.objects.update(held_until=None)
        assert self.resent(lost)

    @pytest.mark.rule("onestop", 43)
    def test_nobody_else_has_it_sent(self, sign_in, operator, lost):
        resend = reverse("onestop:sync_resend", args=[lost.pk])
        specialist = actor_for(MembershipFactory(agency=operator.agency, specialist=True))
        for outsider in (actor_for(MembershipFactory(counter=True)), specialist):
            assert sign_in(outsider).post(resend).status_code == 404
            with pytest.raises(NotPermitted):
                ask_resend(outsider, lost, at=NOW)
        theirs = SyncDifference.objects.create(
            reconciliation=lost.reconciliation, kind=DifferenceKind.UNKNOWN, number="QG-9", theirs=4
        )
        admin = actor_for(MembershipFactory(role="system_admin"))
        with pytest.raises(NotPermitted):
            ask_resend(admin, theirs, at=NOW)
        assert ask_resend(admin, lost, at=NOW).resend_at == NOW
        with pytest.raises(NothingToResend):
            ask_resend(admin, lost, at=NOW)

    def test_what_was_never_told_is_not_told_again(self, operator, lost):
        NationalRecord.objects.update(opened_at=None)
        with pytest.raises(NothingToResend):
            ask_resend(operator, lost, at=NOW)
