"""Agencies, their place in the tree, and who serves in them."""

from datetime import date

import factory

from egov.organizations.actor import Actor
from egov.organizations.enums import AgencyKind, Branch, Capacity, CodeScheme, Level, Role
from egov.organizations.models import (
    AdministrativeUnit,
    Agency,
    AgencyCode,
    Delegation,
    Department,
    Membership,
    Placement,
)
from tests.factories.accounts import UserFactory

# Far enough back that agencies and positions of tests hold on the fixed day and on a real one.
LONG_AGO = date(2021, 1, 1)


class UnitFactory(factory.django.DjangoModelFactory):
    """A territory; its codes start high so that they do not meet those of the real units."""

    class Meta:
        model = AdministrativeUnit

    class Params:
        province = factory.Trait(level=Level.PROVINCE, kind="Tỉnh")
        district = factory.Trait(level=Level.DISTRICT, kind="Huyện")

    code = factory.Sequence(lambda n: f"{90000 + n}")
    name = factory.Sequence(lambda n: f"Xã Thử {n}")
    kind = "Xã"
    level = Level.COMMUNE
    latitude = 20.45
    longitude = 106.34


class AgencyFactory(factory.django.DjangoModelFactory):
    """A commune's People's Committee unless a trait says otherwise, placed below ``parent`` (none: a root).

    Also writes its AgencyCode and its Placement, as the real founding of an agency does.
    """

    class Meta:
        model = Agency
        skip_postgeneration_save = True

    class Params:
        province = factory.Trait(
            level=Level.PROVINCE,
            name="Ủy ban nhân dân tỉnh Thái Bình",
            short_name="UBND tỉnh",
            unit=factory.SubFactory(UnitFactory, province=True),
        )
        district = factory.Trait(
            level=Level.DISTRICT,
            name=factory.Sequence(lambda n: f"Ủy ban nhân dân huyện Thử {n}"),
            short_name=factory.Sequence(lambda n: f"UBND huyện Thử {n}"),
            unit=factory.SubFactory(UnitFactory, district=True),
        )
        department = factory.Trait(
            level=Level.PROVINCE,
            kind=AgencyKind.DEPARTMENT,
            name=factory.Sequence(lambda n: f"Sở Thử nghiệm {n}"),
            short_name=factory.Sequence(lambda n: f"Sở Thử nghiệm {n}"),
            abbreviation=factory.Sequence(lambda n: f"STN{n}"),
            unit=factory.SubFactory(UnitFactory, province=True),
        )
        closed = factory.Trait(valid_to=date(2025, 7, 1))

    name = factory.Sequence(lambda n: f"Ủy ban nhân dân xã Thử {n}")
    short_name = factory.Sequence(lambda n: f"UBND xã Thử {n}")
    abbreviation = "UBND"
    kind = AgencyKind.PEOPLES_COMMITTEE
    branch = Branch.STATE
    level = Level.COMMUNE
    unit = factory.SubFactory(UnitFactory)
    code = factory.Sequence(lambda n: f"H99.{n // 1000}.{n % 1000}")
    valid_from = LONG_AGO

    @factory.post_generation
    def parent(self, create: bool, extracted: Agency | None, **kwargs: object) -> None:
        AgencyCode.objects.create(
            agency=self,
            code=self.code,
            scheme=CodeScheme.QD20,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
        )
        above = extracted.placements.latest("valid_from") if extracted else None
        Placement.objects.create(
            agency=self,
            parent=extracted,
            path=f"{above.path if above else '/'}{self.pk}/",
            depth=above.depth + 1 if above else 0,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
        )


class DepartmentFactory(factory.django.DjangoModelFactory):
    """A room inside an agency."""

    class Meta:
        model = Department

    agency = factory.SubFactory(AgencyFactory)
    name = factory.Sequence(lambda n: f"Phòng Tổng hợp {n}")
    abbreviation = "TH"


class MembershipFactory(factory.django.DjangoModelFactory):
    """A specialist's position unless a trait says otherwise."""

    class Meta:
        model = Membership

    class Params:
        registry = factory.Trait(role=Role.REGISTRY, position="Văn thư")
        leader = factory.Trait(role=Role.LEADER, position="Chủ tịch", is_head=True)
        deputy = factory.Trait(role=Role.LEADER, position="Phó Chủ tịch")
        office_head = factory.Trait(role=Role.OFFICE_HEAD, position="Chánh Văn phòng")
        counter = factory.Trait(role=Role.COUNTER, position="Cán bộ tiếp nhận và trả kết quả")
        specialist = factory.Trait(role=Role.SPECIALIST, position="Chuyên viên")
        agency_admin = factory.Trait(role=Role.AGENCY_ADMIN, position="Quản trị cơ quan")
        system_admin = factory.Trait(role=Role.SYSTEM_ADMIN, position="Quản trị hệ thống")
        ended = factory.Trait(valid_to=date(2025, 1, 1))

    user = factory.SubFactory(UserFactory)
    agency = factory.SubFactory(AgencyFactory)
    position = "Chuyên viên"
    role = Role.SPECIALIST
    valid_from = LONG_AGO


class DelegationFactory(factory.django.DjangoModelFactory):
    """TL. for decisions and official letters, between two positions of one agency."""

    class Meta:
        model = Delegation

    class Params:
        tuq = factory.Trait(capacity=Capacity.TUQ, valid_to=date(2030, 1, 1))

    grantor = factory.SubFactory(MembershipFactory, leader=True)
    holder = factory.SubFactory(
        MembershipFactory, office_head=True, agency=factory.SelfAttribute("..grantor.agency")
    )
    capacity = Capacity.TL
    kinds = factory.LazyFunction(lambda: ["QĐ", "CV"])
    basis = "Quy chế làm việc số 01/2025/QĐ-UBND"
    valid_from = LONG_AGO


def actor_for(membership: Membership, *, second_factor: bool = True, address: str = "127.0.0.1") -> Actor:
    """The person acting in this position."""
    return Actor(
        user=membership.user,
        membership=membership,
        agency=membership.agency,
        second_factor=second_factor,
        address=address,
    )
