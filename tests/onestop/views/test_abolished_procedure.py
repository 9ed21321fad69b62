"""A procedure is abolished while a dossier is in work: it is finished as it began, and nothing new begins."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from egov.organizations.actor import Actor
from onestop.actions.announce_decision import DecisionContent, EffectLine, announce_decision
from onestop.actions.apply_decisions import apply_decisions
from onestop.enums import DossierState, EffectKind, VersionState
from onestop.models import Dossier, IntakeDraft, ProcedureVersion
from tests.conftest import MONDAY_MORNING
from tests.factories.catalogue_people import make_keepers
from tests.factories.dossiers import OWNER_NUMBER
from tests.factories.procedures import ProcedureVersionFactory
from tests.factories.work import Desk, make_desk, running_step, vn
from tests.onestop.views.counter_page import send, text_of, typed

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("clock", "own_file_store"),
    pytest.mark.rule("onestop", 5),
    pytest.mark.rule("onestop", 6),
]
SignIn = Callable[[Actor], Client]
ENDS, AFTER = date(2025, 9, 17), vn(2025, 9, 17, 9)


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def version(db: None) -> ProcedureVersion:
    return ProcedureVersionFactory(name="Đăng ký khai sinh")


def begun(client: Client, version: ProcedureVersion) -> IntakeDraft:
    client.post(reverse("onestop:intake_begin", args=[version.pk]))
    return IntakeDraft.objects.latest("pk")


def abolish(version: ProcedureVersion, clock: time_machine.Traveller, *, at: datetime = AFTER) -> None:
    """Decided on Monday, in effect from Wednesday; it is Wednesday now."""
    line = EffectLine(procedure=version.procedure, kind=EffectKind.ABOLISHED, effective_on=ENDS)
    content = DecisionContent(
        number="1216/QĐ-UBND",
        issuer="Chủ tịch Ủy ban nhân dân tỉnh",
        title="Bãi bỏ thủ tục hành chính",
        issued_on=MONDAY_MORNING.date(),
        lines=(line,),
    )
    announce_decision(make_keepers().leader, content, at=MONDAY_MORNING)
    clock.move_to(at)
    apply_decisions(timezone.now())
    version.refresh_from_db()
    assert version.state == VersionState.ABOLISHED


def test_what_was_received_before_goes_its_whole_way_on_the_pages(
    desk: Desk, version: ProcedureVersion, sign_in: SignIn, clock: time_machine.Traveller
):
    """Its day, its papers and its charge stay; forwarded, decided, finished and handed over as ever."""
    counter = sign_in(desk.counter)
    send(counter, begun(counter, version), "receive", **typed(version))
    dossier = Dossier.objects.get()
    promised, fee = dossier.due_at, dossier.charges.get().amount
    abolish(version, clock)

    def step(actor: Actor, name: str, **fields: object) -> str:
        address = reverse("onestop:dossier_step", args=[dossier.pk, name])
        response = sign_in(actor).post(address, fields, follow=True)
        assert response.status_code == 200, response.content.decode()
        return response.content.decode()

    detail = reverse("onestop:dossier_detail", args=[dossier.pk])
    assert f"{timezone.localtime(promised):%d/%m/%Y}" in text_of(sign_in(desk.leader).get(detail))
    held = desk.specialist.membership.pk
    step(desk.counter, "forward", step=running_step(dossier).pk, to=2, holder=held)
    step(desk.specialist, "forward", step=running_step(dossier).pk, to=3)
    leader = sign_in(desk.leader)
    step(desk.leader, "take_up", step=running_step(dossier).pk)
    kind = version.result_kinds.get()
    leader.post(reverse("onestop:result_number", args=[dossier.pk]), {"kind": kind.pk})
    result = {"kind": kind.pk, "number": "01/2025", "issued_on": "17/09/2025", "signer_name": "Bùi Văn Lãnh"}
    assert leader.post(reverse("onestop:result_record", args=[dossier.pk]), result).status_code == 302
    step(desk.leader, "forward", step=running_step(dossier).pk, to=4)
    counter = sign_in(desk.counter)
    counter.post(reverse("onestop:fee_collect", args=[dossier.pk]), {"method": "cash"})
    assert counter.post(reverse("onestop:dossier_finish", args=[dossier.pk])).status_code == 302
    hand_over = {"number": OWNER_NUMBER, "who": "submitter", "compared": "on"}
    assert counter.post(reverse("onestop:result_hand_over", args=[dossier.pk]), hand_over).status_code == 302
    dossier.refresh_from_db()
    assert (dossier.state, dossier.due_at) == (DossierState.RETURNED, promised)
    assert (dossier.version, dossier.receipts.get().amount) == (version, fee)


def test_what_was_only_typed_is_refused_in_words_and_kept(
    desk: Desk, version: ProcedureVersion, sign_in: SignIn, clock: time_machine.Traveller
):
    client = sign_in(desk.counter)
    draft = begun(client, version)
    abolish(version, clock)
    client = sign_in(desk.counter)
    answer = send(client, draft, "receive", **typed(version))
    assert answer.status_code == 409
    assert "không áp dụng cho hồ sơ nộp ngày 17/09/2025" in text_of(answer)
    assert "Vũ Thị Em" in text_of(client.get(reverse("onestop:intake_edit", args=[draft.pk])))
    assert not Dossier.objects.exists()


def test_nothing_new_is_found_or_begun(
    desk: Desk, version: ProcedureVersion, sign_in: SignIn, clock: time_machine.Traveller
):
    abolish(version, clock)
    client = sign_in(desk.counter)
    assert "Đăng ký khai sinh" not in text_of(client.get(reverse("onestop:counter"), {"q": "khai sinh"}))
    assert client.post(reverse("onestop:intake_begin", args=[version.pk])).status_code == 403
    assert not IntakeDraft.objects.exists()
    clock.shift(timedelta(days=30))
    detail = sign_in(desk.counter).get(reverse("onestop:version_detail", args=[version.pk]))
    assert str(VersionState.ABOLISHED.label) in text_of(detail)
