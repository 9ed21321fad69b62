"""The tree, asked for on a date, at any depth."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from egov.organizations.enums import CodeScheme, Level
from egov.organizations.models import Agency, AgencyCode, Placement
from egov.organizations.queries import tree
from tests.factories.organizations import LONG_AGO, AgencyFactory

pytestmark = pytest.mark.django_db
TODAY = date(2025, 9, 15)


@pytest.fixture
def chain() -> list[Agency]:
    """Six agencies, each below the one before: nothing assumes three levels."""
    agencies = [AgencyFactory(province=True)]
    for _ in range(5):
        agencies.append(AgencyFactory(parent=agencies[-1]))
    return agencies


def test_path_above_and_below_at_any_depth(chain):
    top, *_, bottom = chain
    assert tree.root(TODAY) == top
    assert tree.path(bottom, TODAY) == chain
    assert tree.above(bottom, TODAY) == chain[-2::-1]
    assert set(tree.below(top, TODAY)) == set(chain[1:])
    assert set(tree.self_and_below(chain[3], TODAY)) == set(chain[3:])
    assert list(tree.children(chain[2], TODAY)) == [chain[3]]
    assert tree.above(top, TODAY) == []


def test_below_means_below(chain):
    assert tree.is_below(chain[5], chain[1], TODAY)
    assert not tree.is_below(chain[1], chain[5], TODAY)
    assert not tree.is_below(chain[1], chain[1], TODAY)


def test_a_key_that_begins_like_another_is_not_below_it(chain):
    """``/12/`` is not below ``/1/``: every key is closed by a slash."""
    neighbour = AgencyFactory(parent=chain[0])
    Placement.objects.filter(agency=neighbour).update(path=f"/{chain[0].pk}/{chain[1].pk}9/")
    assert neighbour not in tree.self_and_below(chain[1], TODAY)


def test_before_it_was_founded_and_after_its_end_an_agency_has_no_place(chain):
    ended = AgencyFactory(parent=chain[0], closed=True)
    assert tree.place_of(ended, date(2025, 6, 30))
    for day in (date(2020, 12, 31), date(2025, 7, 1)):
        with pytest.raises(tree.NoPlace):
            tree.place_of(ended, day)
    assert ended not in tree.below(chain[0], TODAY)
    assert tree.root(date(2020, 12, 31)) is None


def test_a_place_does_not_outlive_its_agency(chain):
    Agency.objects.filter(pk=chain[5].pk).update(valid_to=date(2025, 7, 1))
    assert chain[5] not in tree.below(chain[0], TODAY)
    assert chain[5] in tree.below(chain[0], date(2025, 6, 30))


@pytest.mark.rule("documents", 41)
def test_districts_are_there_on_30_june_2025_and_not_on_1_july():
    province = AgencyFactory(province=True)
    district = AgencyFactory(district=True, parent=province, closed=True)
    commune = AgencyFactory(parent=district)
    Placement.objects.filter(agency=commune).update(valid_to=date(2025, 7, 1))
    Placement.objects.create(
        agency=commune,
        parent=province,
        path=f"/{province.pk}/{commune.pk}/",
        depth=1,
        valid_from=date(2025, 7, 1),
    )
    assert tree.path(commune, date(2025, 6, 30)) == [province, district, commune]
    assert tree.path(commune, date(2025, 7, 1)) == [province, commune]
    levels = {one.level for one in tree.level_counts(date(2025, 7, 1))}
    assert levels == {Level.PROVINCE, Level.COMMUNE}


def test_counts_may_start_anywhere(chain):
    assert sum(one.agencies for one in tree.level_counts(TODAY)) == 6
    assert sum(one.agencies for one in tree.level_counts(TODAY, under=chain[4])) == 2


def test_an_agency_hangs_in_one_place_at_a_time(chain):
    agency = chain[2]
    with pytest.raises(IntegrityError, match="placement_one_at_a_time"), transaction.atomic():
        Placement.objects.create(
            agency=agency, parent=chain[0], path="/x/", depth=1, valid_from=date(2025, 1, 1)
        )
    Placement.objects.filter(agency=agency).update(valid_to=date(2025, 1, 1))
    Placement.objects.create(agency=agency, parent=chain[0], path="/x/", depth=1, valid_from=date(2025, 1, 1))


@pytest.mark.rule("documents", 44)
def test_a_code_given_anew_means_who_holds_it_on_that_day():
    first, second = AgencyFactory(), AgencyFactory()
    handed_over = date(2025, 7, 1)
    AgencyCode.objects.create(
        agency=first, code="H54.50", scheme=CodeScheme.QD20, valid_from=LONG_AGO, valid_to=handed_over
    )
    AgencyCode.objects.create(agency=second, code="H54.50", scheme=CodeScheme.QD20, valid_from=handed_over)
    assert tree.resolve_code("H54.50", date(2025, 6, 30)) == first
    assert tree.resolve_code("H54.50", handed_over) == second


def test_a_code_cannot_mean_two_agencies_on_one_day():
    first, second = AgencyFactory(), AgencyFactory()
    AgencyCode.objects.create(agency=first, code="H54.50", scheme=CodeScheme.QD20, valid_from=LONG_AGO)
    with pytest.raises(IntegrityError, match="agency_code_one_at_a_time"):
        AgencyCode.objects.create(
            agency=second, code="H54.50", scheme=CodeScheme.QCVN102, valid_from=date(2025, 1, 1)
        )


def test_many_codes_cost_one_query(chain, django_assert_num_queries):
    codes = [agency.code for agency in chain]
    with django_assert_num_queries(1):
        assert tree.resolve_codes([*codes, "H00"], TODAY) == dict(zip(codes, chain, strict=True))
