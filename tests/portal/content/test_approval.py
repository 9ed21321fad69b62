"""Nothing is public unless an editor and an approver, other people than its author, saw that very text."""

from contextlib import nullcontext

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from egov.audit.models import AuditEvent
from portal.content.approval import NotApproved
from portal.content.models import NewsPage, WithdrawnCopy
from portal.content.models.steps import DecisionRefused
from tests.factories.content import Newsroom

pytestmark = pytest.mark.django_db


def seen(page: NewsPage) -> int:
    return Client().get(f"/news/{page.slug}/").status_code


@pytest.mark.rule("onestop", 51)
def test_author_editor_approver(newsroom: Newsroom):
    page = newsroom.news()
    assert seen(page) == 404
    newsroom.send(page)
    assert seen(page) == 404
    newsroom.decide(page, newsroom.editor)
    assert seen(page) == 404
    newsroom.decide(page, newsroom.approver)
    assert seen(page) == 200
    page.refresh_from_db()
    noted = list(
        AuditEvent.objects.filter(subject_id=str(page.pk), action__startswith="content.")
        .order_by("pk")
        .values_list("action", "person")
    )
    assert [action for action, _person in noted] == ["content.approve", "content.approve", "content.publish"]
    assert noted[0][1].startswith("Đỗ Minh Quang")
    assert noted[2][1].startswith("Bùi Văn Hải")


@pytest.mark.rule("onestop", 51)
def test_nobody_publishes_directly_by_whatever_way(newsroom: Newsroom):
    page = newsroom.news()
    revision = page.get_latest_revision()
    for publish in (
        revision.publish,
        lambda: revision.publish(user=newsroom.approver.user),
        lambda: page.publish(revision, user=newsroom.editor.user, skip_permission_checks=True),
    ):
        with pytest.raises(NotApproved):
            publish()
    assert seen(page) == 404


@pytest.mark.rule("onestop", 51)
def test_an_approval_holds_for_the_text_that_was_seen(newsroom: Newsroom):
    """A change after both approvals is a text that nobody approved."""
    page = newsroom.publish(newsroom.news())
    page.title = "Tiêu đề chưa ai xem"
    changed = page.save_revision(user=newsroom.author.user)
    with pytest.raises(NotApproved):
        changed.publish(user=newsroom.approver.user)
    assert "Tiêu đề chưa ai xem" not in Client().get(f"/news/{page.slug}/").content.decode()


@pytest.mark.rule("onestop", 51)
def test_the_editor_mends_and_the_approver_sees_what_was_mended(newsroom: Newsroom):
    page = newsroom.news()
    newsroom.send(page)
    page.title = "Tiêu đề đã biên tập"
    page.save_revision(user=newsroom.editor.user)
    newsroom.decide(page, newsroom.editor)
    newsroom.decide(page, newsroom.approver)
    page.refresh_from_db()
    assert page.live
    assert page.title == "Tiêu đề đã biên tập"


@pytest.mark.rule("onestop", 51)
def test_what_the_approver_changes_goes_back_to_the_editors(newsroom: Newsroom):
    page = newsroom.news()
    newsroom.send(page)
    newsroom.decide(page, newsroom.editor)
    page.title = "Tiêu đề do người duyệt sửa"
    page.save_revision(user=newsroom.approver.user)
    newsroom.decide(page, newsroom.approver)
    assert seen(page) == 404
    newsroom.decide(page, newsroom.editor)
    with pytest.raises(DecisionRefused):
        newsroom.decide(page, newsroom.approver)
    newsroom.decide(page, newsroom.other_approver)
    assert seen(page) == 200


@pytest.mark.rule("onestop", 51)
def test_three_steps_three_people(newsroom: Newsroom):
    """Who holds every duty still decides only once, and never on what they sent or wrote."""
    everything = newsroom.editor
    everything.user.groups.add(*newsroom.author.user.groups.all(), *newsroom.approver.user.groups.all())
    own = newsroom.news(title="Bài tự gửi")
    newsroom.send(own, by=everything)
    with pytest.raises(DecisionRefused):
        newsroom.decide(own, everything)
    newsroom.decide(own, newsroom.other_editor)
    with pytest.raises(DecisionRefused):
        newsroom.decide(own, everything)

    edited = newsroom.news(title="Bài tự biên tập")
    newsroom.send(edited)
    newsroom.decide(edited, everything)
    with pytest.raises(DecisionRefused):
        newsroom.decide(edited, everything)
    assert seen(own) == seen(edited) == 404


@pytest.mark.rule("onestop", 51)
@pytest.mark.parametrize(
    ("editing", "approving", "is_enough"),
    [
        ("editor", "approver", True),
        ("editor", "editor", False),
        ("author", "approver", False),
        ("editor", "author", False),
    ],
)
def test_the_guard_counts_people_whichever_way_the_steps_were_passed(
    newsroom: Newsroom, editing: str, approving: str, is_enough: bool
):
    """Written straight into the tables, past everything that refuses a step."""
    page = newsroom.news()
    newsroom.send(page)
    newsroom.decide(page, newsroom.editor)
    revision = page.get_latest_revision()
    first, second = TaskState.objects.filter(revision=revision).order_by("pk")
    for state, name in ((first, editing), (second, approving)):
        state.status, state.finished_at = TaskState.STATUS_APPROVED, timezone.now()
        state.finished_by = newsroom.people[name].user
        state.save()
    with nullcontext() if is_enough else pytest.raises(NotApproved):
        revision.publish()
    assert seen(page) == (200 if is_enough else 404)


@pytest.mark.rule("onestop", 51)
def test_an_approver_does_not_take_the_editors_step(newsroom: Newsroom):
    page = newsroom.news()
    newsroom.send(page)
    with pytest.raises(DecisionRefused):
        newsroom.decide(page, newsroom.approver)
    with pytest.raises(DecisionRefused):
        newsroom.decide(page, newsroom.author)


def test_sent_back_it_starts_anew(newsroom: Newsroom):
    page = newsroom.news()
    newsroom.send(page)
    newsroom.decide(page, newsroom.editor)
    newsroom.decide(page, newsroom.approver, "reject")
    page.refresh_from_db()
    assert not page.live
    assert page.current_workflow_state.status == "needs_changes"


def test_nobody_holds_the_right_to_publish(newsroom: Newsroom):
    for actor in newsroom.people.values():
        rights = newsroom.news(title=f"Tin của {actor.user.username}").permissions_for_user(actor.user)
        assert not rights.can_publish()
        assert not rights.can_unpublish()


@pytest.mark.rule("onestop", 51)
def test_what_was_public_is_never_deleted(newsroom: Newsroom):
    from portal.content.models.editorial import KeptForGood

    page = newsroom.publish(newsroom.news())
    with pytest.raises(KeptForGood):
        page.delete()
    page.unpublish(user=newsroom.approver.user, reason="Sai số liệu")
    with pytest.raises(KeptForGood):
        page.delete()
    assert NewsPage.objects.filter(pk=page.pk).exists()
    assert WithdrawnCopy.objects.count() == 1


def test_a_correction_is_shown_and_stays(newsroom: Newsroom):
    page = newsroom.publish(newsroom.news())
    page.corrections.create(note="Giờ mở cửa là 7 giờ 30, không phải 8 giờ.")
    page.save_revision(user=newsroom.author.user)
    newsroom.publish(page)
    assert "Giờ mở cửa là 7 giờ 30" in Client().get(f"/news/{page.slug}/").content.decode()
    page = NewsPage.objects.get(pk=page.pk)
    page.corrections.clear()
    page.save_revision(user=newsroom.author.user)
    from portal.content.models.editorial import CorrectionLost

    with pytest.raises(CorrectionLost):
        newsroom.publish(page)


def test_the_section_is_found_by_its_name():
    assert reverse("portal:news") == "/news/"
    assert reverse("portal:legal_documents") == "/law/"
