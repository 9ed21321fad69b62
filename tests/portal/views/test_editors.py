"""The page on which administrators of the system give duties for the portal and end them."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from egov.organizations.actor import Actor
from egov.organizations.models import Membership
from portal.content.actions.assign_duty import NotServing, assign_duty
from portal.content.enums import Duty
from portal.content.models import EditorialPost
from tests.factories.accounts import UserFactory
from tests.factories.cast import Cast
from tests.factories.organizations import MembershipFactory, actor_for
from tests.support.signed_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY = {"first_day": "15/09/2025", "last_day": ""}
LIST, ASSIGN = reverse("portal_desk:editor_list"), reverse("portal_desk:editor_assign")


@pytest.fixture
def administrator(cast: Cast) -> Actor:
    return actor_for(MembershipFactory(agency=cast.an.agency, system_admin=True))


@pytest.fixture
def ha(cast: Cast) -> Membership:
    return MembershipFactory(user=UserFactory(username="ha", full_name="Vũ Thị Hà"), agency=cast.an.agency)


def author(membership: Membership) -> EditorialPost:
    return EditorialPost.objects.create(
        membership=membership, duty=Duty.AUTHOR, valid_from=timezone.localdate()
    )


def standing() -> list[tuple[int, str]]:
    posts = EditorialPost.objects.current(timezone.localdate())
    return list(posts.values_list("membership_id", "duty"))


@pytest.mark.parametrize("words", ["thị hà", "vu ha", "VU THI HA", "ha"])
def test_a_duty_is_given_to_a_person_found_by_name_and_ended(
    administrator: Actor, ha: Membership, words: str
):
    client = signed_in(administrator)
    assert "Chưa giao nhiệm vụ cho ai" in client.get(LIST).content.decode()
    found = client.get(LIST, {"q": words}).content.decode()
    assert f'<option value="{ha.pk}">Vũ Thị Hà, {ha.position}, {ha.agency.name}</option>' in found
    answer = client.post(f"{ASSIGN}?q={words}", {"membership": ha.pk, "duty": "author"} | TODAY, follow=True)
    assert "Đã giao nhiệm vụ cho Vũ Thị Hà: Tác giả." in answer.content.decode()
    assert standing() == [(ha.pk, "author")]
    post = EditorialPost.objects.get()
    ended = client.post(reverse("portal_desk:editor_end", args=[post.pk]), follow=True)
    assert "Vũ Thị Hà thôi nhiệm vụ: Tác giả." in ended.content.decode()
    assert standing() == []


def test_a_duty_begins_and_ends_on_days_that_are_said_before(administrator: Actor, ha: Membership, clock):
    """For the days of a leave: from 1 to 10 October, begun and ended by nobody's click."""
    client = signed_in(administrator)
    sent = {"membership": ha.pk, "duty": "approver", "first_day": "01/10/2025", "last_day": "10/10/2025"}
    page = client.post(f"{ASSIGN}?q=ha", sent, follow=True).content.decode()
    assert "01/10/2025" in page
    assert "đến trước 11/10/2025" in page
    post = EditorialPost.objects.get()
    days = (date(2025, 9, 30), date(2025, 10, 1), date(2025, 10, 10), date(2025, 10, 11))
    assert [EditorialPost.objects.current(day).exists() for day in days] == [False, True, True, False]
    # Another time of the same duty may follow; the same days twice may not.
    for first_day, status in (("10/10/2025", 422), ("11/10/2025", 302)):
        again = sent | {"first_day": first_day, "last_day": ""}
        assert client.post(f"{ASSIGN}?q=ha", again).status_code == status
    # Ended earlier than was said; the one that follows stays.
    end = reverse("portal_desk:editor_end", args=[post.pk])
    assert client.post(end, {"last_day": "x"}).status_code == 422
    assert client.post(end, {"last_day": "13/09/2025"}).status_code == 422
    assert client.post(end, {"last_day": "05/10/2025"}).status_code == 302
    assert list(EditorialPost.objects.order_by("pk").values_list("valid_to", flat=True)) == [
        date(2025, 10, 6),
        None,
    ]


def test_a_duty_that_is_called_off_before_it_began_never_stands(administrator: Actor, ha: Membership):
    client = signed_in(administrator)
    sent = {"membership": ha.pk, "duty": "author", "first_day": "01/10/2025"}
    client.post(f"{ASSIGN}?q=ha", sent)
    client.post(reverse("portal_desk:editor_end", args=[EditorialPost.objects.get().pk]))
    assert not EditorialPost.objects.current(date(2025, 10, 1)).exists()
    assert "Chưa giao nhiệm vụ cho ai" in client.get(LIST).content.decode()
    assert client.post(f"{ASSIGN}?q=ha", sent).status_code == 302


def test_a_duty_held_already_is_refused_in_the_form(administrator: Actor, ha: Membership):
    author(ha)
    answer = signed_in(administrator).post(f"{ASSIGN}?q=ha", {"membership": ha.pk, "duty": "author"} | TODAY)
    assert answer.status_code == 422
    assert "Người này đã được giao nhiệm vụ đó." in answer.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"membership": "x", "duty": "author"},
        {"membership": "0", "duty": "author"},
        {"membership": "\x00", "duty": "\x00"},
        {"membership": "here", "duty": "director"},
        {"membership": "here", "duty": "author", "first_day": ""},
        {"membership": "here", "duty": "author", "first_day": "31/02/2026"},
        {"membership": "here", "duty": "author", "first_day": "14/09/2025"},
        {"membership": "here", "duty": "author", "last_day": "14/09/2025"},
        {"membership": "here", "duty": "author", "last_day": "x\0"},
    ],
)
def test_what_is_no_person_or_no_duty_is_asked_again(administrator: Actor, ha: Membership, typed):
    typed = {name: ha.pk if value == "here" else value for name, value in typed.items()}
    assert signed_in(administrator).post(f"{ASSIGN}?q=ha", TODAY | typed).status_code == 422
    assert standing() == []


@pytest.mark.parametrize("words", ["", "%00", "x" * 500, "%25", "nobody"])
def test_odd_words_find_nobody(administrator: Actor, ha: Membership, words: str):
    client = signed_in(administrator)
    answer = client.get(f"{LIST}?q={words}")
    assert answer.status_code == 200
    assert "<option" not in answer.content.decode()
    sent = {"membership": ha.pk, "duty": "author"} | TODAY
    assert client.post(f"{ASSIGN}?q={words}", sent).status_code == 422
    assert standing() == []


def test_who_left_is_neither_found_nor_listed_nor_given_a_duty(administrator: Actor, ha: Membership):
    author(ha)
    Membership.objects.filter(pk=ha.pk).update(valid_to=timezone.localdate())
    page = signed_in(administrator).get(LIST, {"q": "ha"}).content.decode()
    assert "Vũ Thị Hà" not in page
    with pytest.raises(NotServing):
        assign_duty(administrator, ha, duty=Duty.EDITOR, on=timezone.localdate())


def test_administrators_do_not_give_duties_to_themselves(administrator: Actor):
    client, own = signed_in(administrator), administrator.membership
    path = f"{ASSIGN}?q={administrator.user.username}"
    assert client.post(path, {"membership": own.pk, "duty": "approver"} | TODAY).status_code == 403
    post = author(own)
    end = reverse("portal_desk:editor_end", args=[post.pk])
    assert end not in client.get(LIST).content.decode()
    assert client.post(end).status_code == 403
    assert standing() == [(own.pk, "author")]


def visitor(cast: Cast, administrator: Actor) -> Client:
    return Client()


def leader(cast: Cast, administrator: Actor) -> Client:
    return signed_in(cast.an)


def agency_administrator(cast: Cast, administrator: Actor) -> Client:
    return signed_in(actor_for(MembershipFactory(agency=cast.an.agency, agency_admin=True)))


def without_second_factor(cast: Cast, administrator: Actor) -> Client:
    return signed_in(actor_for(administrator.membership, second_factor=False))


@pytest.mark.parametrize("who", [visitor, leader, agency_administrator, without_second_factor])
def test_outsiders_see_and_change_nothing(
    cast: Cast, administrator: Actor, ha: Membership, who: Callable[[Cast, Actor], Client]
):
    post, client = author(ha), who(cast, administrator)
    answers = [
        client.get(LIST, {"q": "ha"}),
        client.post(f"{ASSIGN}?q=ha", {"membership": ha.pk, "duty": "approver"} | TODAY),
        client.post(reverse("portal_desk:editor_end", args=[post.pk])),
    ]
    assert {answer.status_code for answer in answers} <= {302, 403}
    assert all("Vũ Thị Hà" not in answer.content.decode() for answer in answers)
    assert standing() == [(ha.pk, "author")]


def test_only_administrators_of_the_system_have_the_place_in_their_navigation(
    cast: Cast, administrator: Actor
):
    assert f'href="{LIST}"' in signed_in(administrator).get("/account/").content.decode()
    assert f'href="{LIST}"' not in signed_in(cast.an).get("/account/").content.decode()
