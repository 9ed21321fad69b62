"""Slips and decisions that leave the house: kept from the first print, signed where they are receipts."""

from datetime import timedelta

import pytest
from django.db import InternalError, transaction

from complaints.actions.accept import accept
from complaints.actions.keep_print import (
    PrintDestroyed,
    forget_prints,
    print_appointment,
    print_letter_slip,
    print_order,
    print_visit_slip,
    print_waiting_orders,
)
from complaints.actions.visit_entry import Handed
from complaints.enums import DutyKind, MatterKind
from complaints.models import Attachment, KeptPrint, Participant
from complaints.tasks import print_orders
from egov.files.store import read_checked
from egov.organizations.actor import Actor
from egov.signing.authority.demo import issue_certificate
from egov.signing.verify import verify
from egov.workflow.refusal import NotPermitted
from tests.documents.conftest import pki_folder, trust  # noqa: F401  (fixtures)
from tests.factories.cast import Cast
from tests.factories.letters import LetterFactory, MatterFactory, ParticipantFactory, appointed
from tests.factories.organizations import AgencyFactory
from tests.factories.settlements import ACCEPTED as NOW
from tests.factories.settlements import accepted, make_bench, processed
from tests.factories.visits import heard, make_desk
from tests.support.pdf_text import text_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)


@pytest.fixture
def clerk() -> Actor:
    return appointed(AgencyFactory(), DutyKind.INTAKE)


def letter_of(clerk: Actor):
    letter = LetterFactory(agency=clerk.agency, received_at=NOW)
    MatterFactory(letter=letter)
    ParticipantFactory(letter=letter)
    return letter


def bytes_of(kept: KeptPrint) -> bytes:
    assert kept.file is not None
    return read_checked(kept.file)


@pytest.mark.usefixtures("trust")
def test_a_receipt_is_signed_by_the_system_and_is_the_same_at_every_print(clerk: Actor, settings):
    issue_certificate(pin=settings.SIGNING_SYSTEM_PIN, agency=AgencyFactory(), is_system=True)
    letter = letter_of(clerk)
    first = print_letter_slip(clerk, letter, at=NOW)
    assert (first.signed_at, first.edition, first.printed_by) == (NOW, 1, clerk.membership)
    assert print_letter_slip(clerk, letter, at=LATER) == first
    pdf = bytes_of(first)
    found = verify(pdf, at=NOW)
    assert len(found.signatures) == 1
    assert first.number == f"{letter.number:02d}/BN-D"


def test_without_a_certificate_nobody_leaves_the_desk_without_a_slip(clerk: Actor):
    kept = print_letter_slip(clerk, letter_of(clerk), at=NOW)
    assert kept.signed_at is None
    assert "Giấy biên nhận đơn".upper() in text_of(bytes_of(kept)).upper()


def test_a_paper_brought_later_is_another_edition_and_the_first_stays(clerk: Actor):
    letter = letter_of(clerk)
    first = print_letter_slip(clerk, letter, at=NOW)
    Attachment.objects.create(letter=letter, kind="evidence", name="Sổ đỏ", added_at=NOW)
    second = print_letter_slip(clerk, letter, at=LATER)
    assert (second.edition, KeptPrint.objects.count()) == (2, 2)
    assert "Sổ đỏ" in text_of(bytes_of(second))
    assert "Cấp lần 2" in text_of(bytes_of(second))
    assert "Sổ đỏ" not in text_of(bytes_of(first))


def test_a_decision_stays_as_it_was_first_printed_whatever_is_corrected_later():
    bench = make_bench()
    matter = accept(bench.leader, processed(bench), at=NOW)
    order = matter.orders.get()
    first = print_order(bench.handler, order, at=NOW)
    Participant.objects.filter(letter=matter.letter).update(name="Người khác")
    again = print_order(bench.leader, order, at=LATER)
    assert (again, bytes_of(again)) == (first, bytes_of(first))
    assert "Người khác" not in text_of(bytes_of(again))
    assert first.signed_at is None, "the system attests receipts, never a decision"


def test_decisions_are_printed_before_anybody_asks_for_them():
    bench = make_bench()
    matter = accepted(bench)
    assert print_waiting_orders(NOW) == 1
    kept = KeptPrint.objects.get()
    assert (kept.subject_id, kept.number, kept.printed_by) == (matter.orders.get().pk, "1/QĐ-GQĐT", None)
    print_orders()
    assert KeptPrint.objects.count() == 1


@pytest.mark.rule("complaints", 36)
def test_the_decision_on_a_denunciation_says_its_code_and_no_word_of_it():
    bench = make_bench()
    matter = accepted(bench, kind=MatterKind.DENUNCIATION)
    words = text_of(bytes_of(print_order(bench.leader, matter.orders.get(), at=NOW)))
    assert matter.letter.code in words
    assert matter.summary not in words


def test_the_slip_of_a_visit_is_kept():
    desk = make_desk()
    visit = desk.closed(heard(papers=(Handed(name="Quyết định thu hồi đất"),)))
    kept = print_visit_slip(desk.officer, visit, at=NOW)
    assert kept == print_visit_slip(desk.officer, visit, at=LATER)
    assert "Quyết định thu hồi đất" in text_of(bytes_of(kept))


@pytest.mark.rule("complaints", 41)
def test_prints_go_with_their_letter_and_are_not_made_anew():
    bench = make_bench()
    matter = accepted(bench)
    order = matter.orders.get()
    files = [one.file for one in (print_order(bench.leader, order, at=NOW),)]
    assert forget_prints(matter.letter) == files
    with pytest.raises(PrintDestroyed):
        print_order(bench.leader, order, at=LATER)


def test_what_was_kept_never_changes(clerk: Actor):
    kept = print_letter_slip(clerk, letter_of(clerk), at=NOW)
    other = print_letter_slip(clerk, letter_of(clerk), at=NOW)
    rows = KeptPrint.objects.filter(pk=kept.pk)
    for change in ({"number": "99/BN-D"}, {"file": other.file}, {"signed_at": LATER}):
        with pytest.raises(InternalError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(InternalError), transaction.atomic():
        rows._raw_delete("default")


def test_an_outsider_prints_nothing(clerk: Actor, cast: Cast):
    letter, desk, bench = letter_of(clerk), make_desk(), make_bench()
    order = accepted(bench).orders.get()
    visit = desk.closed(heard(papers=(Handed(name="Sổ đỏ"),)))
    asked = {"year": 2026, "number": 1, "name": "Lan", "content": "Đất", "asked_at": NOW}
    appointment = desk.agency.appointments.create(**asked)
    for outsider in (cast.dung, cast.em, make_desk().officer):
        for attempt in (
            lambda who: print_letter_slip(who, letter, at=NOW),
            lambda who: print_order(who, order, at=NOW),
            lambda who: print_visit_slip(who, visit, at=NOW),
            lambda who: print_appointment(who, appointment, at=NOW),
        ):
            with pytest.raises(NotPermitted):
                attempt(outsider)
    with pytest.raises(NotPermitted, match="Chưa hẹn ngày"):
        print_appointment(desk.head, appointment, at=NOW)
