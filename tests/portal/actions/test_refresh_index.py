"""The index follows the catalogue and the network by their own days."""

from datetime import date

import pytest

from onestop.models import LifeEvent
from portal.actions.refresh_index import refresh_index
from portal.enums import FindableKind
from portal.models import Findable, index_entry
from portal.queries.finding import find
from tests.factories.procedures import ProcedureVersionFactory, activated

pytestmark = pytest.mark.django_db
TODAY = date(2025, 9, 15)


def titles(kind):
    return list(Findable.objects.filter(kind=kind).values_list("title", flat=True))


def test_it_writes_only_what_differs():
    ProcedureVersionFactory(name="Đăng ký khai sinh")
    assert refresh_index(TODAY) > 0
    assert refresh_index(TODAY) == 0


def test_what_is_not_in_force_on_the_day_is_not_found():
    ProcedureVersionFactory(name="Cũ", abolished=True)
    activated(ProcedureVersionFactory(name="Sắp tới", draft=True), on=date(2025, 10, 1))
    refresh_index(TODAY)
    assert titles(FindableKind.PROCEDURE) == []
    refresh_index(date(2025, 10, 1))
    assert titles(FindableKind.PROCEDURE) == ["Sắp tới"]
    refresh_index(TODAY)
    assert titles(FindableKind.PROCEDURE) == []


def test_what_others_told_stays():
    index_entry(kind=FindableKind.NEWS, key="1", title="Tin", url="/news/1/", language="vi")
    refresh_index(TODAY)
    assert titles(FindableKind.NEWS) == ["Tin"]


def test_a_procedure_is_found_by_its_keywords_its_event_and_its_code():
    version = ProcedureVersionFactory(name="Đăng ký khai sinh", keywords="giấy chứng sinh")
    event = LifeEvent.objects.create(code="birth", name="Em bé chào đời", order=1)
    event.procedures.set([version.procedure])
    refresh_index(TODAY)
    for text in ("giay chung sinh", "em be chao doi", version.procedure.local_code):
        found = find(text, language="vi", kinds=[FindableKind.PROCEDURE])
        assert [hit.title for hit in found.hits] == ["Đăng ký khai sinh"], text
