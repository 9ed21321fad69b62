"""What was handed over wrong is mended in a dossier of its own."""

import pytest

from egov.workflow.refusal import NotPermitted
from onestop.actions.correct import AlreadyBeingCorrected, CorrectionNeedsReason, correct
from onestop.actions.finish import finish
from onestop.actions.record_result import record_result
from onestop.actions.return_result import Collector, return_result
from onestop.enums import LegState, StepState
from onestop.models import Dossier
from onestop.seeding.standard_forms import load_standard_forms
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.dossiers import OWNER_NUMBER, processing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.procedures import ProcedureVersionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
OWNER = Collector(name="Vũ Thị Em", number=OWNER_NUMBER)


@pytest.fixture
def unit() -> Unit:
    return make_unit()


@pytest.fixture
def returned(unit: Unit) -> Dossier:
    load_standard_forms()
    version = ProcedureVersionFactory()
    rule = version.cases.get().channel_rules.get(channel="counter")
    dossier = processing(version, counter=unit.counter, channel_rule=rule)
    record_result(unit.leader, dossier, unit.content(dossier, at=NOW, signed=False), at=NOW)
    finish(unit.counter, dossier, at=NOW)
    return_result(unit.counter, dossier, OWNER, at=NOW)
    dossier.refresh_from_db()
    return dossier


def test_a_correction_is_a_dossier_linked_to_the_first_with_a_code_and_a_day_of_its_own(
    unit: Unit, returned: Dossier
):
    correction = correct(unit.counter, returned, reason="Sai chữ đệm trong tên mẹ", at=NOW)
    assert correction.corrects == returned
    assert correction.code != returned.code
    assert correction.content.endswith("Sai chữ đệm trong tên mẹ")
    assert (correction.received_at, correction.due_at > NOW) == (NOW, True)
    assert correction.owner.pk != returned.owner.pk
    assert correction.owner.name == returned.owner.name
    assert correction.legs.exists()
    returned.refresh_from_db()
    assert returned.state == "returned"


def test_its_result_takes_the_place_of_the_wrong_one(unit: Unit, returned: Dossier):
    correction = correct(unit.counter, returned, reason="Sai tên", at=NOW)
    Dossier.objects.filter(pk=correction.pk).update(state="processing")
    correction.legs.update(state=LegState.DONE)
    correction.legs.get().steps.update(state=StepState.DONE)
    record_result(unit.leader, correction, unit.content(correction, at=NOW, signed=False), at=NOW)
    finish(unit.counter, correction, at=NOW)
    wrong, right = returned.results.get(), correction.results.get()
    assert (wrong.validity, right.validity, right.replaces) == ("replaced", "valid", wrong)
    assert (wrong.kept_as.validity, right.kept_as.validity) == ("replaced", "valid")


def test_one_correction_at_a_time_and_with_its_reason(unit: Unit, returned: Dossier):
    with pytest.raises(CorrectionNeedsReason):
        correct(unit.counter, returned, reason="  ", at=NOW)
    correct(unit.counter, returned, reason="Sai tên", at=NOW)
    with pytest.raises(AlreadyBeingCorrected):
        correct(unit.counter, returned, reason="Sai tên", at=NOW)


def test_only_what_was_handed_over(unit: Unit):
    dossier = processing(ProcedureVersionFactory(), counter=unit.counter)
    with pytest.raises(NotPermitted, match="đã trả"):
        correct(unit.counter, dossier, reason="Sai tên", at=NOW)


def test_outsiders_are_refused(unit: Unit, returned: Dossier, cast):
    for actor in (cast.dung, cast.em, unit.specialist, unit.leader):
        with pytest.raises(NotPermitted):
            correct(actor, returned, reason="Sai tên", at=NOW)
    assert Dossier.objects.count() == 1
