"""What the public sees: when, in which language, and what is left of it afterwards."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Locale

from egov.audit.models import AuditEvent
from egov.workflow.refusal import NotPermitted
from portal.content.actions.withdraw import NotPublic, WithoutReason, withdraw
from portal.content.models import NewsPage, WithdrawnCopy
from portal.content.tasks import keep_schedule
from portal.enums import FindableKind
from portal.queries.finding import find
from portal.seeding.content import appointed, seed_about
from tests.factories.content import Newsroom
from tests.support.signed_in import signed_in

pytestmark = pytest.mark.django_db


def text_of(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


def translated(newsroom: Newsroom, page: NewsPage, **values: str) -> NewsPage:
    english = page.copy_for_translation(Locale.objects.get(language_code="en"))
    for name, value in values.items():
        setattr(english, name, value)
    english.save_revision(user=newsroom.author.user)
    return NewsPage.objects.get(pk=english.pk)


@pytest.mark.rule("onestop", 51)
def test_withdrawal_keeps_a_copy_that_nobody_changes(newsroom: Newsroom):
    page = newsroom.publish(newsroom.news(body="<p>Nguyên văn bài đã đăng.</p>"))
    withdraw(newsroom.approver, page, reason="Số liệu chưa được kiểm tra")
    assert Client().get(f"/news/{page.slug}/").status_code == 404
    copy = WithdrawnCopy.objects.get()
    assert copy.reason == "Số liệu chưa được kiểm tra"
    assert copy.content["body"] == "<p>Nguyên văn bài đã đăng.</p>"
    assert copy.person.startswith("Bùi Văn Hải")
    assert AuditEvent.objects.filter(action="content.withdraw_article", subject_id=str(page.pk)).exists()
    for change in (copy.delete, lambda: WithdrawnCopy.objects.update(reason="khác")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_who_does_not_approve_does_not_withdraw(newsroom: Newsroom):
    page = newsroom.publish(newsroom.news())
    for actor in (newsroom.author, newsroom.editor):
        with pytest.raises(NotPermitted):
            withdraw(actor, page, reason="Không thích")
    with pytest.raises(WithoutReason):
        withdraw(newsroom.approver, page, reason="  ")
    withdraw(newsroom.approver, page, reason="Nhầm")
    with pytest.raises(NotPublic):
        withdraw(newsroom.approver, page, reason="Nhầm")


@pytest.mark.rule("onestop", 51)
def test_it_comes_and_goes_by_its_time_once_approved(newsroom: Newsroom):
    now = timezone.now()
    page = newsroom.news(go_live_at=now + timedelta(hours=2), expire_at=now + timedelta(days=3))
    never = newsroom.news(title="Chưa duyệt", go_live_at=now + timedelta(hours=2))
    page = newsroom.publish(page)
    address = f"/news/{page.slug}/"
    assert Client().get(address).status_code == 404
    with time_machine.travel(now + timedelta(hours=3)):
        keep_schedule()
        assert Client().get(address).status_code == 200
        assert Client().get(f"/news/{never.slug}/").status_code == 404
    with time_machine.travel(now + timedelta(days=4)):
        keep_schedule()
        assert Client().get(address).status_code == 404
    assert WithdrawnCopy.objects.get().person == "Hệ thống"


@pytest.mark.rule("onestop", 53)
def test_without_a_translation_the_vietnamese_text_stands_with_a_notice(newsroom: Newsroom):
    page = newsroom.publish(newsroom.news(title="Lịch tiếp công dân tháng 10"))
    text = text_of(f"/en/news/{page.slug}/")
    assert "Lịch tiếp công dân tháng 10" in text
    assert 'class="article" lang="vi"' in text
    assert 'role="note"' in text
    assert 'role="note"' not in text_of(f"/news/{page.slug}/")
    assert '<li lang="vi">' in text_of("/en/news/")


@pytest.mark.rule("onestop", 53)
def test_a_translation_is_public_only_when_it_was_approved_itself(newsroom: Newsroom):
    page = newsroom.publish(newsroom.news(title="Lịch tiếp công dân"))
    english = translated(newsroom, page, title="Reception days", slug="reception-days")
    assert "Reception days" not in text_of(f"/en/news/{page.slug}/")
    newsroom.publish(english)
    answer = Client().get(f"/en/news/{page.slug}/")
    assert (answer.status_code, answer["Location"]) == (302, "/en/news/reception-days/")
    text = text_of("/en/news/reception-days/")
    assert "Reception days" in text
    assert 'role="note"' not in text
    assert f'hreflang="vi" href="http://testserver/news/{page.slug}/"' in text
    assert Client().get("/news/reception-days/")["Location"] == f"/news/{page.slug}/"


@pytest.mark.rule("onestop", 53)
def test_organisation_and_contacts_stand_in_both_languages(newsroom: Newsroom):
    seed_about(appointed())
    for path, words in (("/about/", "Ủy ban nhân dân tỉnh"), ("/en/about/", "People’s Committee")):
        assert words in text_of(path)
    text = text_of("/en/about/provincial-peoples-committee/")
    assert 'role="note"' not in text
    assert 'itemprop="email"' in text


@pytest.mark.rule("onestop", 52)
@pytest.mark.parametrize("typed", ["nghi dinh 118", "118/2025/ND-CP", "nghị định 118", "118/2025/nđ-cp"])
def test_a_decree_is_found_without_accents(newsroom: Newsroom, typed: str):
    newsroom.publish(newsroom.legal("118/2025/NĐ-CP"))
    newsroom.publish(newsroom.legal("45/2020/NĐ-CP"))
    text = Client().get("/law/", {"q": typed}).content.decode()
    assert "Nghị định 118/2025/NĐ-CP" in text
    assert "Nghị định 45/2020/NĐ-CP" not in text
    for language in ("vi", "en"):
        hits = find(typed, language=language, kinds=[FindableKind.LEGAL_DOCUMENT]).hits
        assert hits[0].title.startswith("Nghị định 118/2025/NĐ-CP")


@pytest.mark.rule("onestop", 52)
@pytest.mark.parametrize("typed", ["nghi dinh 118", "decree 118"])
def test_a_decree_is_found_whichever_language_its_editors_work_in(newsroom: Newsroom, typed: str):
    with override("en"):
        newsroom.publish(newsroom.legal("118/2025/NĐ-CP"))
    assert "Nghị định 118/2025/NĐ-CP" in Client().get("/law/", {"q": typed}).content.decode()
    found = find("nghi dinh 118", language="vi", kinds=[FindableKind.LEGAL_DOCUMENT]).hits
    assert found[0].title.startswith("Nghị định 118/2025/NĐ-CP")


def test_what_was_withdrawn_is_not_found(newsroom: Newsroom):
    page = newsroom.publish(newsroom.news(title="Khai trương bến phà"))
    assert find("khai truong ben pha", language="vi").hits
    withdraw(newsroom.approver, page, reason="Hoãn")
    assert not find("khai truong ben pha", language="vi").hits


def test_pages_are_kept_by_caches_only_for_visitors(newsroom: Newsroom):
    page = newsroom.publish(newsroom.news())
    address = f"/news/{page.slug}/"
    assert Client().get(address)["Cache-Control"] == "public, max-age=60"
    assert "no-store" in signed_in(newsroom.approver).get(address)["Cache-Control"]


def test_every_public_page_keeps_the_strict_policy(newsroom: Newsroom):
    page = newsroom.publish(newsroom.news())
    for path in ("/news/", f"/news/{page.slug}/", "/law/", "/about/", "/guidance/", "/en/news/"):
        response = Client().get(path)
        policy = response["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "<script>" not in response.content.decode()
        assert " style=" not in response.content.decode()


def test_an_article_is_kept_as_pdf(newsroom: Newsroom):
    page = newsroom.news()
    assert Client().get(f"/content/articles/{page.pk}.pdf").status_code == 404
    page = newsroom.publish(page)
    response = Client().get(f"/content/articles/{page.pk}.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
