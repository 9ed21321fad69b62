"""A citizen hears that it was filed and that a draft is about to end; nothing of them stands in a subject."""

import pytest
from django.conf import settings

from onestop.models import ProcedureVersion
from portal.actions.submit_draft import submit_draft
from portal.actions.tell_filing import warn_of_end
from portal.models import Draft, Notice
from portal.queries import notice_words
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.citizens import CitizenFactory
from tests.factories.filing import complete, prepared
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import ProcedureVersionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def draft() -> Draft:
    em = CitizenFactory(name="Vũ Thị Em", reachable=True)
    version: ProcedureVersion = ProcedureVersionFactory(name="Đăng ký khai sinh")
    return complete(em, version, AgencyFactory(name="Ủy ban nhân dân xã Thụy Xuân"))


def test_that_it_was_filed_is_told_over_each_chosen_channel(draft, settings):
    settings.PORTAL_URL = "https://portal.example"
    ready = prepared(draft.citizen, draft)
    for _ in range(2):
        receipt = submit_draft(draft.citizen, draft, submitted=ready.submitted(), words=ready.words(), at=NOW)
    notices = list(Notice.objects.order_by("channel"))
    assert [one.channel for one in notices] == ["email", "sms"]
    assert notices[0].agency.name == "Ủy ban nhân dân xã Thụy Xuân"
    assert receipt.number in notice_words.sentence(notices[0])
    assert "Vũ Thị Em" not in notice_words.subject(notices[0])
    assert notice_words.page_of_dossier(notices[0]).endswith(f"/apply/drafts/{draft.pk}/filed/")


def test_the_end_of_a_draft_is_told_once_and_again_after_it_was_gone_on_with(draft):
    assert warn_of_end(NOW) == 0
    near = NOW + settings.DRAFT_LASTS - settings.DRAFT_WARNING
    assert (warn_of_end(near), warn_of_end(near)) == (1, 0)
    notice = Notice.objects.get(channel="email")
    assert "được giữ đến ngày 15/10/2025" in notice_words.sentence(notice)
