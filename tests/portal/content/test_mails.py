"""What editors are told by e-mail leads to the site, and a mail server that is away hinders nobody."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from smtplib import SMTPException
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest
from celery import current_app
from django.core.mail import EmailMessage
from pytest_django.fixtures import Settings

from portal.content.foundation import lay_content
from portal.content.mails import write_mails
from tests.factories.content import Newsroom

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wagtails_templates")]
SITE = "https://congdan.thaibinh.example"


def told(mails: list[EmailMessage], newsroom: Newsroom, name: str) -> str:
    """What that person reads in all mails together."""
    address = newsroom.people[name].user.email
    return "\n".join(mail.body for mail in mails if address in mail.to)


def test_the_base_of_links_is_the_configured_address_of_the_portal():
    words = "from egov.settings.topics.wagtail import WAGTAILADMIN_BASE_URL as it; print(it)"
    environment = {**os.environ, "PORTAL_URL": f"{SITE}/"}
    printed = subprocess.run(
        [sys.executable, "-c", words], env=environment, capture_output=True, text=True, check=True
    )
    assert printed.stdout.strip() == SITE


@pytest.fixture
def at_once(settings: Settings) -> Iterator[None]:
    """There is a mail server, and tasks run in the process that sends them."""
    settings.NOTIFICATIONS_BY_EMAIL = True
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = False


def test_links_in_mails_are_whole(
    newsroom: Newsroom,
    settings: Settings,
    mailoutbox: list[EmailMessage],
    at_once: None,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[None]],
):
    settings.PORTAL_URL = settings.WAGTAILADMIN_BASE_URL = SITE
    lay_content()
    page = newsroom.news()
    with django_capture_on_commit_callbacks(execute=True):
        newsroom.send(page)
    edit = f"{SITE}/cms/pages/{page.pk}/edit/"
    assert edit in told(mailoutbox, newsroom, "editor")
    assert told(mailoutbox, newsroom, "author") == told(mailoutbox, newsroom, "approver") == ""
    with django_capture_on_commit_callbacks(execute=True):
        newsroom.decide(page, newsroom.editor)
    assert edit in told(mailoutbox, newsroom, "approver")
    with django_capture_on_commit_callbacks(execute=True):
        newsroom.decide(page, newsroom.approver)
    assert f"{SITE}/news/{page.slug}/" in told(mailoutbox, newsroom, "author")
    # One of each: Wagtail's own receivers are silent.
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(
        newsroom.people[name].user.email
        for name in ("editor", "other_editor", "approver", "other_approver", "author")
    )


class Busy(StreamRequestHandler):
    """A mail server that takes nothing now."""

    def handle(self) -> None:
        self.wfile.write(b"421 busy, try again later\r\n")


def test_a_mail_server_that_is_away_hinders_nobody_and_is_asked_again(newsroom: Newsroom, settings: Settings):
    settings.NOTIFICATIONS_BY_EMAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with ThreadingTCPServer(("127.0.0.1", 0), Busy) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        Thread(target=server.serve_forever, args=(0.05,)).start()
        page = newsroom.news()
        newsroom.send(page)
        waiting = page.current_workflow_state.current_task_state
        # The task is tried again for this.
        with pytest.raises(SMTPException):
            write_mails("group_approval_task_submitted_email_notification", waiting.pk, None)
        server.shutdown()


def test_without_a_mail_server_nothing_is_queued(
    newsroom: Newsroom,
    settings: Settings,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[object]]],
):
    assert settings.NOTIFICATIONS_BY_EMAIL is False
    with django_capture_on_commit_callbacks() as callbacks:
        newsroom.send(newsroom.news())
    assert not [one for one in callbacks if "enqueue" in repr(one)]
