"""Who comes in at /cms/: officials with a duty for the portal and a second factor, and nobody else."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver
from django.utils import timezone
from wagtail.admin import urls as admin_urls

from egov.organizations.enums import Role
from egov.workflow.refusal import NotPermitted
from portal.content.actions.assign_duty import HasDuty, HasNoDuty, assign_duty, end_duty
from portal.content.enums import Duty
from portal.content.models import NewsPage
from tests.factories.cast import Cast
from tests.factories.content import Newsroom
from tests.factories.organizations import MembershipFactory, actor_for
from tests.support.signed_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_templates")]
# Wagtail's own doors to sign-in, passwords and people.
CLOSED = ("login/", "password_reset/", "users/", "groups/")


def addresses(patterns: list[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[str]:
    """Every address of Wagtail's editors, with a number or a word where it asks for one."""
    for pattern in admin_urls.urlpatterns if patterns is None else patterns:
        words = dict.fromkeys(pattern.pattern.converters, "1")
        path = before + str(pattern.pattern).replace("^", "").replace("$", "")
        for name, converter in pattern.pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
            path = path.replace(f"<{kind}:{name}>", words[name]).replace(f"<{name}>", words[name])
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, path)
        elif "(" not in path and "<" not in path:
            yield f"/cms/{path}"


def test_the_walk_knows_wagtails_addresses():
    assert len(set(addresses())) > 150


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_is_sent_to_the_sign_in_of_officials(method: str):
    for path in set(addresses()):
        response = getattr(Client(), method)(path)
        assert response.status_code == 302, path
        assert response["Location"].startswith("/sign-in/?next=/cms/"), path


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_official_without_a_duty_is_refused_everywhere(cast: Cast, newsroom: Newsroom, method: str):
    client = signed_in(cast.dung)
    for path in set(addresses()):
        assert getattr(client, method)(path).status_code == 403, path
    words = client.get("/cms/").content.decode()
    assert "Trang biên tập chỉ dành cho" in words


def test_an_editor_without_the_second_factor_is_refused_in_words(newsroom: Newsroom):
    client = signed_in(actor_for(newsroom.editor.membership, second_factor=False))
    response = client.get("/cms/")
    assert response.status_code == 403
    assert "xác thực hai lớp" in response.content.decode()


@pytest.mark.parametrize("name", ["author", "editor", "approver"])
def test_wagtails_own_doors_are_shut_for_editors_too(newsroom: Newsroom, name: str):
    client = signed_in(getattr(newsroom, name))
    assert client.get("/cms/").status_code == 200
    for path in CLOSED:
        for method in (client.get, client.post):
            assert method(f"/cms/{path}").status_code == 404, path
    assert client.get("/cms/account/")["Location"] == "/account/"


def test_a_duty_that_ended_is_gone_at_the_next_click(newsroom: Newsroom):
    client = signed_in(newsroom.author)
    assert client.get("/cms/").status_code == 200
    newsroom.author.membership.editorial_posts.update(valid_to=timezone.localdate())
    assert client.get("/cms/").status_code == 403
    assert not newsroom.author.user.groups.exists()


def test_the_editors_policy_is_looser_only_there(newsroom: Newsroom):
    client = signed_in(newsroom.editor)
    policy = client.get("/cms/")["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    assert "unsafe" not in client.get("/news/")["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["author", "editor", "approver"])
def test_the_first_page_bears_the_emblem_and_offers_no_help_of_elsewhere(newsroom: Newsroom, name: str):
    page = signed_in(getattr(newsroom, name)).get("/cms/").content.decode()
    assert "img/emblem" in page
    assert "wagtail.org" not in page


@pytest.mark.rule("onestop", 51)
@pytest.mark.parametrize("name", ["author", "editor", "approver"])
def test_no_form_of_the_editors_publishes_directly(newsroom: Newsroom, name: str):
    """The button is not there; who sends its name all the same gets a draft at most."""
    page = newsroom.news()
    client = signed_in(getattr(newsroom, name))
    form = {
        "title": page.title,
        "slug": page.slug,
        "summary": "x",
        "body": '{"blocks": [], "entityMap": {}}',
        "category": page.category_id,
        "source": "x",
        "action-publish": "action-publish",
        **{
            f"{formset}-{word}": 0
            for formset in ("files", "corrections", "comments")
            for word in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
        },
    }
    for path, values in (
        (f"/cms/pages/{page.pk}/edit/", form),
        (f"/cms/pages/{page.pk}/unpublish/", {}),
        (f"/cms/bulk/wagtailcore/page/publish/?id={page.pk}", {}),
        (f"/cms/pages/{page.pk}/copy/", {"new_title": "x", "new_slug": "x", "publish_copies": "on",
                                         "new_parent_page": page.get_parent().pk}),
    ):  # fmt: skip
        assert client.post(path, values).status_code < 500
    assert not NewsPage.objects.filter(live=True).exists()
    # Who may write has written: it is the button that was not taken, not the form.
    assert (saved_text(page) == "x") == (name != "approver")


def saved_text(page: NewsPage) -> str:
    """The summary as it was saved last."""
    return NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object().summary


def test_duties_are_given_by_an_administrator_of_the_system(newsroom: Newsroom, cast: Cast):
    administrator = actor_for(MembershipFactory(agency=cast.an.agency, role=Role.SYSTEM_ADMIN))
    today = timezone.localdate()
    for outsider in (cast.an, cast.dung, newsroom.approver):
        with pytest.raises(NotPermitted):
            assign_duty(outsider, cast.chi.membership, duty=Duty.AUTHOR, on=today)
    with pytest.raises(NotPermitted):
        assign_duty(administrator, administrator.membership, duty=Duty.APPROVER, on=today)
    assign_duty(administrator, cast.chi.membership, duty=Duty.AUTHOR, on=today)
    with pytest.raises(HasDuty):
        assign_duty(administrator, cast.chi.membership, duty=Duty.AUTHOR, on=today)
    assert signed_in(cast.chi).get("/cms/").status_code == 200
    end_duty(administrator, cast.chi.membership, duty=Duty.AUTHOR, on=today)
    with pytest.raises(HasNoDuty):
        end_duty(administrator, cast.chi.membership, duty=Duty.AUTHOR, on=today)
    assert signed_in(cast.chi).get("/cms/").status_code == 403


@pytest.mark.parametrize("kind", ["newspage", "guidancepage", "legalpage", "organisationpage", "plainpage"])
def test_the_form_of_every_kind_of_page_opens(newsroom: Newsroom, kind: str):
    section = {"newspage": "news", "guidancepage": "guidance", "legalpage": "law"}.get(kind, "about")
    parent = newsroom.top.get_children().get(slug=section)
    response = signed_in(newsroom.author).get(f"/cms/pages/add/content/{kind}/{parent.pk}/")
    assert response.status_code == 200
    assert "action-publish" not in response.content.decode()
