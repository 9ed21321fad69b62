"""Founding, moving, closing and merging agencies."""

from datetime import date

import pytest

from egov.organizations.actions.close_agency import (
    HasAgenciesBelow,
    HasLaterPlace,
    NotExisting,
    close_agency,
)
from egov.organizations.actions.create_agency import CodeTaken, Founding, ParentNotThere, create_agency
from egov.organizations.actions.merge_agencies import NothingToMerge, SuccessorNotThere, merge_agencies
from egov.organizations.actions.place_agency import MovedLater, NotPlaced, UnderItself, place_agency
from egov.organizations.enums import AgencyKind, Branch, CodeScheme, Level
from egov.organizations.models import Agency, AgencyCode, Placement
from egov.organizations.queries import tree
from egov.workflow.refusal import NotPermitted
from tests.factories.organizations import AgencyFactory, MembershipFactory, UnitFactory, actor_for

pytestmark = pytest.mark.django_db
BEFORE, DAY, AFTER = date(2025, 6, 30), date(2025, 7, 1), date(2025, 7, 2)


@pytest.fixture
def admin():
    return actor_for(MembershipFactory(system_admin=True))


@pytest.fixture
def province():
    return AgencyFactory(province=True)


@pytest.fixture
def district(province):
    return AgencyFactory(district=True, parent=province)


@pytest.fixture
def communes(district):
    return [AgencyFactory(parent=district) for _ in range(3)]


def founding(code: str = "H54.60", valid_from: date = DAY) -> Founding:
    return Founding(
        name="Sở Ngoại vụ tỉnh Thái Bình",
        short_name="Sở Ngoại vụ",
        abbreviation="SNgV",
        kind=AgencyKind.DEPARTMENT,
        branch=Branch.STATE,
        level=Level.PROVINCE,
        unit=UnitFactory(province=True),
        code=code,
        valid_from=valid_from,
    )


class TestCreate:
    """An agency begins."""

    def test_it_exists_from_its_first_day_with_code_and_place(self, admin, province):
        agency = create_agency(admin, province, founding=founding(" h54.60 "))
        assert tree.path(agency, DAY) == [province, agency]
        assert tree.resolve_code("H54.60", DAY) == agency
        assert tree.resolve_code("H54.60", BEFORE) is None

    def test_a_code_of_another_is_refused(self, admin, province):
        with pytest.raises(CodeTaken, match=province.code):
            create_agency(admin, province, founding=founding(province.code))

    def test_nothing_is_founded_below_what_has_ended(self, admin):
        with pytest.raises(ParentNotThere):
            create_agency(admin, AgencyFactory(closed=True), founding=founding())


class TestPlace:
    """An agency moves with everything below it."""

    @pytest.mark.rule("documents", 41)
    def test_both_trees_can_be_asked_for(self, admin, province, district, communes):
        other = AgencyFactory(district=True, parent=province)
        hamlet = AgencyFactory(parent=communes[0])
        place_agency(admin, district, parent=other, on=DAY)
        assert tree.path(hamlet, BEFORE) == [province, district, communes[0], hamlet]
        assert tree.path(hamlet, DAY) == [province, other, district, communes[0], hamlet]
        assert set(tree.below(other, DAY)) == {district, *communes, hamlet}
        assert not tree.below(other, BEFORE).exists()
        depths = (
            Placement.objects.filter(agency=hamlet).order_by("valid_from").values_list("depth", flat=True)
        )
        assert list(depths) == [3, 4]

    def test_the_cost_does_not_grow_with_the_subtree(self, admin, province, django_assert_max_num_queries):
        one, many = (AgencyFactory(district=True, parent=province) for _ in range(2))
        other = AgencyFactory(district=True, parent=province)
        for _ in range(30):
            AgencyFactory(parent=many)
        for district in (one, many):
            with django_assert_max_num_queries(18):
                place_agency(admin, district, parent=other, on=DAY)

    def test_twice_on_one_day_is_the_second_one(self, admin, province, district, communes):
        first, second = (AgencyFactory(district=True, parent=province) for _ in range(2))
        place_agency(admin, communes[0], parent=first, on=DAY)
        place_agency(admin, communes[0], parent=second, on=DAY)
        assert tree.above(communes[0], DAY) == [second, province]
        assert tree.above(communes[0], BEFORE) == [district, province]

    def test_not_below_itself(self, admin, district, communes):
        for parent in (district, communes[0]):
            with pytest.raises(UnderItself):
                place_agency(admin, district, parent=parent, on=DAY)

    def test_not_before_a_later_move(self, admin, province, communes):
        place_agency(admin, communes[0], parent=province, on=AFTER)
        with pytest.raises(MovedLater):
            place_agency(admin, communes[0], parent=province, on=DAY)

    def test_not_when_it_has_ended(self, admin, province):
        with pytest.raises(NotPlaced):
            place_agency(admin, AgencyFactory(parent=province, closed=True), parent=province, on=DAY)


class TestClose:
    """An agency ends."""

    @pytest.mark.rule("documents", 42)
    def test_from_that_day_on_it_does_not_exist(self, admin, communes):
        close_agency(admin, communes[0], on=DAY)
        ended = Agency.objects.get(pk=communes[0].pk)
        assert ended.exists_on(BEFORE)
        assert not ended.exists_on(DAY)
        assert tree.resolve_code(ended.code, BEFORE) == ended
        assert tree.resolve_code(ended.code, DAY) is None
        assert not tree.placements(DAY).filter(agency=ended).exists()
        assert tree.place_of(ended, BEFORE)

    def test_its_code_may_mean_another_agency_afterwards(self, admin, communes):
        ended, heir = communes[:2]
        close_agency(admin, ended, on=DAY)
        AgencyCode.objects.create(agency=heir, code=ended.code, scheme=CodeScheme.QD20, valid_from=DAY)
        assert tree.resolve_code(ended.code, BEFORE) == ended
        assert tree.resolve_code(ended.code, DAY) == heir

    def test_its_people_hold_no_position_any_more(self, admin, communes):
        clerk = MembershipFactory(agency=communes[0], registry=True)
        close_agency(admin, communes[0], on=DAY)
        assert clerk in type(clerk).objects.current(BEFORE)
        assert clerk not in type(clerk).objects.current(DAY)

    def test_not_while_agencies_hang_below(self, admin, district, communes):
        with pytest.raises(HasAgenciesBelow):
            close_agency(admin, district, on=DAY)

    def test_not_twice_and_not_before_it_began(self, admin, communes):
        close_agency(admin, communes[0], on=DAY)
        for day in (AFTER, communes[0].valid_from):
            with pytest.raises(NotExisting):
                close_agency(admin, communes[0], on=day)

    def test_not_before_a_later_move(self, admin, province, communes):
        place_agency(admin, communes[0], parent=province, on=AFTER)
        with pytest.raises(HasLaterPlace):
            close_agency(admin, communes[0], on=DAY)


class TestMerge:
    """One agency takes over from others."""

    def test_they_end_and_what_hung_below_moves(self, admin, province, district, communes):
        village = AgencyFactory(parent=communes[1])
        merge_agencies(
            admin, communes[0], predecessors=communes[1:], on=DAY, basis="Nghị quyết 1666/NQ-UBTVQH15"
        )
        assert list(tree.children(district, DAY)) == [communes[0]]
        assert tree.path(village, DAY) == [province, district, communes[0], village]
        for ended in communes[1:]:
            assert list(tree.successors(ended, DAY)) == [communes[0]]
            assert list(tree.successors(ended, BEFORE)) == []

    def test_a_district_gives_its_communes_to_the_province(self, admin, province, district, communes):
        merge_agencies(admin, province, predecessors=[district], on=DAY, basis="Luật 72/2025/QH15")
        assert all(tree.above(commune, DAY) == [province] for commune in communes)

    def test_not_with_itself_alone_and_not_into_what_has_ended(self, admin, communes):
        with pytest.raises(NothingToMerge):
            merge_agencies(admin, communes[0], predecessors=[communes[0]], on=DAY, basis="")
        with pytest.raises(SuccessorNotThere):
            merge_agencies(admin, AgencyFactory(closed=True), predecessors=communes, on=DAY, basis="")


class TestOutsiders:
    """Only the administrator of the system, and only with a second factor."""

    @pytest.fixture(params=["an", "binh", "chi", "dung", "em", "agency_admin", "without_second_factor"])
    def outsider(self, request, cast):
        if request.param == "agency_admin":
            return actor_for(MembershipFactory(agency=cast.an.agency, agency_admin=True))
        if request.param == "without_second_factor":
            return actor_for(MembershipFactory(system_admin=True), second_factor=False)
        return getattr(cast, request.param)

    def test_every_change_of_the_tree_is_refused(self, outsider, province, district, communes):
        with pytest.raises(NotPermitted):
            create_agency(outsider, province, founding=founding())
        with pytest.raises(NotPermitted):
            place_agency(outsider, communes[0], parent=province, on=DAY)
        with pytest.raises(NotPermitted):
            close_agency(outsider, communes[0], on=DAY)
        with pytest.raises(NotPermitted):
            merge_agencies(outsider, communes[0], predecessors=communes[1:], on=DAY, basis="")
        assert tree.children(district, AFTER).count() == 3
