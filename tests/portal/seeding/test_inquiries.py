"""The demo's inquiries go the whole way of the real actions, and none shows what must not be shown."""

import pytest

from portal.enums import InquiryState
from portal.models import Inquiry, InquiryPublication
from portal.seeding.inquiries import seed_inquiries
from tests.factories.inquiries import make_inquiry_office
from tests.factories.organizations import AgencyFactory, MembershipFactory

ANSWERING = (
    "Văn phòng UBND tỉnh",
    "Sở Kế hoạch và Đầu tư",
    "Sở Tài nguyên và Môi trường",
    "Sở Tài chính",
    "Sở Xây dựng",
    "Thanh tra tỉnh",
    "Sở Tư pháp",
)


@pytest.fixture
def offices(db, settings, clock) -> None:
    """The coordinator, and every agency that answers in the demo."""
    make_inquiry_office(settings)
    for name in ANSWERING:
        MembershipFactory(agency=AgencyFactory(short_name=name, name=name), specialist=True)


def test_most_are_published_some_wait_and_one_was_taken_down(offices):
    assert seed_inquiries() == 21
    states = list(Inquiry.objects.values_list("state", flat=True))
    assert states.count(InquiryState.PUBLISHED) >= 12
    assert {
        InquiryState.RECEIVED,
        InquiryState.ASSIGNED,
        InquiryState.PROPOSED,
        InquiryState.WITHDRAWN,
    } <= set(states)
    assert seed_inquiries() == 0, "once"


@pytest.mark.rule("onestop", 56)
def test_what_tells_of_wrongdoing_is_answered_and_not_public(offices):
    seed_inquiries()
    one = Inquiry.objects.get(names_wrongdoing=True)
    assert one.state == InquiryState.ANSWERED
    assert not InquiryPublication.objects.filter(inquiry=one).exists()


def test_steps_follow_each_other(offices):
    seed_inquiries()
    for inquiry in Inquiry.objects.prefetch_related("changes"):
        moments = [change.at for change in inquiry.changes.all()]
        assert moments == sorted(moments)
