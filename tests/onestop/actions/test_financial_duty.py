"""Financial duty: sent, told by notice, proved, and the clock runs on."""

from datetime import date
from io import BytesIO

import pytest

from egov.workflow.refusal import NotPermitted
from onestop.actions.financial_duty import (
    NoticeNotAcceptable,
    Proof,
    ProofNotAcceptable,
    note_duty,
    prove_duty,
    send_duty,
)
from onestop.actions.forward import forward
from onestop.actions.halt import halt
from onestop.enums import DossierState, StopReason
from onestop.models import Dossier
from tests.factories.documents import pdf_of
from tests.factories.procedures import ProcedureVersionFactory
from tests.factories.work import Desk, make_desk, taken_in, vn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_file_store")]
MONDAY, TUESDAY, NEXT_MONDAY = vn(2026, 3, 2), vn(2026, 3, 3), vn(2026, 3, 9)
NOTICE = {"number": "1234/TB-CCT", "issued_on": date(2026, 3, 4), "amount": 15_000_000}


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    dossier = taken_in(ProcedureVersionFactory(), desk, at=MONDAY)
    forward(desk.counter, dossier, to=2, holder=desk.specialist.membership, at=MONDAY)
    send_duty(desk.specialist, dossier, tax_office="Chi cục Thuế khu vực", at=TUESDAY)
    return dossier


@pytest.mark.rule("onestop", 18)
def test_from_the_transfer_form_to_the_receipt(desk: Desk, dossier: Dossier):
    dossier.refresh_from_db()
    assert (dossier.state, dossier.stops.get().reason) == (DossierState.DUTY, StopReason.DUTY)
    note_duty(desk.counter, dossier, at=vn(2026, 3, 5), **NOTICE)
    proof = Proof(
        receipt_number="BL 0001",
        paid_on=date(2026, 3, 6),
        file=BytesIO(pdf_of("Biên lai").read()),
        file_name="bl.pdf",
    )
    duty = prove_duty(desk.counter, dossier, proof, at=NEXT_MONDAY)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.due_at) == (DossierState.PROCESSING, vn(2026, 3, 11))
    assert (duty.amount, duty.proof.media_type) == (15_000_000, "application/pdf")


def test_nothing_is_proved_without_notice_receipt_and_a_possible_day(desk: Desk, dossier: Dossier):
    with pytest.raises(ProofNotAcceptable, match="Chưa có thông báo"):
        prove_duty(desk.counter, dossier, Proof(receipt_number="1", paid_on=TUESDAY.date()), at=NEXT_MONDAY)
    for wrong in ({"amount": 0}, {"number": " "}, {"issued_on": date(2030, 1, 1)}):
        with pytest.raises(NoticeNotAcceptable):
            note_duty(desk.counter, dossier, at=NEXT_MONDAY, **(NOTICE | wrong))
    note_duty(desk.counter, dossier, at=NEXT_MONDAY, **NOTICE)
    for receipt, paid_on in (("", date(2026, 3, 6)), ("1", date(2026, 3, 3)), ("1", date(2026, 3, 10))):
        proof = Proof(receipt_number=receipt, paid_on=paid_on)
        with pytest.raises(ProofNotAcceptable):
            prove_duty(desk.counter, dossier, proof, at=NEXT_MONDAY)
    dossier.refresh_from_db()
    assert dossier.state == DossierState.DUTY


def test_who_has_no_part_notes_and_sends_nothing(desk: Desk, dossier: Dossier):
    stranger = make_desk("Công an xã")
    with pytest.raises(NotPermitted):
        note_duty(stranger.counter, dossier, at=NEXT_MONDAY, **NOTICE)
    with pytest.raises(NotPermitted):
        send_duty(desk.counter, dossier, tax_office="Thuế", at=TUESDAY)


def test_a_halted_dossier_waits_for_no_payment(desk: Desk, dossier: Dossier):
    halt(desk.leader, dossier, reason="Không nộp", at=NEXT_MONDAY)
    duty = dossier.duties.get()
    assert (duty.proved_at, duty.closed_at) == (None, NEXT_MONDAY)
