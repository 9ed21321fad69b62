"""The seed: the real network of around 2015, the same every time."""

import re
from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import Count
from django.test import TestCase

from egov.accounts.models import User
from egov.audit.models import AuditEvent
from egov.organizations.enums import AgencyKind, Branch, CodeScheme, Level, Role
from egov.organizations.models import AdministrativeUnit, Agency, AgencyCode, Membership, Placement
from egov.organizations.queries import people, tree
from egov.organizations.seeding.codes import CodeBook, CodesExhausted, old_shape
from egov.organizations.seeding.network import seed_network

TODAY = date(2025, 6, 1)


class TestNetwork(TestCase):
    """All of it, loaded once for the class."""

    @classmethod
    def setUpTestData(cls):
        assert seed_network()

    def called(self, short_name: str) -> Agency:
        return Agency.objects.get(short_name=short_name)

    def test_770_agencies_and_8175_accounts(self):
        assert Agency.objects.count() == 770
        assert User.objects.count() == 8175
        assert Membership.objects.count() == 8175

    def test_90_of_the_province_20_a_district_2_a_commune(self):
        units = Counter(AdministrativeUnit.objects.values_list("level", flat=True))
        assert units == {Level.PROVINCE: 1, Level.DISTRICT: 8, Level.COMMUNE: 260}
        per_unit = AdministrativeUnit.objects.annotate(n=Count("agencies"))
        assert {unit.n for unit in per_unit if unit.level == Level.PROVINCE} == {90}
        assert {unit.n for unit in per_unit if unit.level == Level.DISTRICT} == {20}
        assert {unit.n for unit in per_unit if unit.level == Level.COMMUNE} == {2}

    def test_counts_by_level_and_branch(self):
        counts = {(one.level, one.branch): one.agencies for one in tree.level_counts(TODAY)}
        assert counts == {
            (Level.PROVINCE, Branch.STATE): 59,
            (Level.PROVINCE, Branch.PARTY): 12,
            (Level.PROVINCE, Branch.MASS): 19,
            (Level.DISTRICT, Branch.STATE): 112,
            (Level.DISTRICT, Branch.PARTY): 8,
            (Level.DISTRICT, Branch.MASS): 40,
            (Level.COMMUNE, Branch.STATE): 260,
            (Level.COMMUNE, Branch.PARTY): 260,
        }

    def test_a_circular_goes_through_one_and_eight_hops(self):
        root = tree.root(TODAY)
        assert root is not None
        assert root.name == "Ủy ban nhân dân tỉnh Thái Bình"
        with_agencies_below = Placement.objects.exclude(parent=None).values("parent").distinct()
        assert with_agencies_below.count() == 1 + 8
        assert tree.below(root, TODAY).count() == 769
        assert tree.children(root, TODAY).count() == 97

    def test_codes_of_both_generations_are_unique_and_of_the_law_s_shape(self):
        shapes = {CodeScheme.QD20: r"[HK]54(\.\d\d){0,2}", CodeScheme.QCVN102: r"000\.\d\d\.\d\d\.[HK]54"}
        for scheme, shape in shapes.items():
            codes = list(AgencyCode.objects.filter(scheme=scheme).values_list("code", flat=True))
            assert len(set(codes)) == 770
            assert [code for code in codes if not re.fullmatch(shape, code)] == []

    def test_the_committee_and_the_council_have_the_codes_of_the_decision(self):
        assert self.called("UBND tỉnh").code == "H54"
        assert self.called("HĐND tỉnh").code == "K54"

    @pytest.mark.rule("documents", 44)
    def test_any_code_old_or_new_means_the_agency(self):
        agency = self.called("UBND thị trấn Quỳnh Côi")
        old = AgencyCode.objects.get(agency=agency, scheme=CodeScheme.QCVN102).code
        assert len(old) == 13
        for code in (agency.code, old, f" {agency.code.lower()} "):
            assert tree.resolve_code(code, TODAY) == agency
        assert tree.resolve_code("000.00.00.H54", TODAY) == self.called("UBND tỉnh")
        assert tree.resolve_code("H99", TODAY) is None

    @pytest.mark.rule("documents", 44)
    def test_a_code_means_nobody_before_its_time(self):
        assert tree.resolve_code("H54", date(2019, 1, 1)) is None
        assert tree.resolve_code("000.00.00.H54", date(2019, 1, 1)) == self.called("UBND tỉnh")

    def test_names_are_as_on_papers(self):
        commune = self.called("UBND thị trấn Quỳnh Côi")
        assert commune.name == "Ủy ban nhân dân thị trấn Quỳnh Côi"
        assert commune.superior_name == ""
        party = self.called("Đảng ủy thị trấn Quỳnh Côi")
        assert (party.superior_name, party.abbreviation) == ("Đảng bộ huyện Quỳnh Phụ", "ĐU")
        assert self.called("Huyện ủy Quỳnh Phụ").abbreviation == "HU"
        assert self.called("Thành ủy Thái Bình").abbreviation == "ThU"
        home_affairs = self.called("Sở Nội vụ")
        assert (home_affairs.abbreviation, home_affairs.superior_name) == (
            "SNV",
            "Ủy ban nhân dân tỉnh Thái Bình",
        )

    def test_the_city_has_its_own_rooms(self):
        city = AdministrativeUnit.objects.get(name="Thành phố Thái Bình")
        names = set(city.agencies.values_list("short_name", flat=True))
        assert {"Phòng Quản lý đô thị thành phố Thái Bình", "Phòng Kinh tế thành phố Thái Bình"} <= names
        assert not any("Nông nghiệp" in name for name in names)

    def test_every_agency_can_do_its_work(self):
        for agency in Agency.objects.all():
            roles = Counter(agency.memberships.values_list("role", flat=True))
            assert roles[Role.LEADER] >= 2, agency
            assert roles[Role.REGISTRY] in (1, 2), agency
            assert agency.memberships.filter(is_head=True).count() == 1, agency
            assert roles[Role.OFFICE_HEAD] or agency.memberships.count() < 14, agency
        assert Membership.objects.filter(role=Role.SYSTEM_ADMIN).count() == 1

    def test_everybody_sits_in_a_unit_of_their_own_agency(self):
        sitting = Membership.objects.exclude(department=None).select_related("department")
        assert all(one.agency_id == one.department.agency_id for one in sitting)

    def test_accounts_are_closed_until_invited(self):
        user = User.objects.first()
        assert user is not None
        assert not user.has_usable_password()
        assert all(
            re.fullmatch(r"[a-z]{2,}[0-9]*", name) for name in User.objects.values_list("username", flat=True)
        )

    def test_nothing_can_be_mailed_to_a_real_office(self):
        assert not User.objects.exclude(email__endswith=".example").exists()
        assert not Agency.objects.exclude(email__endswith=".example").exists()

    def test_a_second_load_changes_nothing(self):
        assert not seed_network()
        assert Agency.objects.count() == 770
        assert AuditEvent.objects.filter(action="organizations.seed_network").count() == 1

    def test_the_command_says_what_it_did(self):
        call_command("seed_network", stdout=(out := StringIO()))
        assert out.getvalue() == "network was loaded before\n"

    def test_pickers_cost_one_query(self):
        agency = self.called("UBND tỉnh")
        with self.assertNumQueries(1):
            listed = [(one.user.full_name, one.department) for one in people.people_of(agency, TODAY)]
        assert len(listed) == agency.memberships.count()

    def test_kinds_follow_the_name(self):
        assert self.called("Huyện ủy Quỳnh Phụ").kind == AgencyKind.PARTY_COMMITTEE
        assert self.called("Công an tỉnh").kind == AgencyKind.CENTRAL_BODY


class TestCodes:
    """Making codes."""

    @pytest.mark.parametrize(
        ("new", "old"),
        [("H54", "000.00.00.H54"), ("H54.71", "000.00.71.H54"), ("H54.71.21", "000.21.71.H54")],
    )
    def test_the_old_shape_reverses_the_groups(self, new, old):
        assert old_shape(new) == old

    def test_two_digits_run_out_with_words(self):
        book = CodeBook()
        assert book.next_below("H54", start=97) == "H54.98"
        assert book.next_below("H54") == "H54.99"
        with pytest.raises(CodesExhausted):
            book.next_below("H54")
