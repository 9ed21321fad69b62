"""Finding a procedure: by its code in either shape, or by words without accents; first one's own."""

import pytest

from onestop.exchange.catalogue.record import NotReadable, split_code
from onestop.queries.catalogue import find_procedures
from tests.conftest import MONDAY_MORNING as AT
from tests.factories.catalogue_people import Keepers, make_keepers
from tests.factories.procedures import ProcedureVersionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def keepers() -> Keepers:
    return make_keepers()


@pytest.mark.rule("onestop", 1)
@pytest.mark.parametrize(
    ("written", "split"),
    [
        ("1.004873", ("1.004873", "")),
        ("1.000948.H38", ("1.000948", "H38")),
        ("2.001218.000.00.00.H38", ("2.001218", "000.00.00.H38")),
    ],
)
def test_the_suffix_of_a_portal_is_kept_apart(written, split):
    assert split_code(written) == split


@pytest.mark.rule("onestop", 1)
@pytest.mark.parametrize(
    "written", ["", "1.00487", "10.004873", "1,004873", "1.004873x", "١.004873", "1.004873."]
)
def test_other_shapes_are_no_code(written):
    with pytest.raises(NotReadable):
        split_code(written)


@pytest.mark.rule("onestop", 1)
@pytest.mark.parametrize(
    "typed", ["1.001193", "1.001193.H54", "1.0011", "1.001193.h5", "khai sinh", "KHAI sin"]
)
def test_a_procedure_is_found_by_either_code_or_by_words(keepers, typed):
    version = ProcedureVersionFactory(
        procedure__national_code="1.001193", procedure__agency=keepers.province, name="Đăng ký khai sinh"
    )
    ProcedureVersionFactory(name="Chứng thực chữ ký")
    assert list(find_procedures(typed, keepers.commune, AT.date())) == [version]


@pytest.mark.parametrize("typed", ["1.001193.H55", "9.999999", "khai tu"])
def test_what_does_not_fit_is_not_found(keepers, typed):
    ProcedureVersionFactory(
        procedure__national_code="1.001193", procedure__agency=keepers.province, name="Đăng ký khai sinh"
    )
    assert not find_procedures(typed, keepers.commune, AT.date()).exists()


def test_what_the_agency_decides_itself_comes_first(keepers):
    elsewhere = ProcedureVersionFactory(procedure__provincial=True, name="Đăng ký doanh nghiệp")
    own = ProcedureVersionFactory(procedure__agency=keepers.province, name="Đăng ký khai sinh")
    tied = ProcedureVersionFactory(
        procedure__provincial=True, name="Đăng ký tại chỗ", across_boundaries=False
    )
    assert list(find_procedures("dang", keepers.commune, AT.date())) == [own, elsewhere]
    assert tied in find_procedures("dang", tied.procedure.agency, AT.date())


def test_only_what_is_in_force_is_found(keepers):
    for trait in ("draft", "verified", "abolished"):
        ProcedureVersionFactory(procedure__agency=keepers.province, **{trait: True})
    assert not find_procedures("", keepers.commune, AT.date()).exists()
