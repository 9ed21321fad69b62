"""A mail server and an SMS gateway for each test, to which the settings point."""

from collections.abc import Iterator

import pytest

from tests.support import mail_server, sms_gateway


@pytest.fixture
def mailbox(settings) -> Iterator[mail_server.Mailbox]:
    with mail_server.serving() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 5
        settings.NOTIFICATIONS_BY_EMAIL = True
        settings.PORTAL_URL = "https://congdan.thaibinh.example"
        yield box


@pytest.fixture
def sms(settings) -> Iterator[sms_gateway.SmsGateway]:
    with sms_gateway.serving() as gateway:
        settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_TOKEN = gateway.url, sms_gateway.TOKEN
        settings.SMS_GATEWAY_TIMEOUTS = (1, 1)
        yield gateway
