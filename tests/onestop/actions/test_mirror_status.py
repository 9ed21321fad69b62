"""Only the system of record changes a status; the mirror shows that system's own time (rule 49)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from egov.organizations.actor import Actor
from egov.workflow.move import move
from egov.workflow.performer import SYSTEM
from egov.workflow.refusal import NotPermitted
from onestop.actions.enter_filing import NotTakenHere
from onestop.actions.filing import Applicant, Filing
from onestop.actions.mirror_dossier import MirroredFiling, mirror_dossier
from onestop.actions.mirror_status import MirrorRefused, SourceStatus, mirror_status
from onestop.actions.receive import receive
from onestop.actions.withdraw import withdraw
from onestop.enums import ApplicantKind, Channel, DossierState, SystemOfRecord
from onestop.models import Dossier, MirroredStatus
from onestop.models.dossier import StatusOfAnotherSystem
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.dossiers import DossierFactory
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.procedures import ProcedureVersionFactory

S = DossierState
CODE = "G01.12-250914-0007"
pytestmark = [pytest.mark.rule("onestop", 49), pytest.mark.usefixtures("clock")]


@pytest.fixture
def version(db):
    return ProcedureVersionFactory(procedure__system_of_record=SystemOfRecord.MINISTRY)


@pytest.fixture
def system(db) -> Actor:
    """The ministry's system, with the key of the commune's registry."""
    agency = AgencyFactory(name="Ủy ban nhân dân xã Thụy Xuân")
    return replace(
        actor_for(MembershipFactory(agency=agency, registry=True)), machine_key="egov-0123456789ab"
    )


def announced(version, system: Actor, **status: object) -> MirroredFiling:
    owner = Applicant(kind=ApplicantKind.CITIZEN, name="Vũ Thị Em", personal_number="034190001234")
    said = {
        "reference": "e-1",
        "source": "Hệ thống của Bộ Công an",
        "state": S.RECEIVED,
        "source_at": NOW - timedelta(hours=20),
        "code": CODE,
        "received_at": NOW - timedelta(hours=20),
        "due_at": NOW + timedelta(days=7),
    }
    return MirroredFiling(
        filing=Filing(
            case=version.cases.get(),
            agency=system.agency,
            owner=owner,
            channel=Channel.ONLINE,
            idempotency_key="bca-1",
        ),
        status=SourceStatus(**(said | status)),
        submitted_at=NOW - timedelta(hours=30),
    )


@pytest.fixture
def dossier(version, system) -> Dossier:
    return mirror_dossier(system, announced(version, system), at=NOW)


def said(state: DossierState, reference: str = "e-2", **more: object) -> SourceStatus:
    words = {
        "reference": reference,
        "source": "Hệ thống của Bộ Công an",
        "source_at": NOW - timedelta(hours=1),
    }
    return SourceStatus(state=state, **(words | more))


def test_a_dossier_of_the_other_system_keeps_its_code_and_times(dossier):
    assert (dossier.code, dossier.state) == (CODE, S.RECEIVED)
    assert (dossier.received_at, dossier.due_at) == (NOW - timedelta(hours=20), NOW + timedelta(days=7))
    assert dossier.mirrored.get().source_at == NOW - timedelta(hours=20)
    # The province tells nobody what is another's to tell.
    assert not dossier.sync_events.exists()


def test_the_same_announcement_again_is_the_same_dossier(version, system, dossier):
    assert mirror_dossier(system, announced(version, system), at=NOW) == dossier
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize("state", list(S))
def test_a_dossier_may_be_heard_of_in_any_state(version, system, state):
    dossier = mirror_dossier(system, announced(version, system, state=state), at=NOW)
    assert dossier.state == state
    assert list(dossier.changes.values_list("after", flat=True))[-1] == state
    assert (dossier.finished_at is not None) == (state in {S.DONE, S.RETURNED})


def test_it_follows_also_where_steps_are_left_out_and_shows_the_sources_time(system, dossier):
    told = mirror_status(system, dossier, said(S.DONE), at=NOW)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.finished_at) == (S.DONE, NOW - timedelta(hours=1))
    assert (told.source_at, told.taken_at) == (NOW - timedelta(hours=1), NOW)
    assert dossier.changes.last().note == "Hệ thống của Bộ Công an"


def test_told_twice_it_happens_once(system, dossier):
    for _time in range(2):
        mirror_status(system, dossier, said(S.PROCESSING), at=NOW)
    assert dossier.changes.filter(after=S.PROCESSING).count() == 1
    with pytest.raises(MirrorRefused, match="trạng thái khác"):
        mirror_status(system, dossier, said(S.DONE), at=NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        said(S.PROCESSING, source_at=NOW - timedelta(days=3)),
        said(S.PROCESSING, source_at=NOW + timedelta(seconds=1)),
        said(S.PROCESSING, reference="\u200b"),
        said(S.PROCESSING, reference="x" * 101),
    ],
)
def test_what_cannot_be_is_refused(system, dossier, wrong):
    with pytest.raises(MirrorRefused):
        mirror_status(system, dossier, wrong, at=NOW)
    dossier.refresh_from_db()
    assert dossier.state == S.RECEIVED


@pytest.mark.parametrize("code", ["", "x", CODE + "\n", "A" * 41, "000.00.00.H54-250915-0001"])
def test_a_received_one_has_a_code_of_its_own(version, system, code):
    DossierFactory(
        version=ProcedureVersionFactory(), agency=AgencyFactory(), code="000.00.00.H54-250915-0001"
    )
    with pytest.raises(MirrorRefused):
        mirror_dossier(system, announced(version, system, code=code), at=NOW)
    assert Dossier.objects.count() == 1


class TestNobodyElse:
    """There is one place, and no action passes it."""

    def test_no_action_moves_it(self, system, dossier):
        counter = actor_for(MembershipFactory(agency=system.agency, counter=True))
        with pytest.raises(StatusOfAnotherSystem, match="bộ, ngành"):
            withdraw(counter, dossier, reason="Theo đơn của người nộp", at=NOW)
        with pytest.raises(StatusOfAnotherSystem):
            move(dossier, to=S.PROCESSING, by=SYSTEM, at=NOW)
        dossier.refresh_from_db()
        assert dossier.state == S.RECEIVED

    def test_the_database_refuses_a_line_without_the_sources_word(self, dossier):
        with pytest.raises(DatabaseError, match="another system"), transaction.atomic():
            dossier.changes.create(before="received", after="done", at=NOW)

    def test_no_counter_takes_such_a_procedure_in(self, version, system):
        counter = actor_for(MembershipFactory(agency=system.agency, counter=True))
        filing = replace(announced(version, system).filing, channel=Channel.COUNTER)
        with pytest.raises(NotTakenHere, match="bộ, ngành"):
            receive(counter, filing, at=NOW)

    def test_a_ministry_does_not_move_what_is_ours(self, system):
        ours = DossierFactory(version=ProcedureVersionFactory(), agency=system.agency)
        with pytest.raises(NotPermitted, match="hệ thống của tỉnh"):
            mirror_status(system, ours, said(S.DONE), at=NOW)
        with pytest.raises(MirrorRefused, match="hệ thống của tỉnh"):
            mirror_dossier(system, announced(ours.version, system), at=NOW)

    def test_people_and_other_agencies_systems_say_nothing(self, version, system, dossier):
        person = replace(system, machine_key="")
        stranger = replace(actor_for(MembershipFactory(registry=True)), machine_key="egov-000000000000")
        for outsider in (person, stranger):
            with pytest.raises(NotPermitted):
                mirror_status(outsider, dossier, said(S.DONE), at=NOW)
        with pytest.raises(NotPermitted):
            mirror_dossier(person, announced(version, system), at=NOW)
        assert MirroredStatus.objects.count() == 1
