"""The pages of working time."""

import html
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse

from egov.workdays import touched
from egov.workdays.load_calendar import calendar_of
from egov.workdays.models import Holiday, WorkingHours
from tests.conftest import MONDAY_MORNING as NOW
from tests.support.signed_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LIST, CREATE, CHECK = (
    reverse(f"workdays:{name}") for name in ("holiday_list", "holiday_create", "term_check")
)
TODAY = NOW.date()


def words(answer: HttpResponse) -> str:
    return " ".join(html.unescape(answer.content.decode()).split())


def a_day(**changes: object) -> dict[str, object]:
    facts = {"day": "17/09/2025", "kind": "closed", "name": "Nghỉ bão", "source": "Công điện 7/CĐ-UBND"}
    return facts | {"scope": ""} | changes


@pytest.fixture
def storm(db: None) -> Holiday:
    return Holiday.objects.create(
        day=TODAY + timedelta(days=2), kind="closed", name="Nghỉ bão", source="CĐ 7"
    )


class TestList:
    """A year's days."""

    def test_everybody_sees_them_and_only_administrators_change_them(self, storm, cast, root):
        text = words(signed_in(cast.dung).get(LIST))
        assert "Nghỉ bão" in text
        assert "Thứ Tư" in text
        assert "Toàn tỉnh" in text
        assert reverse("workdays:holiday_remove", args=[storm.pk]) not in text
        assert CREATE not in text
        text = words(signed_in(root).get(LIST))
        assert reverse("workdays:holiday_remove", args=[storm.pk]) in text
        assert 'aria-current="page"' in text

    def test_an_empty_year_says_what_that_means(self, cast):
        assert "Chưa nhập ngày nghỉ năm 2031." in words(signed_in(cast.chi).get(LIST, {"year": "2031"}))

    @pytest.mark.parametrize("year", ["x", "", "-1", "99999", "٢٠٢٥", "0001"])
    def test_no_year_breaks_it(self, cast, year):
        assert signed_in(cast.chi).get(LIST, {"year": year}).status_code == 200


class TestSetting:
    """Enter, look at what it touches, confirm."""

    @pytest.mark.rule("onestop", 16)
    def test_what_it_touches_is_shown_before_anything_is_kept(self, root, monkeypatch):
        old, new = NOW, NOW + timedelta(days=1)
        term = touched.TouchedTerm("H99-250915-0001", "/dossiers/1/", old, new)
        monkeypatch.setattr(touched, "_finders", {"test": lambda _holiday: [term] * 201})
        client = signed_in(root)
        assert client.get(CREATE).status_code == 200
        text = words(client.post(CREATE, a_day()))
        assert "H99-250915-0001" in text
        assert "08:00 15/09/2025" in text
        assert "08:00 16/09/2025" in text
        assert "Chỉ hiện 200 hạn sớm nhất." in text
        assert not Holiday.objects.exists()
        again = client.post(CREATE, a_day(edit="1"))
        assert 'value="Nghỉ bão"' in words(again)
        assert not Holiday.objects.exists()
        answer = client.post(CREATE, a_day(confirmed="1"), follow=True)
        assert "Đã ghi ngày 17/09/2025." in words(answer)
        assert Holiday.objects.get().agency is None

    def test_an_agency_s_administrator_only_for_that_agency(self, commune_admin, cast):
        client = signed_in(commune_admin)
        assert client.post(CREATE, a_day(confirmed="1")).status_code == 422
        wrong = client.post(CREATE, a_day(scope=cast.dung.agency.pk, confirmed="1"))
        assert wrong.status_code == 422
        client.post(CREATE, a_day(scope=cast.chi.agency.pk, confirmed="1"))
        text = words(client.post(CREATE, a_day(scope=cast.chi.agency.pk, name="Nghỉ lũ")))
        assert "đã có: Nghỉ, Nghỉ bão (Công điện 7/CĐ-UBND)" in text
        assert Holiday.objects.get().agency == cast.chi.agency

    @pytest.mark.parametrize(
        "wrong",
        [
            {"day": "32/01/2026"},
            {"day": "01/01/0001"},
            {"day": "31/12/9999"},
            {"kind": "x"},
            {"name": ""},
            {"source": "\x00"},
            {"scope": "9" * 40},
            {"name": "x" * 201},
        ],
    )
    def test_what_is_wrong_is_said(self, root, wrong):
        assert signed_in(root).post(CREATE, a_day(**wrong)).status_code == 422
        assert not Holiday.objects.exists()

    def test_a_day_is_removed_after_confirming(self, storm, root):
        client, url = signed_in(root), reverse("workdays:holiday_remove", args=[storm.pk])
        assert "Không có hạn nào thay đổi nếu tính lại." in words(client.get(url))
        assert Holiday.objects.exists()
        assert "Đã bỏ ngày 17/09/2025." in words(client.post(url, follow=True))
        assert not Holiday.objects.exists()
        assert client.post(url).status_code == 404

    def test_nobody_else(self, storm, cast, commune_admin):
        url = reverse("workdays:holiday_remove", args=[storm.pk])
        for actor in (cast.chi, cast.dung):
            client = signed_in(actor)
            assert client.get(CREATE).status_code == 403
            assert client.post(CREATE, a_day(confirmed="1")).status_code == 403
        for actor in (cast.chi, cast.dung, commune_admin):
            client = signed_in(actor)
            assert client.get(url).status_code == 403
            assert client.post(url).status_code == 403
        assert Holiday.objects.get() == storm


class TestHours:
    """The hours of an agency and of the province."""

    def week(self, **changes: str) -> dict[str, str]:
        days = {f"day_{n}": "07:30-11:30, 13:30 – 17h00" for n in range(5)}
        seen = {"confirmed": "1"}
        return {"since": "15/09/2025", "day_5": "07:30-11:30", "day_6": ""} | seen | days | changes

    def test_what_they_touch_is_shown_before_they_are_set(self, root):
        week = self.week()
        del week["confirmed"]
        client, url = signed_in(root), reverse("workdays:hours_default")
        text = words(client.post(url, week))
        assert "Xác nhận giờ làm việc" in text
        assert "Áp dụng từ ngày 15/09/2025" in text
        assert "Không có hạn nào thay đổi nếu tính lại." in text
        assert client.post(url, week | {"since": "14/09/2025"}).status_code == 422
        assert not WorkingHours.objects.exists()

    def test_set_shown_and_inherited(self, root, cast):
        client, url = signed_in(root), reverse("workdays:hours_default")
        own = reverse("workdays:hours_detail", args=[cast.chi.agency.pk])
        assert "Tỉnh chưa đặt giờ" in words(client.get(url))
        assert "Đã đặt giờ làm việc." in words(client.post(url, self.week(), follow=True))
        assert "07:30–11:30" in words(client.get(own))
        assert "Theo giờ chung của tỉnh." in words(client.get(own))
        client.post(own, self.week(day_5="", since="22/09/2025"))
        text = words(client.get(own))
        assert "Thay đổi từ ngày 22/09/2025." in text
        saturday = TODAY + timedelta(days=5)
        calendar = calendar_of(cast.chi.agency, TODAY)
        assert calendar.is_working_day(saturday)
        assert not calendar.is_working_day(saturday + timedelta(days=7))
        client.post(own, self.week(inherited="on", since="22/09/2025"))
        assert WorkingHours.objects.filter(agency=cast.chi.agency).count() == 0

    @pytest.mark.parametrize(
        "wrong",
        [
            {"day_0": "25:00-26:00"},
            {"day_0": "11:00-07:00"},
            {"day_0": "sáng"},
            {"since": "14/09/2025"},
            {"day_0": "07:00-12:00, 11:00-15:00"},
            {"since": "x"},
            {f"day_{n}": "" for n in range(6)},
        ],
    )
    def test_what_is_wrong_is_said(self, root, wrong):
        answer = signed_in(root).post(reverse("workdays:hours_default"), self.week(**wrong))
        assert answer.status_code == 422
        assert not WorkingHours.objects.exists()

    def test_everybody_sees_and_nobody_else_sets_them(self, cast, commune_admin):
        own = reverse("workdays:hours_detail", args=[cast.chi.agency.pk])
        for actor in (cast.chi, cast.dung):
            client = signed_in(actor)
            assert "Đặt giờ mới" not in words(client.get(own))
            assert client.post(own, self.week()).status_code == 403
        client = signed_in(commune_admin)
        assert client.post(reverse("workdays:hours_default"), self.week()).status_code == 403
        assert not WorkingHours.objects.exists()
        client.post(own, self.week())
        assert "Giờ riêng của cơ quan." in words(client.get(own))
        assert own in words(signed_in(cast.dung).get(reverse("workdays:hours_default")))

    def test_the_system_s_administrator_finds_any_agency(self, root, cast):
        client, url = signed_in(root), reverse("workdays:hours_default")
        answer = client.get(url, {"agency": cast.chi.agency.pk})
        assert answer["Location"] == reverse("workdays:hours_detail", args=[cast.chi.agency.pk])
        assert client.get(url, {"agency": "x"}).status_code == 200
        assert "Mở giờ của cơ quan" in words(client.get(url))
        assert "Mở giờ của cơ quan" not in words(signed_in(cast.chi).get(url))


class TestTerm:
    """Trying a term."""

    def asked(self, **changes: str) -> dict[str, str]:
        return {"received": "16:20 12/02/2026", "amount": "3", "unit": "working_days", "cutoff": ""} | changes

    def test_the_answer_names_every_day(self, cast):
        client = signed_in(cast.chi)
        assert "Kết quả" not in words(client.get(CHECK))
        Holiday.objects.create(day="2026-02-16", kind="closed", name="Tết Nguyên đán", source="TB 1")
        text = words(client.get(CHECK, self.asked()))
        assert "Thời hạn 3 ngày làm việc: trả kết quả lúc 16:20 18/02/2026" in text
        assert "Không tính: Ngày tiếp nhận, lúc 16:20" in text
        assert "Không tính: Tết Nguyên đán" in text
        assert "chưa nhập ngày nghỉ" not in text
        assert "chưa nhập ngày nghỉ" in words(client.get(CHECK, self.asked(amount="12", unit="months")))

    @pytest.mark.parametrize(
        "wrong",
        [
            {"received": "x"},
            {"received": "10:00 31/12/9999"},
            {"received": "10:00 01/01/0001"},
            {"amount": "-1"},
            {"amount": "9" * 30},
            {"unit": "x"},
            {"cutoff": "25:00"},
        ],
    )
    def test_what_is_wrong_is_said(self, cast, wrong):
        assert signed_in(cast.chi).get(CHECK, self.asked(**wrong)).status_code == 422
