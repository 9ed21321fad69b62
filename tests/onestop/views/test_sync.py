"""The operator's page: what was rejected, what waits, what differs, each with its way out (rule 48)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onestop.enums import DifferenceKind, SyncState
from onestop.models import Dossier, Reconciliation, SyncDifference, SyncEvent
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
