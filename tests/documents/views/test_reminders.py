"""Reminders on today's work: shown to whom they are for, gone when one of them has looked."""

from django.urls import reverse

from documents.actions.alert import raise_alerts
from documents.enums import Urgency
from egov.notifications.models import Notification
from tests.conftest import MONDAY_MORNING
from tests.factories.cast import Cast
from tests.factories.deliveries import arrived


def test_a_late_document_is_on_the_first_screen_until_somebody_looks(cast: Cast, sign_in):
    delivery = arrived(cast.chi.agency, at=MONDAY_MORNING, urgency=Urgency.EXPRESS)
    raise_alerts(MONDAY_MORNING)
    reminder = Notification.objects.get()
    address = reverse("documents:reminder_open", args=[reminder.pk])
    chi, dung = sign_in(cast.chi), sign_in(cast.dung)
    assert reminder.text in chi.get("/today/").content.decode()
    assert reminder.text not in dung.get("/today/").content.decode()
    assert dung.post(address).status_code == 404
    assert chi.get(address).status_code == 405
    assert chi.post(address).url == reverse("documents:incoming_detail", args=[delivery.pk])
    assert address not in chi.get("/today/").content.decode()


def test_five_are_shown_and_all_counted(cast: Cast, sign_in):
    for _document in range(7):
        arrived(cast.chi.agency, at=MONDAY_MORNING, urgency=Urgency.URGENT)
    raise_alerts(MONDAY_MORNING)
    page = sign_in(cast.chi).get("/today/").content.decode()
    assert "(7)" in page
    assert page.count("/reminders/") == 5
