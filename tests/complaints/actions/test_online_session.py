"""An online reception: identity and consent before the line, breaks in the minutes, minutes signed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from complaints.actions.minutes import (
    MinutesNotAcceptable,
    NoPersonalKey,
    NotAgreed,
    confirm_minutes,
    sign_minutes_with_pin,
    write_minutes,
)
from complaints.actions.online_session import (
    LineOutOfOrder,
    RecordedWithoutConsent,
    SessionNotReady,
    ask_consent,
    check_identity,
    keep_recording,
    note_line,
)
from complaints.actions.receive_visit import VisitNotOpenable, close_visit
from complaints.actions.visit_entry import VisitNotClosable
from complaints.enums import ReceptionForm, SessionEventKind, VisitState
from complaints.models import OnlineSession, SessionEvent, Visit
from egov.files.store import read_checked
from egov.signing.verification import Status
from egov.signing.verify import verify
from egov.workflow.refusal import NotPermitted
from tests.factories.cast import Cast
from tests.factories.documents import PIN, give_key
from tests.factories.visits import GUIDED, MONDAY, Desk, make_desk
from tests.support.pdf_text import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trust"), pytest.mark.rule("complaints", 54)]
K = SessionEventKind


def after(minutes: int):
    return MONDAY + timedelta(minutes=minutes)


@pytest.fixture
def desk() -> Desk:
    desk = make_desk()
    give_key(at=MONDAY, user=desk.officer.user)
    return desk


@pytest.fixture
def visit(desk: Desk) -> Visit:
    return desk.written(form=ReceptionForm.ONLINE, room="Điểm cầu UBND xã, phòng 2")


@pytest.fixture
def ready(desk: Desk, visit: Visit) -> OnlineSession:
    check_identity(desk.officer, visit.session, how="VNeID mức 2 và căn cước trước máy quay", at=after(1))
    return ask_consent(desk.officer, visit.session, consents=True, at=after(1))


@pytest.fixture
def over(desk: Desk, ready: OnlineSession) -> Visit:
    for kind, at, note in (
        (K.STARTED, 2, ""),
        (K.DROPPED, 14, "Mất mạng tại điểm cầu của công dân"),
        (K.RESUMED, 19, ""),
        (K.ENDED, 30, ""),
    ):
        note_line(desk.officer, ready, kind=kind, note=note, at=after(at))
    return ready.visit


def test_nothing_begins_before_identity_and_consent(desk: Desk, visit: Visit):
    session = visit.session
    with pytest.raises(SessionNotReady):
        note_line(desk.officer, session, kind=K.STARTED, at=after(1))
    with pytest.raises(SessionNotReady):
        check_identity(desk.officer, session, how=" ", at=after(1))
    check_identity(desk.officer, session, how="VNeID", at=after(1))
    with pytest.raises(SessionNotReady):
        note_line(desk.officer, session, kind=K.STARTED, at=after(1))
    ask_consent(desk.officer, session, consents=False, at=after(1))
    assert note_line(desk.officer, session, kind=K.STARTED, at=after(2)).kind == K.STARTED


def test_who_did_not_agree_is_not_recorded(desk: Desk, visit: Visit):
    ask_consent(desk.officer, visit.session, consents=False, at=after(1))
    with pytest.raises(RecordedWithoutConsent):
        keep_recording(desk.officer, visit.session, code="GH-0001", at=after(40))
    with pytest.raises(IntegrityError), transaction.atomic():
        OnlineSession.objects.filter(pk=visit.session.pk).update(recording="GH-0001")
    ask_consent(desk.officer, visit.session, consents=True, at=after(2))
    assert keep_recording(desk.officer, visit.session, code="GH-0001", at=after(40)).recording == "GH-0001"


@pytest.mark.parametrize(
    ("course", "next_one"),
    [
        ([], K.DROPPED),
        ([], K.ENDED),
        ([K.STARTED], K.RESUMED),
        ([K.STARTED], K.STARTED),
        ([K.STARTED, K.DROPPED], K.DROPPED),
        ([K.STARTED, K.ENDED], K.RESUMED),
    ],
)
def test_a_line_is_noted_in_its_order(desk: Desk, ready: OnlineSession, course: list[K], next_one: K):
    for minute, kind in enumerate(course, start=2):
        note_line(desk.officer, ready, kind=kind, at=after(minute))
    with pytest.raises(LineOutOfOrder):
        note_line(desk.officer, ready, kind=next_one, at=after(20))


def test_a_dropped_connection_stands_in_the_minutes(desk: Desk, over: Visit):
    minutes = write_minutes(desk.officer, over, text="Công dân trình bày.\nChủ tọa kết luận.", at=after(40))
    text = text_of(read_checked(minutes.file))
    for words in ("Mất kết nối", "08:14", "Mất mạng tại điểm cầu", "Kết nối lại", "08:19", "đồng ý", "VNeID"):
        assert words in text
    with pytest.raises(InternalError), transaction.atomic():
        SessionEvent.objects.update(note="Không mất")


def test_it_closes_with_minutes_agreed_to_and_signed(desk: Desk, over: Visit):
    with pytest.raises(VisitNotClosable):
        close_visit(desk.officer, over, GUIDED, at=after(45))
    minutes = write_minutes(desk.officer, over, text="Kết luận", at=after(40))
    with pytest.raises(NotAgreed):
        sign_minutes_with_pin(desk.officer, minutes, pin=PIN, at=after(41))
    with pytest.raises(NotAgreed):
        confirm_minutes(desk.officer, minutes, how="", at=after(41))
    confirm_minutes(desk.officer, minutes, how="Xác nhận bằng mã gửi đến điện thoại", at=after(41))
    with pytest.raises(VisitNotClosable):
        close_visit(desk.officer, over, GUIDED, at=after(45))
    before = read_checked(minutes.file)
    minutes = sign_minutes_with_pin(desk.officer, minutes, pin=PIN, at=after(42))
    signed = read_checked(minutes.signed_file)
    assert signed.startswith(before)
    (signature,) = verify(signed, at=after(43)).signatures
    assert signature.status != Status.INVALID
    assert desk.officer.user.full_name in signature.sentence
    assert close_visit(desk.officer, over, GUIDED, at=after(45)).state == VisitState.CLOSED
    with pytest.raises(MinutesNotAcceptable):
        write_minutes(desk.officer, over, text="Khác", at=after(50))
    with pytest.raises(NotPermitted):
        confirm_minutes(desk.officer, minutes, how="Lại", at=after(50))


def test_minutes_written_anew_need_a_new_confirmation(desk: Desk, over: Visit):
    minutes = write_minutes(desk.officer, over, text="Kết luận", at=after(40))
    confirm_minutes(desk.officer, minutes, how="Bằng lời", at=after(41))
    again = write_minutes(desk.officer, over, text="Kết luận khác", at=after(42))
    assert (again.pk, again.agreed_at) == (minutes.pk, None)


def test_minutes_are_signed_with_ones_own_key_by_who_received(desk: Desk, over: Visit):
    minutes = write_minutes(desk.officer, over, text="Kết luận", at=after(40))
    confirm_minutes(desk.officer, minutes, how="Bằng lời", at=after(41))
    give_key(at=MONDAY, user=desk.head.user)
    with pytest.raises(NotPermitted):
        sign_minutes_with_pin(desk.head, minutes, pin=PIN, at=after(42))
    with pytest.raises(NoPersonalKey):
        sign_minutes_with_pin(desk.deputy, minutes, pin=PIN, at=after(42))


def test_minutes_wait_for_the_end_and_say_something(desk: Desk, ready: OnlineSession):
    note_line(desk.officer, ready, kind=K.STARTED, at=after(2))
    with pytest.raises(MinutesNotAcceptable):
        write_minutes(desk.officer, ready.visit, text="Kết luận", at=after(40))
    note_line(desk.officer, ready, kind=K.ENDED, at=after(30))
    with pytest.raises(MinutesNotAcceptable):
        write_minutes(desk.officer, ready.visit, text=" ", at=after(40))


def test_online_reception_begins_in_july_2026_and_in_a_room(desk: Desk):
    june = MONDAY - timedelta(days=60)
    for opening in ({"room": "Phòng 2", "at": june}, {"room": " "}):
        with pytest.raises(VisitNotOpenable):
            desk.opened(form=ReceptionForm.ONLINE, **opening)


def test_an_outsider_holds_no_session(desk: Desk, over: Visit, cast: Cast):
    minutes = write_minutes(desk.officer, over, text="Kết luận", at=after(40))
    session = over.session
    for outsider in (cast.dung, cast.em, make_desk().officer):
        for attempt in (
            lambda who: check_identity(who, session, how="x", at=after(50)),
            lambda who: ask_consent(who, session, consents=True, at=after(50)),
            lambda who: note_line(who, session, kind=K.DROPPED, at=after(50)),
            lambda who: keep_recording(who, session, code="x", at=after(50)),
            lambda who: write_minutes(who, over, text="x", at=after(50)),
            lambda who: confirm_minutes(who, minutes, how="x", at=after(50)),
        ):
            with pytest.raises(NotPermitted):
                attempt(outsider)
