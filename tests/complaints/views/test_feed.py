"""The page of the feed: what was rejected, its content in words, its correction by the keeper (rule 51)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from complaints.actions.enter import enter
from complaints.actions.reconcile_feed import reconcile_feed
from complaints.actions.tell_feed import tell_record
from complaints.enums import DutyKind, MatterKind
from complaints.exchange.national_feed.http import HttpNationalDatabase
from complaints.models import ContentField, FeedEntry, FeedRecord, Matter
from egov.audit.models import AuditEvent
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.entries import LAN, content, entry
from tests.factories.letters import LetterFactory, MatterFactory, appointed
from tests.factories.organizations import AgencyFactory
from tests.support.letter_database import UNKNOWN_FIELD

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("clock", "national"),
    pytest.mark.rule("complaints", 51),
]
LIST = reverse("complaints:feed_list")


def tell(record: FeedRecord) -> None:
    with HttpNationalDatabase.configured() as database:
        tell_record(database, record.pk, NOW)


@pytest.fixture
def clerk():
    return appointed(AgencyFactory(), DutyKind.INTAKE)


@pytest.fixture
def rejected(national, clerk) -> FeedEntry:
    """The first event of a letter whose field the database does not know."""
    national.control("set", {"catalogue": ["admin.staff"]})
    field = ContentField.objects.get(code="admin.land")
    letter = enter(clerk, entry(content(field=field), at=NOW), at=NOW)
    tell(letter.matters.get().feed_record)
    return FeedEntry.objects.get()


def test_each_pile_with_its_count_and_nobodys_name(sign_in, clerk, rejected):
    client = sign_in(clerk)
    page = client.get(LIST)
    assert [one.count for one in page.context["queues"]] == [1, 0, 0, 0]
    words = page.content.decode()
    assert UNKNOWN_FIELD in words
    assert rejected.record.reference in words
    assert LAN.name not in words
    FeedEntry.objects.update(state="queued", attempts=2, next_try_at=NOW + timedelta(minutes=1))
    assert "thử lại lúc 08:01" in client.get(LIST, {"queue": "failing"}).content.decode()
    assert not client.get(LIST, {"queue": "waiting"}).context["pager"].rows


def test_the_list_of_letters_leads_here_with_a_count(sign_in, clerk, rejected):
    page = sign_in(clerk).get(reverse("complaints:letter_list")).content.decode()
    assert f'href="{LIST}"' in page
    assert "1 bị từ chối" in page
    handler = appointed(clerk.agency, DutyKind.HANDLING)
    assert f'href="{LIST}"' not in sign_in(handler).get(reverse("complaints:letter_list")).content.decode()


def test_the_content_in_words_and_the_read_on_record(sign_in, clerk, rejected):
    page = sign_in(clerk).get(reverse("complaints:feed_detail", args=[rejected.record_id])).content.decode()
    for words in ("Đất đai, nhà ở", "Khiếu nại", "15/09/2025", UNKNOWN_FIELD, "Sửa và gửi lại"):
        assert words in page
    for secret in (LAN.name, "Tân An", "bồi thường"):
        assert secret not in page
    assert AuditEvent.objects.filter(action="complaints.read_feed").exists()


def test_corrected_on_the_page_and_sent(sign_in, national, clerk, rejected):
    client, address = sign_in(clerk), reverse("complaints:feed_correct", args=[rejected.pk])
    form = client.get(address).context["form"]
    typed = {name: one.initial or "" for name, one in form.fields.items()} | {"received_on": "15/09/2025"}
    typed |= {"ground": "code"}
    wrong = client.post(address, typed | {"field": LAN.name, "people": LAN.name})
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"field", "people"}
    assert client.post(address, typed | {"field": "admin.staff"}).status_code == 302
    record = rejected.record
    page = client.get(reverse("complaints:feed_detail", args=[record.pk])).content.decode()
    assert "Đã thay bằng bản sửa" in page
    assert "Mã không có trong danh mục quốc gia" in page
    assert clerk.user.full_name in page
    tell(record)
    assert national.told(record.reference) == [1]
    assert client.get(address).status_code == 403
    assert client.get(LIST, {"queue": "sent"}).context["pager"].rows[0].content["field"] == "admin.staff"


def test_a_button_tells_it_again_after_a_difference(sign_in, national, clerk):
    record = enter(clerk, entry(at=NOW), at=NOW).matters.get().feed_record
    tell(record)
    national.control("set", {"listed": []})
    with HttpNationalDatabase.configured() as database:
        reconcile_feed(database, NOW.date(), NOW + timedelta(days=1))
    client, detail = sign_in(clerk), reverse("complaints:feed_detail", args=[record.pk])
    assert f'href="{detail}"' in client.get(LIST).content.decode()
    resend = reverse("complaints:feed_resend", args=[record.pk])
    assert f'action="{resend}"' in client.get(detail).content.decode()
    assert client.post(resend).status_code == 302
    page = client.get(detail).content.decode()
    assert "Đang chờ gửi lại từ đầu" in page
    assert f'action="{resend}"' not in page


def test_what_denounces_is_there_for_the_keeper_of_its_register_alone(sign_in, clerk):
    letter = LetterFactory(agency=clerk.agency, protected=True, received_at=NOW)
    matter = MatterFactory(letter=letter, kind=MatterKind.DENUNCIATION)
    matter.changes.create(before="", after="entered", at=NOW)
    entry_row = FeedEntry.objects.get()
    FeedEntry.objects.update(state="rejected")
    keeper = appointed(clerk.agency, DutyKind.PROTECTED)
    detail = reverse("complaints:feed_detail", args=[entry_row.record_id])
    page = sign_in(keeper).get(detail).content.decode()
    assert "chỉ gửi mã, loại, ngày" in page
    form = sign_in(keeper).get(reverse("complaints:feed_correct", args=[entry_row.pk])).context["form"]
    assert set(form.fields) == {"kind", "received_on", "direction", "ground"}
    outside = [
        clerk,
        appointed(clerk.agency, system_admin=True),
        appointed(AgencyFactory(), DutyKind.PROTECTED),
    ]
    for outsider in outside:
        client = sign_in(outsider)
        assert client.get(detail).status_code == 404
        assert client.get(reverse("complaints:feed_correct", args=[entry_row.pk])).status_code == 404
        assert client.post(reverse("complaints:feed_resend", args=[entry_row.record_id])).status_code == 404
        assert letter.code not in client.get(LIST).content.decode()


def test_whom_it_is_directed_against_sees_nothing_of_it(sign_in, clerk):
    denounced = appointed(clerk.agency, DutyKind.PROTECTED)
    letter = LetterFactory(agency=clerk.agency, protected=True, received_at=NOW)
    matter = MatterFactory(
        letter=letter, kind=MatterKind.DENUNCIATION, subject_membership=denounced.membership
    )
    matter.changes.create(before="", after="entered", at=NOW)
    client = sign_in(denounced)
    assert client.get(reverse("complaints:feed_detail", args=[matter.feed_record.pk])).status_code == 404
    for queue in ("rejected", "failing", "waiting", "sent"):
        assert letter.code not in client.get(LIST, {"queue": queue}).content.decode()


def test_a_list_costs_the_same_however_long(sign_in, clerk, django_assert_max_num_queries):
    for _one in range(3):
        Matter.objects.get(pk=MatterFactory(letter__agency=clerk.agency).pk).changes.create(
            before="", after="entered", at=NOW
        )
    client = sign_in(clerk)
    with django_assert_max_num_queries(40):
        client.get(LIST, {"queue": "waiting"})
