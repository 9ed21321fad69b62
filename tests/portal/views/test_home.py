"""The front page: events of a life, what is new, and where search engines find it in each language."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onestop.models import LifeEvent
from portal.enums import FindableKind
from portal.models import index_entry
from tests.factories.procedures import ProcedureVersionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_it_leads_to_the_events_of_a_life(client):
    event = LifeEvent.objects.create(code="birth", name="Sinh con", order=1)
    event.procedures.set([ProcedureVersionFactory().procedure])
    assert 'href="/services/life/birth/"' in client.get("/").content.decode()


def test_it_shows_what_is_new_and_not_what_is_to_come(client):
    now = timezone.now()
    for key, title, shown_from in (("1", "Tin hôm nay", now), ("2", "Tin ngày mai", now + timedelta(days=1))):
        index_entry(
            kind=FindableKind.NEWS,
            key=key,
            title=title,
            url=f"/news/{key}/",
            language="vi",
            visible_from=shown_from,
        )
    page = client.get("/").content.decode()
    assert "Tin hôm nay" in page
    assert "Tin ngày mai" not in page


def test_each_language_names_the_other(client):
    page = client.get("/en/").content.decode()
    assert '<link rel="canonical" href="http://testserver/en/">' in page
    assert '<link rel="alternate" hreflang="vi" href="http://testserver/">' in page
