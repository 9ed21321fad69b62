"""The inbox always, e-mail where there is a server; one occasion is told once."""

from collections.abc import Iterator

import pytest
from celery import current_app
from django.core import mail
from pytest_django.fixtures import Settings

from egov.notifications.models import Notification
from egov.notifications.send import Message, ToRole, tell_members, tell_roles
from egov.organizations.enums import Role
from tests.factories.cast import Cast
from tests.factories.organizations import MembershipFactory

HELLO = Message(event="tests.hello", text="Có việc mới", key="1")


@pytest.fixture
def at_once() -> Iterator[None]:
    """Tasks run in the process that sends them."""
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = False


def test_one_occasion_is_told_once(cast: Cast) -> None:
    for _turn in range(2):
        tell_members([cast.an.membership, cast.binh.membership], HELLO)
        tell_roles([ToRole(cast.chi.agency.pk, Role.REGISTRY, HELLO)])
    assert Notification.objects.count() == 3
    assert Notification.objects.visible_to(cast.chi).get().text == "Có việc mới"
    assert not Notification.objects.visible_to(cast.dung).exists()
    assert not Notification.objects.visible_to(cast.em).exists()


def test_no_mail_without_a_server(
    cast: Cast, django_capture_on_commit_callbacks: object, settings: Settings
) -> None:
    assert settings.NOTIFICATIONS_BY_EMAIL is False
    with django_capture_on_commit_callbacks() as callbacks:
        tell_members([cast.an.membership], HELLO)
    assert callbacks == []


def test_mail_to_those_who_have_an_address(
    cast: Cast,
    django_capture_on_commit_callbacks: object,
    settings: Settings,
    at_once: None,
) -> None:
    settings.NOTIFICATIONS_BY_EMAIL = True
    MembershipFactory(agency=cast.chi.agency, registry=True, user__email="")
    with django_capture_on_commit_callbacks(execute=True):
        tell_members([cast.an.membership], HELLO)
        tell_roles([ToRole(cast.chi.agency.pk, Role.REGISTRY, HELLO)])
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        [cast.an.user.email, cast.chi.user.email]
    )
    assert "Có việc mới" in mail.outbox[0].body
