"""The sender sees every step of every recipient: codes, words and times; nobody else does."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.actions.direct import DirectiveContent, Part, direct
from documents.actions.finish import finish
from documents.actions.return_ import return_
from documents.enums import DeliveryState
from documents.models import Delivery, Document
from egov.workflow.move import move
from tests.conftest import MONDAY_MORNING
from tests.factories.deliveries import carry, issued, make_desk, make_network
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for

MOST_QUERIES = 12


def page_of(client, document: Document) -> str:
    return client.get(reverse("documents:document_recipients", args=[document.pk])).content.decode()


@pytest.mark.rule("documents", 15)
def test_each_status_with_code_words_and_time(cast, sign_in):
    document = issued(cast.an.agency, [cast.chi.agency], at=MONDAY_MORNING)
    carry(document, at=MONDAY_MORNING)
    delivery, desk = document.deliveries.get(), make_desk(cast.chi)
    move(delivery, to=DeliveryState.REGISTERED, by=desk.registry, at=MONDAY_MORNING + timedelta(minutes=5))
    move(delivery, to=DeliveryState.PRESENTED, by=desk.registry, at=MONDAY_MORNING + timedelta(minutes=6))
    content = DirectiveContent(text="Làm ngay.", lead=Part(who=desk.officer.membership))
    direct(desk.leader, delivery, content, at=MONDAY_MORNING + timedelta(minutes=7))
    delivery.refresh_from_db()
    finish(desk.officer, delivery, note="Xong nội bộ.", at=MONDAY_MORNING + timedelta(minutes=9))

    page = page_of(sign_in(cast.an), document)
    steps = ("01 – Đã đến", "08:00", "03 – Đã tiếp nhận", "08:05", "04 – Phân công", "08:07")
    steps += ("06 – Hoàn thành", "08:09")
    _before, told = page.split('<details class="told">')
    places = [told.index(step) for step in steps]
    assert places == sorted(places)
    # Presenting, the directive and who wrote what are the recipient's own affair.
    for inner in (desk.registry.user.full_name, desk.officer.user.full_name, "Làm ngay", "Xong nội bộ"):
        assert inner not in page
    assert "08:06" not in told


@pytest.mark.rule("documents", 14)
def test_a_return_shows_its_reason(office, cast, sign_in):
    document = office.issued(at=MONDAY_MORNING)
    carry(document, at=MONDAY_MORNING)
    return_(cast.chi, document.deliveries.get(), reason="Gửi nhầm nơi nhận", at=MONDAY_MORNING)
    page = page_of(sign_in(cast.an), document)
    assert "02 – Từ chối tiếp nhận, trả lại" in page
    assert "Gửi nhầm nơi nhận" in page


@pytest.mark.rule("documents", 32)
def test_only_the_sender_sees_them(cast, sign_in):
    document = issued(cast.an.agency, [cast.chi.agency], at=MONDAY_MORNING)
    carry(document, at=MONDAY_MORNING)
    colleague = actor_for(MembershipFactory(agency=cast.an.agency))
    address = reverse("documents:document_recipients", args=[document.pk])
    for actor in (cast.chi, cast.dung, colleague):
        assert sign_in(actor).get(address).status_code == 404


def test_the_page_costs_the_same_at_one_and_at_thirty_recipients(cast, sign_in):
    client, costs = sign_in(cast.an), []
    make_network()
    for count in (1, 30):
        agencies = [AgencyFactory(parent=cast.an.agency) for _ in range(count)]
        document = issued(cast.an.agency, agencies, at=MONDAY_MORNING)
        carry(document, at=MONDAY_MORNING)
        with CaptureQueriesContext(connection) as seen:
            assert page_of(client, document).count("01 – Đã đến") == min(count, Delivery.objects.count())
        costs.append(len(seen))
    assert costs[0] == costs[1] <= MOST_QUERIES
