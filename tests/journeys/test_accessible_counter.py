"""Pages of money and papers at the counter shut nobody out: no grave fault, nothing wider than the window."""

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from onestop.actions.cancel_receipt import cancel_receipt
from onestop.actions.collect import collect
from onestop.actions.intake_draft import begin_intake
from onestop.actions.open_series import Run, open_series
from onestop.actions.receive import receive
from onestop.actions.refund import ask_refund
from onestop.enums import RefundGround
from onestop.models import Dossier
from onestop.seeding.standard_forms import load_standard_forms
from tests.factories.filings import EM, filing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.procedures import ProcedureVersionFactory
from tests.journeys.browser import Windows
from tests.journeys.test_accessible import SIZES, at_work, grave_faults


def taken_in(unit: Unit, count: int) -> list[Dossier]:
    """Dossiers of one person with 50,000 dong to pay each, received just now."""
    version = ProcedureVersionFactory(
        name="Đăng ký lại khai sinh cho người đã có hồ sơ, giấy tờ cá nhân, thực hiện tại nơi cư trú"
    )
    owner = replace(EM, name="Công Tằng Tôn Nữ Thị Phương Thảo")
    what = filing(version, unit.agency, owner=owner, duplicate_confirmed=True)
    return [receive(unit.counter, what, at=timezone.now()) for _ in range(count)]


@pytest.mark.journey
@SIZES
def test_money_and_papers_at_the_counter(windows: Windows, size: dict[str, int]) -> None:
    load_standard_forms()
    now = timezone.now()
    unit = make_unit()
    run = Run(form="01BLP3-001", symbol="AB/26E", first_number=1, last_number=40, valid_from=now.date())
    open_series(unit.leader, unit.agency, run, at=now)
    dossiers = taken_in(unit, 4)
    kept, wrong, returned = (collect(unit.counter, one, at=now) for one in dossiers[:3])
    cancel_receipt(unit.counter, wrong, reason="Ghi nhầm người nộp", at=now)
    ask_refund(unit.counter, returned, ground=RefundGround.OTHER, reason="Nộp thừa", at=now)
    draft = begin_intake(unit.counter, dossiers[0].version, at=now)

    faults, wide = [], []
    for actor, address in (
        (unit.counter, reverse("onestop:fee_list")),
        (unit.counter, reverse("onestop:receipt_list")),
        (unit.counter, reverse("onestop:receipt_detail", args=[kept.pk])),
        (unit.leader, reverse("onestop:series_list")),
        (unit.leader, reverse("onestop:refund_list")),
        (unit.leader, reverse("onestop:settlement_list")),
        (unit.leader, reverse("onestop:fee_account")),
        (unit.counter, reverse("onestop:handover_list")),
        (unit.counter, reverse("onestop:intake_edit", args=[draft.pk])),
        (unit.counter, reverse("onestop:dossier_received", args=[dossiers[3].pk])),
        (unit.registry, reverse("onestop:slip_signing")),
        (unit.registry, reverse("onestop:slip_signature", args=[dossiers[3].forms.get().pk])),
        (unit.counter, reverse("documents:search_results") + "?q=khai+sinh"),
    ):
        page = at_work(windows, actor, size)
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
        faults += grave_faults(page)
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            wide.append(address)
    assert faults == []
    assert wide == []
