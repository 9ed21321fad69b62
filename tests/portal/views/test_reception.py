"""What everybody may read: reception days with their changes, results of letters on their days."""

from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse

from complaints.actions.publish import approve_publication, prepare_publication
from complaints.actions.timetable import publish_timetable
from complaints.queries.timetable import Month
from tests.complaints.actions.test_after_settlement import NOW, notice
from tests.complaints.actions.test_timetable import SATURDAY, planned
from tests.factories.settlements import make_bench, settled
from tests.factories.visits import make_desk

pytestmark = pytest.mark.django_db


@pytest.mark.rule("complaints", 45)
@pytest.mark.rule("complaints", 44)
def test_the_timetable_is_everybodys_with_the_day_that_moved(client):
    desk = make_desk()
    with time_machine.travel(SATURDAY, tick=False):
        day = planned(desk, date(2026, 8, 15))
        address = reverse("portal:reception_detail", args=[desk.agency.code])
        assert "Chưa công bố ngày nào" in client.get(address).content.decode()
        publish_timetable(desk.officer, desk.agency, month=Month(2026, 8), at=SATURDAY)
        page = client.get(address).content.decode()
        assert f"{day.day:%d/%m/%Y}" in page
        assert "chuyển từ 15/08/2026" in page
        assert desk.head.user.full_name in page
        assert desk.agency.name in client.get(reverse("portal:reception_list")).content.decode()
        assert client.get(reverse("portal:reception_detail", args=["nowhere"])).status_code == 404


@pytest.mark.rule("complaints", 31)
def test_a_result_is_read_on_its_days_alone(client):
    bench = make_bench()
    matter = settled(bench).matter
    made = prepare_publication(bench.handler, matter, notice(), at=NOW)
    approve_publication(bench.leader, matter, publication_id=made.pk, at=NOW)
    one, every = reverse("portal:letter_result", args=[made.pk]), reverse("portal:letter_results")
    for day, shown in ((2, False), (3, True), (18, True), (19, False)):
        with time_machine.travel(datetime.fromisoformat(f"2026-09-{day:02}T10:00:00+07:00"), tick=False):
            assert client.get(one).status_code == (200 if shown else 404)
            assert (made.title in client.get(every).content.decode()) is shown
    with time_machine.travel(datetime.fromisoformat("2026-09-04T10:00:00+07:00"), tick=False):
        page = client.get(one).content.decode()
    assert made.text.split(",")[0] in page
    assert matter.letter.code not in page
