"""Lists read in one statement are the same rows in the same order as those that are asked for one by one."""

from typing import Any

import pytest
from django.db import models

from egov.web.below import Below, read_below
from onestop.actions.forward import forward
from onestop.actions.stop import stop
from onestop.actions.take_over import give_back
from onestop.enums import StopReason
from onestop.models import Dossier
from onestop.queries.dossier_detail import LISTS
from onestop.queries.version_content import VERSION_LISTS, content_of
from tests.factories.procedures import ProcedureVersionFactory
from tests.factories.work import Desk, make_desk, running_step, taken_in, vn

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = vn(2026, 3, 2), vn(2026, 3, 3)


@pytest.fixture
def dossier() -> Dossier:
    """Sent to another agency, given back, forwarded and stopped: most of its lists have rows."""
    here, there = make_desk(), make_desk("Công an xã Thụy Xuân")
    version = ProcedureVersionFactory(allowed_stops=[StopReason.INSPECTION])
    found = taken_in(version, here, at=MONDAY, deciding=there.agency)
    give_back(there.counter, found, reason="Mờ", at=MONDAY)
    other = taken_in(version, here, at=MONDAY)
    _stopped(other, here)
    return other


def _stopped(dossier: Dossier, desk: Desk) -> None:
    forward(
        desk.counter,
        dossier,
        to=2,
        holder=desk.specialist.membership,
        note="Đủ giấy tờ",
        step_id=running_step(dossier).pk,
        at=MONDAY,
    )
    stop(desk.specialist, dossier, reason=StopReason.INSPECTION, words="Chờ kiểm tra", at=TUESDAY)


def test_rows_are_those_of_the_plain_relations(dossier: Dossier, django_assert_num_queries):
    read = Dossier.objects.get(pk=dossier.pk)
    with django_assert_num_queries(1):
        read_below([read], *LISTS)
        told = {one.name: list(getattr(read, one.name).all()) for one in LISTS}
    assert told["legs"]
    assert told["stops"]
    assert told["clock_events"]
    for one in LISTS:
        _same(told[one.name], list(getattr(Dossier.objects.get(pk=dossier.pk), one.name).all()), one)


def test_a_list_that_is_read_already_costs_no_statement(dossier: Dossier, django_assert_num_queries):
    read_below([dossier], *LISTS)
    with django_assert_num_queries(0):
        read_below([dossier], *LISTS[:3])


def test_rows_beside_a_row_come_along_and_lead_back(dossier: Dossier, django_assert_num_queries):
    read_below([dossier], *LISTS)
    with django_assert_num_queries(0):
        steps = [step for leg in dossier.legs.all() for step in leg.steps.all()]
        assert {step.leg.dossier for step in steps} == {dossier}
        assert [step.holder.user.full_name for step in steps if step.holder]
        assert [leg.agency.name for leg in dossier.legs.all()]


def test_a_version_is_read_whole(django_assert_num_queries):
    version = ProcedureVersionFactory()
    told = content_of(version)
    again = type(version).objects.get(pk=version.pk)
    with django_assert_num_queries(1):
        read_below([again], *VERSION_LISTS)
        assert content_of(again) == told


def _same(read: list[Any], plain: list[Any], one: Below) -> None:
    assert read == plain
    for left, right in zip(read, plain, strict=True):
        for field in _columns(left):
            assert getattr(left, field) == getattr(right, field), (one.name, field)
            assert type(getattr(left, field)) is type(getattr(right, field)), (one.name, field)
        for path in one.follow:
            first = path.split("__", maxsplit=1)[0]
            assert getattr(left, first) == getattr(right, first)
        for deeper in one.below:
            _same(list(getattr(left, deeper.name).all()), list(getattr(right, deeper.name).all()), deeper)


def _columns(row: models.Model) -> list[str]:
    return [field.attname for field in row._meta.concrete_fields if not field.generated]


def test_a_seal_s_picture_stays_where_it_is(dossier: Dossier):
    """JSON carries no bytes; whoever needs them asks for them."""
    agency = dossier.receiving_agency
    agency.seal_picture = b"\x89PNG\r\n"
    agency.save(update_fields=["seal_picture"])
    read = Dossier.objects.get(pk=dossier.pk)
    read_below([read], Below("legs", follow=("agency",)))
    (leg, *_others) = read.legs.all()
    assert "seal_picture" in leg.agency.get_deferred_fields()
    assert (leg.agency.name, bytes(leg.agency.seal_picture)) == (agency.name, b"\x89PNG\r\n")
