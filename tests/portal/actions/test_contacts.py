"""An address counts once its code was typed; codes are few, short-lived and kept nowhere."""

import datetime
import re

import pytest

from egov.workflow.refusal import NotPermitted
from portal.actions.contacts import (
    MOST_CODES,
    MOST_TRIES,
    NotConfirmed,
    TooManyCodes,
    ask_contact_code,
    choose_channels,
    code_of,
    confirm_contact,
    send_contact_code,
    stop_channel,
)
from portal.enums import NoticeChannel
from portal.models import Citizen, ContactCode
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.cast import Cast
from tests.factories.citizens import CitizenFactory
from tests.support.mail_server import Mailbox
from tests.support.sms_gateway import SmsGateway

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
EMAIL, SMS = NoticeChannel.EMAIL, NoticeChannel.SMS
ADDRESS = "em@thu.example"


@pytest.fixture
def em(db: None) -> Citizen:
    return CitizenFactory()


def asked(em: Citizen, channel: NoticeChannel = EMAIL, contact: str = ADDRESS) -> ContactCode:
    return ask_contact_code(em, em, channel=channel, contact=contact, at=NOW)


def test_the_code_comes_by_mail_and_confirms_the_address(em: Citizen, mailbox: Mailbox):
    assert send_contact_code(asked(em).pk, NOW)
    [mail] = mailbox.messages
    assert mailbox.recipients == [[ADDRESS]]
    assert not re.search(r"\d{6}", mail["Subject"])
    code = re.search(r"\b\d{6}\b", mail.get_content()).group()
    assert confirm_contact(em, em, channel=EMAIL, code=code, at=NOW) is not None
    em.refresh_from_db()
    assert (em.email, em.email_confirmed_at, em.by_email) == (ADDRESS, NOW, True)


def test_a_number_is_confirmed_by_a_text_message(em: Citizen, sms: SmsGateway):
    assert send_contact_code(asked(em, SMS, "0912345678").pk, NOW)
    [(number, text)] = sms.messages.values()
    assert number == "0912345678"
    assert confirm_contact(em, em, channel=SMS, code=re.search(r"\d{6}", text).group(), at=NOW)
    em.refresh_from_db()
    assert (em.phone, em.by_sms) == ("0912345678", True)


def test_until_then_nobody_is_written_to(em: Citizen):
    asked(em)
    em.refresh_from_db()
    assert (em.email, em.by_email) == ("", False)
    with pytest.raises(NotConfirmed):
        choose_channels(em, em, by_email=True, by_sms=False, language="vi")


def test_the_code_stands_nowhere_in_the_database(em: Citizen):
    one = asked(em)
    assert code_of(one) not in " ".join(str(getattr(one, field.attname)) for field in one._meta.fields)


@pytest.mark.parametrize("typed", ["", "abcdef", "٠٠٠٠٠٠", "0" * 5000])
def test_a_wrong_code_confirms_nothing(em: Citizen, typed: str):
    asked(em)
    assert confirm_contact(em, em, channel=EMAIL, code=typed, at=NOW) is None
    em.refresh_from_db()
    assert em.email == ""


def test_after_five_wrong_ones_the_right_one_is_too_late(em: Citizen):
    one = asked(em)
    wrong = "000000" if code_of(one) != "000000" else "111111"
    for _ in range(MOST_TRIES):
        assert confirm_contact(em, em, channel=EMAIL, code=wrong, at=NOW) is None
    assert confirm_contact(em, em, channel=EMAIL, code=code_of(one), at=NOW) is None


def test_a_code_is_good_for_a_quarter_of_an_hour_and_once(em: Citizen):
    one = asked(em)
    late = NOW + datetime.timedelta(minutes=15)
    assert confirm_contact(em, em, channel=EMAIL, code=code_of(one), at=late) is None
    assert confirm_contact(em, em, channel=EMAIL, code=code_of(one), at=NOW)
    assert confirm_contact(em, em, channel=EMAIL, code=code_of(one), at=NOW) is None
    assert not send_contact_code(one.pk, NOW)


def test_a_newer_code_ends_the_older(em: Citizen):
    older, newer = asked(em), asked(em, contact="khac@thu.example")
    assert code_of(older) != code_of(newer)
    assert confirm_contact(em, em, channel=EMAIL, code=code_of(older), at=NOW) is None
    assert confirm_contact(em, em, channel=EMAIL, code=code_of(newer), at=NOW)
    em.refresh_from_db()
    assert em.email == "khac@thu.example"


def test_the_portal_does_not_write_to_strangers_all_day(em: Citizen):
    for _ in range(MOST_CODES):
        asked(em)
    with pytest.raises(TooManyCodes):
        asked(em)


def test_nobody_sets_it_for_somebody_else(em: Citizen, cast: Cast):
    reachable = CitizenFactory(reachable=True)
    for outsider in (em, cast.an):
        with pytest.raises(NotPermitted):
            ask_contact_code(outsider, reachable, channel=EMAIL, contact=ADDRESS, at=NOW)
        with pytest.raises(NotPermitted):
            confirm_contact(outsider, reachable, channel=EMAIL, code="123456", at=NOW)
        with pytest.raises(NotPermitted):
            choose_channels(outsider, reachable, by_email=False, by_sms=False, language="vi")
        with pytest.raises(NotPermitted):
            stop_channel(outsider, reachable, channel=EMAIL)
