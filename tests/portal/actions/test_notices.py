"""Citizens are told over the channels they chose, by a real mail server and a gateway; never a secret."""

import datetime
import urllib.parse

import pytest
from django.core import signing
from django.test import Client

from onestop.actions.accept_filing import accept_filing
from onestop.actions.apologize import apologize
from onestop.actions.refuse_intake import refuse_intake
from onestop.actions.request_supplement import Asked, SupplementContent, request_supplement
from onestop.enums import IntakeRefusalGround
from onestop.models import Dossier
from portal.actions import notices as notices_module
from portal.actions.notices import send_notice, sweep_notices
from portal.enums import NoticeChannel, NoticeSending
from portal.models import Citizen, Notice
from portal.queries.notice_words import stop_token
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.citizens import CitizenFactory
from tests.factories.one_stop import Unit, make_unit
from tests.factories.online import filed_online
from tests.factories.procedures import ProcedureVersionFactory
from tests.onestop.conftest import standard_forms  # noqa: F401  (fixture: slips have their forms)
from tests.support.mail_server import Mailbox
from tests.support.sms_gateway import SmsGateway

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "own_file_store", "trust")]
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit()


@pytest.fixture
def citizen(db: None) -> Citizen:
    return CitizenFactory(reachable=True)


@pytest.fixture
def dossier(unit: Unit, citizen: Citizen) -> Dossier:
    return filed_online(citizen, ProcedureVersionFactory(case__fee=False), unit.agency, at=NOW)


def sent_all(at: datetime.datetime = NOW) -> None:
    for one in Notice.objects.waiting().order_by("pk"):
        send_notice(one.pk, at)


def events(citizen: Citizen) -> list[tuple[str, str]]:
    return list(citizen.notices.order_by("pk").values_list("event", "channel"))


class TestWhatIsTold:
    """Each thing that happens, once, to owner and submitter, with the transaction that it happened in."""

    def test_receipt_reaches_both_channels(self, unit, citizen, dossier, mailbox: Mailbox, sms: SmsGateway):
        accept_filing(unit.counter, dossier, at=NOW)
        sent_all()
        dossier.refresh_from_db()
        [mail] = mailbox.messages
        assert mailbox.recipients == [[citizen.email]]
        assert mail["Subject"].strip() == "Cổng thông tin tỉnh Thái Bình: Hồ sơ của ông/bà đã được tiếp nhận"
        body = mail.get_content()
        for told in (citizen.name, dossier.code, "08:00, 18/09/2025", f"/my/{dossier.code}/"):
            assert told in body
        [(number, text)] = sms.messages.values()
        assert number == citizen.phone
        assert dossier.code in text

    def test_nothing_in_a_subject_or_a_text_message_tells_of_a_person(
        self, unit, citizen, dossier, mailbox, sms
    ):
        accept_filing(unit.counter, dossier, at=NOW)
        sent_all()
        dossier.refresh_from_db()
        [mail], [(_number, text)] = mailbox.messages, sms.messages.values()
        for hidden in (
            citizen.name,
            citizen.personal_number,
            dossier.secret,
            dossier.version.name,
            "Vũ Minh Anh",
        ):
            assert hidden not in mail["Subject"]
            assert hidden not in text
        assert dossier.secret not in mail.get_content()
        assert dossier.code not in mail["Subject"]

    def test_a_supplement_a_refusal_and_an_apology_are_told(self, unit, citizen):
        versions = [ProcedureVersionFactory(case__fee=False) for _ in range(3)]
        asked, refused, late = (filed_online(citizen, one, unit.agency, at=NOW) for one in versions)
        paper = versions[0].cases.get().requirements.first()
        wanted = SupplementContent(
            papers=[Asked(paper.pk)], reason="Bản quét bị mờ", deadline_on=NOW.date() + 9 * 1440 * MINUTE
        )
        request_supplement(unit.counter, asked, wanted, at=NOW)
        refuse_intake(
            unit.counter,
            refused,
            ground=IntakeRefusalGround.choices[0][0],
            reason="Hồ sơ không thuộc thẩm quyền của xã",
            at=NOW,
        )
        accept_filing(unit.counter, late, at=NOW)
        apologize(unit.leader, late, reason="Chờ ý kiến cơ quan khác", days=2, at=NOW)
        told = [event for event, channel in events(citizen) if channel == "email"]
        assert told == ["onestop.supplement", "onestop.refused", "onestop.received", "onestop.late"]

    def test_what_has_to_be_paid_is_told_where_people_are_not_at_the_counter(self, unit, citizen):
        dossier = filed_online(citizen, ProcedureVersionFactory(), unit.agency, at=NOW)
        accept_filing(unit.counter, dossier, at=NOW)
        told = {event for event, _channel in events(citizen)}
        assert told == {"onestop.payment", "onestop.received"}

    def test_owner_and_submitter_both_hear_of_it(self, unit, citizen):
        submitter = CitizenFactory(reachable=True, by_sms=False)
        version = ProcedureVersionFactory(case__fee=False)
        dossier = filed_online(submitter, version, unit.agency, at=NOW, owner=citizen)
        accept_filing(unit.counter, dossier, at=NOW)
        assert events(submitter) == [("onestop.received", "email")]
        assert len(events(citizen)) == 2

    def test_who_chose_nothing_is_not_written_to(self, unit):
        citizen = CitizenFactory()
        accept_filing(
            unit.counter,
            filed_online(citizen, ProcedureVersionFactory(case__fee=False), unit.agency, at=NOW),
            at=NOW,
        )
        assert not Notice.objects.exists()

    def test_what_is_rolled_back_is_not_told(self, unit, citizen, dossier, monkeypatch):
        with pytest.raises(Exception, match="no_such_option"):
            accept_filing(unit.counter, dossier, at=NOW, no_such_option=1)
        assert not Notice.objects.exists()


class TestSending:
    """Sent once; tried again while it may help; what became of it can be seen."""

    @pytest.fixture
    def notice(self, unit, citizen, dossier) -> Notice:
        accept_filing(unit.counter, dossier, at=NOW)
        return Notice.objects.get(channel=NoticeChannel.EMAIL)

    def test_twice_the_task_is_one_message(self, notice, mailbox: Mailbox):
        assert send_notice(notice.pk, NOW)
        assert not send_notice(notice.pk, NOW)
        assert len(mailbox.messages) == 1
        notice.refresh_from_db()
        assert (notice.sending, notice.sent_at, notice.attempts) == (NoticeSending.SENT, NOW, 1)

    def test_a_server_that_is_ill_is_asked_again_with_growing_waits(self, notice, mailbox: Mailbox):
        mailbox.refusals = ["451 come back later", "451 come back later"]
        at = NOW
        for wait in (1, 4):
            assert not send_notice(notice.pk, at)
            notice.refresh_from_db()
            assert notice.next_try_at == at + wait * MINUTE
            assert not send_notice(notice.pk, at)
            at = notice.next_try_at
        assert send_notice(notice.pk, at)
        assert [mail["Message-ID"] for mail in mailbox.messages] == [mailbox.messages[0]["Message-ID"]]

    def test_a_mailbox_that_does_not_exist_is_told_to_staff_at_once(self, notice, citizen, mailbox: Mailbox):
        mailbox.unknown = {citizen.email}
        assert not send_notice(notice.pk, NOW)
        notice.refresh_from_db()
        assert (notice.sending, notice.last_error) == (NoticeSending.FAILED, "SMTP [550]")

    def test_after_seven_tries_it_has_failed(self, notice, settings):
        settings.NOTIFICATIONS_BY_EMAIL = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 9, False
        at = NOW
        for _ in range(notices_module.TRIES):
            assert not send_notice(notice.pk, at)
            notice.refresh_from_db()
            at = notice.next_try_at
        assert (notice.sending, notice.attempts) == (NoticeSending.FAILED, 7)

    def test_a_gateway_that_says_never_is_not_asked_again(self, unit, dossier, sms: SmsGateway):
        accept_filing(unit.counter, dossier, at=NOW)
        notice = Notice.objects.get(channel=NoticeChannel.SMS)
        sms.answers = [503, 422]
        assert not send_notice(notice.pk, NOW)
        assert not send_notice(notice.pk, NOW + MINUTE)
        notice.refresh_from_db()
        assert (notice.sending, notice.last_error) == (NoticeSending.FAILED, "status 422")

    def test_the_sweep_finds_what_no_message_reached(self, notice, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks() as found:
            assert sweep_notices(NOW) == 2
        assert len(found) == 2
        Notice.objects.update(next_try_at=NOW + MINUTE)
        assert sweep_notices(NOW) == 0


class TestUnsubscribing:
    """RFC 8058: one click, without signing in, by whoever has the message; opening the page is no click."""

    def test_the_headers_lead_to_a_page_that_ends_it(self, unit, citizen, dossier, mailbox: Mailbox):
        accept_filing(unit.counter, dossier, at=NOW)
        sent_all()
        [mail] = mailbox.messages
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        address = urllib.parse.urlsplit(mail["List-Unsubscribe"].strip(" <>"))
        assert f"{address.scheme}://{address.netloc}" == "https://congdan.thaibinh.example"
        client = Client(enforce_csrf_checks=True)
        assert client.get(address.path).status_code == 200
        citizen.refresh_from_db()
        assert citizen.by_email
        assert client.post(address.path, {"List-Unsubscribe": "One-Click"}).status_code == 200
        citizen.refresh_from_db()
        assert (citizen.by_email, citizen.by_sms) == (False, True)

    def test_what_still_waits_is_dropped(self, unit, citizen, dossier, mailbox: Mailbox):
        accept_filing(unit.counter, dossier, at=NOW)
        Client().post(f"/notices/stop/{stop_token(citizen.pk, 'email')}/")
        sent_all()
        assert mailbox.messages == []
        assert Notice.objects.get(channel="email").sending == NoticeSending.DROPPED

    # Named: a token tells its second, and both halves of a run collect the same names.
    @pytest.mark.parametrize(
        "token",
        ["x", "a:b:c", signing.dumps([1, "email"]), "%00"],
        ids=["letter", "three parts", "of another purpose", "null"],
    )
    def test_a_token_that_we_did_not_make_is_unknown(self, citizen, token: str):
        assert Client().post(f"/notices/stop/{token}/").status_code == 404
        citizen.refresh_from_db()
        assert citizen.by_email
