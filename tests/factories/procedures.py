"""Procedures of the catalogue, complete unless told otherwise.

``ProcedureVersionFactory()`` is active with one case: 3 working days at the counter, by post and online, two
papers to hand in and one to show, a charge of 50,000 dong, one leg with four steps (counter, specialist,
leader, counter). An active version is locked by the database: say what differs when making it::

    ProcedureVersionFactory(case__limit=Limit(15, LimitUnit.CALENDAR_DAYS), case__amount=None)
    version = ProcedureVersionFactory(draft=True)
    CaseFactory(version=version, order=2, name="…")
    activated(version)
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import factory

from egov.organizations.enums import Level, Role
from egov.workdays.limit import Limit, LimitUnit
from onestop.enums import (
    ApplicantKind,
    Channel,
    EffectKind,
    FeeBasis,
    LegAgency,
    RequirementKind,
    StopReason,
    VersionState,
)
from onestop.models import (
    AnnouncingDecision,
    Case,
    ChannelRule,
    DecisionEffect,
    FeeRule,
    PlannedLeg,
    PlannedStep,
    Procedure,
    ProcedureVersion,
    Requirement,
    ResultKind,
    Sector,
)
from tests.factories.organizations import AgencyFactory, MembershipFactory

IN_FORCE = date(2021, 1, 1)
VERIFIED_AT = datetime(2020, 12, 28, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


class SectorFactory(factory.django.DjangoModelFactory):
    """Hộ tịch; an existing sector of that code is taken as it is."""

    class Meta:
        model = Sector
        django_get_or_create = ("code",)

    code = "G15-HT"
    name = "Hộ tịch"


class ProcedureFactory(factory.django.DjangoModelFactory):
    """In the province's list and decided by the communes; ``provincial`` is decided by its own agency."""

    class Meta:
        model = Procedure

    class Params:
        provincial = factory.Trait(
            agency=factory.SubFactory(AgencyFactory, department=True), level=Level.PROVINCE
        )

    national_code = factory.Sequence(lambda n: f"1.{100000 + n}")
    suffix = "H54"
    agency = factory.SubFactory(AgencyFactory, province=True)
    level = Level.COMMUNE
    sector = factory.SubFactory(SectorFactory)


class ProcedureVersionFactory(factory.django.DjangoModelFactory):
    """An active version with everything that a dossier needs; ``case=False`` makes none of it.

    ``case__…`` goes to CaseFactory. ``draft`` and ``verified`` are versions that nobody may file by yet.
    """

    class Meta:
        model = ProcedureVersion
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(
            state=VersionState.DRAFT, effective_from=None, verified_by=None, verified_at=None
        )
        verified = factory.Trait(state=VersionState.VERIFIED, effective_from=None)
        abolished = factory.Trait(state=VersionState.ABOLISHED, effective_to=date(2025, 1, 1))
        same_day = factory.Trait(cutoff="15:00")

    procedure = factory.SubFactory(ProcedureFactory)
    number = 1
    state = VersionState.ACTIVE
    name = factory.Sequence(lambda n: f"Đăng ký khai sinh {n + 1}")
    applicant_kinds = factory.LazyFunction(lambda: [ApplicantKind.CITIZEN])
    effective_from = IN_FORCE
    allowed_stops = factory.LazyFunction(lambda: [StopReason.SUPPLEMENT, StopReason.DUTY])
    verified_by = factory.SubFactory(
        MembershipFactory, agency=factory.SelfAttribute("..procedure.agency"), office_head=True
    )
    verified_at = VERIFIED_AT

    @classmethod
    def _create(cls, model_class: type[ProcedureVersion], *args: object, **kwargs: object):
        # Lines are written while it is a draft, as in life.
        state = kwargs.pop("state")
        version = model_class.objects.create(*args, **kwargs)
        version.wanted_state = state
        return version

    @factory.post_generation
    def case(self, create: bool, extracted: bool | None, **kwargs: object) -> None:
        if extracted is not False:
            CaseFactory(version=self, **kwargs)
            ResultKind.objects.create(version=self, code="KQ.G15.000031", name="Giấy khai sinh")

    @classmethod
    def _after_postgeneration(cls, instance: ProcedureVersion, create: bool, results: object = None) -> None:
        super()._after_postgeneration(instance, create, results)
        _set_state(instance, instance.wanted_state)


class CaseFactory(factory.django.DjangoModelFactory):
    """A way of applying with its lines: one ``limit`` for all ``channels``, ``amount`` dong (None: free).

    ``rules=False``, ``papers=False``, ``fee=False``, ``way=False`` leave that kind of line out.
    """

    class Meta:
        model = Case
        skip_postgeneration_save = True

    version = factory.SubFactory(ProcedureVersionFactory, draft=True, case=False)
    order = 1
    name = ""
    limit = Limit(3, LimitUnit.WORKING_DAYS)
    committed: Limit | None = None
    channels = (Channel.COUNTER, Channel.ONLINE, Channel.POST)
    amount: int | None = 50_000

    @classmethod
    def _create(cls, model_class: type[Case], *args: object, **kwargs: object):
        # What is no column is handed on to the lines.
        lines = {key: kwargs.pop(key) for key in ("limit", "committed", "channels", "amount")}
        case = model_class.objects.create(*args, **kwargs)
        case.lines = lines
        return case

    @factory.post_generation
    def rules(self, create: bool, extracted: bool | None, **kwargs: object) -> None:
        if extracted is not False:
            for channel in self.lines["channels"]:
                limits = {key: self.lines[key] for key in ("limit", "committed")}
                ChannelRuleFactory(case=self, channel=channel, **limits)

    @factory.post_generation
    def papers(self, create: bool, extracted: bool | None, **kwargs: object) -> None:
        if extracted is not False:
            RequirementFactory(case=self, order=1, name="Tờ khai đăng ký khai sinh", form_name="Tờ khai")
            RequirementFactory(case=self, order=2, name="Giấy chứng sinh")
            RequirementFactory(case=self, order=3, name="Căn cước của người đi đăng ký", shown=True)

    @factory.post_generation
    def fee(self, create: bool, extracted: bool | None, **kwargs: object) -> None:
        if extracted is not False:
            amount = self.lines["amount"]
            FeeRuleFactory(case=self, amount=amount, free=amount is None)

    @factory.post_generation
    def way(self, create: bool, extracted: bool | None, **kwargs: object) -> None:
        if extracted is not False:
            PlannedLegFactory(case=self)


class ChannelRuleFactory(factory.django.DjangoModelFactory):
    """3 working days at the counter; ``limit=None`` states none, ``no_unit`` one whose unit is unknown."""

    class Meta:
        model = ChannelRule
        exclude = ("limit", "committed")

    class Params:
        no_unit = factory.Trait(legal_unit="")

    case = factory.SubFactory(CaseFactory, rules=False)
    channel = Channel.COUNTER
    limit = Limit(3, LimitUnit.WORKING_DAYS)
    committed = None
    legal_amount = factory.LazyAttribute(lambda o: o.limit.amount if o.limit else None)
    legal_unit = factory.LazyAttribute(lambda o: o.limit.unit if o.limit else "")
    committed_amount = factory.LazyAttribute(lambda o: o.committed.amount if o.committed else None)
    committed_unit = factory.LazyAttribute(lambda o: o.committed.unit if o.committed else "")


class FeeRuleFactory(factory.django.DjangoModelFactory):
    """A confirmed charge of 50,000 dong a dossier; ``undetermined`` waits for the council's amount."""

    class Meta:
        model = FeeRule

    class Params:
        free = factory.Trait(basis=FeeBasis.FREE, amount=None)
        undetermined = factory.Trait(basis=FeeBasis.COUNCIL, amount=None, is_confirmed=False)
        # Certification: 2,000 a page, 1,000 from page 3 on, at most 200,000 a copy.
        per_page = factory.Trait(
            basis=FeeBasis.PER_PAGE, amount=2_000, later_from=3, later_amount=1_000, cap=200_000
        )

    case = factory.SubFactory(CaseFactory, fee=False)
    name = "Lệ phí đăng ký"
    basis = FeeBasis.FIXED
    amount = 50_000
    is_confirmed = True
    legal_basis = "Nghị quyết của Hội đồng nhân dân tỉnh"


class RequirementFactory(factory.django.DjangoModelFactory):
    """One original to hand in; ``shown`` is compared and given back, ``note`` is no paper."""

    class Meta:
        model = Requirement

    class Params:
        shown = factory.Trait(kind=RequirementKind.SHOWN)
        note = factory.Trait(kind=RequirementKind.NOTE, originals=0)

    case = factory.SubFactory(CaseFactory, papers=False)
    order = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"Giấy tờ {n + 1}")
    kind = RequirementKind.SUBMITTED
    originals = 1


class PlannedLegFactory(factory.django.DjangoModelFactory):
    """The receiving agency does it all in 3 working days; ``agency=…`` names another one.

    ``steps=False`` leaves the steps out; by default counter 2 h → specialist 12 h → leader 8 h → counter 2 h.
    """

    class Meta:
        model = PlannedLeg
        skip_postgeneration_save = True

    case = factory.SubFactory(CaseFactory, way=False)
    order = 1
    name = "Giải quyết"
    agency = None
    agency_choice = factory.LazyAttribute(lambda o: LegAgency.NAMED if o.agency else LegAgency.DECIDING)
    amount = 3
    unit = LimitUnit.WORKING_DAYS

    @factory.post_generation
    def steps(self, create: bool, extracted: bool | None, **kwargs: object) -> None:
        if extracted is not False:
            PlannedStepFactory(leg=self, order=1, name="Tiếp nhận", role=Role.COUNTER, followers=[2], hours=2)
            PlannedStepFactory(leg=self, order=2, name="Thẩm định", followers=[3], hours=12)
            PlannedStepFactory(
                leg=self, order=3, name="Phê duyệt", role=Role.LEADER, followers=[2, 4], hours=8
            )
            PlannedStepFactory(leg=self, order=4, name="Trả kết quả", role=Role.COUNTER, hours=2)


class PlannedStepFactory(factory.django.DjangoModelFactory):
    """A specialist's step of 8 working hours, after which nothing follows."""

    class Meta:
        model = PlannedStep

    leg = factory.SubFactory(PlannedLegFactory, steps=False)
    order = 1
    name = "Thẩm định"
    role = Role.SPECIALIST
    hours = 8


class DecisionFactory(factory.django.DjangoModelFactory):
    """A decision of the province's chair that announces procedures, without effect lines."""

    class Meta:
        model = AnnouncingDecision

    number = factory.Sequence(lambda n: f"{1000 + n}/QĐ-UBND")
    issuer = "Chủ tịch Ủy ban nhân dân tỉnh Thái Bình"
    title = "Công bố danh mục thủ tục hành chính"
    issued_on = date(2025, 8, 15)


class EffectFactory(factory.django.DjangoModelFactory):
    """A line of a decision: its version replaces the one in force, from 1 October 2025."""

    class Meta:
        model = DecisionEffect

    decision = factory.SubFactory(DecisionFactory)
    version = factory.SubFactory(ProcedureVersionFactory, verified=True)
    procedure = factory.SelfAttribute("version.procedure")
    kind = EffectKind.AMENDED
    effective_on = date(2025, 10, 1)


def activated(version: ProcedureVersion, *, on: date = IN_FORCE) -> ProcedureVersion:
    """A draft made active without asking: its lines are locked from now on."""
    if version.verified_by is None:
        version.verified_by = MembershipFactory(agency=version.procedure.agency, office_head=True)
    version.verified_at, version.effective_from = VERIFIED_AT, on
    version.save(update_fields=["verified_by", "verified_at", "effective_from"])
    _set_state(version, VersionState.ACTIVE)
    return version


def _set_state(version: ProcedureVersion, state: str) -> None:
    ProcedureVersion.objects.filter(pk=version.pk).update(state=state)
    version.state = state
