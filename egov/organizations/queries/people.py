"""Who serves where, and who may sign for whom, on a day: plain look-ups that rules, forms and pages share."""

from datetime import date

from django.db.models import BooleanField, Exists, F, OuterRef, Q, QuerySet, Value
from django_otp.plugins.otp_totp.models import TOTPDevice

from egov.accounts.models import User
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.models import Agency, Delegation, Membership
from egov.organizations.models.membership import MembershipQuerySet
from egov.organizations.models.period import in_force


def positions_of(user: User, on: date) -> MembershipQuerySet:
    """The positions that a person holds on that day: what they may act in."""
    return Membership.objects.current(on).filter(user=user).select_related("agency", "department")


def people_of(agency: Agency, on: date) -> MembershipQuerySet:
    """The people of an agency on that day: the head, those of the whole agency, then unit by unit."""
    serving = Membership.objects.current(on).filter(agency=agency)
    by_unit = F("department__name").asc(nulls_first=True)
    return serving.select_related("user", "department").order_by("-is_head", by_unit, "pk")


def with_second_factor(rows: MembershipQuerySet) -> MembershipQuerySet:
    """Each row also says, as ``enrolled``, whether the person has an authenticator."""
    return rows.annotate(enrolled=Exists(TOTPDevice.objects.filter(user=OuterRef("user"), confirmed=True)))


def in_care_of(rows: MembershipQuerySet, actor: Actor | SignedOut, on: date) -> MembershipQuerySet:
    """Each row also says, as ``in_care``, what ``Actor.administers`` says of the person, in one statement."""
    if actor.is_(Role.SYSTEM_ADMIN):
        return rows.annotate(in_care=Value(True, output_field=BooleanField()))
    serves_elsewhere = Membership.objects.current(on).filter(
        ~Q(agency_id=actor.agency_id) | Q(role=Role.SYSTEM_ADMIN), user=OuterRef("user")
    )
    return rows.annotate(in_care=~Exists(serves_elsewhere))


def holders(agency: Agency, on: date, *roles: Role) -> MembershipQuerySet:
    """The people of an agency who hold one of these roles on that day."""
    return people_of(agency, on).filter(role__in=roles)


def head_of(agency: Agency, on: date) -> Membership | None:
    """The head of an agency on that day; None while the post is vacant."""
    return people_of(agency, on).filter(is_head=True).first()


def registry_clerks(agency: Agency, on: date) -> MembershipQuerySet:
    """The registry: the only people who number, seal, issue and receive (Decree 30/2020, Art. 14-22)."""
    return holders(agency, on, Role.REGISTRY)


def signers(agency: Agency, on: date) -> MembershipQuerySet:
    """Everybody who may sign something for the agency on that day: leaders, and holders of a delegation."""
    delegated = Exists(
        delegations_in_force(on).filter(holder=OuterRef("pk"), grantor__agency=agency).order_by()
    )
    return people_of(agency, on).filter(Q(role=Role.LEADER) | delegated)


def delegations_in_force(on: date) -> QuerySet[Delegation]:
    """Delegations in force on that day, between two people who both still hold their posts."""
    return Delegation.objects.filter(
        in_force(on),
        in_force(on, "grantor__"),
        in_force(on, "holder__"),
        Q(revoked_at__isnull=True) | Q(revoked_at__date__gt=on),
        grantor__is_head=True,
    ).select_related("grantor__user", "holder__user", "grantor__agency")


def delegations_of(agency: Agency) -> QuerySet[Delegation]:
    """Every delegation of an agency, past ones too, the newest first."""
    return Delegation.objects.filter(grantor__agency=agency).select_related(
        "grantor__user", "holder__user", "grantor__agency"
    )


def delegations_held(member: Membership, on: date) -> QuerySet[Delegation]:
    """What the holder of a position may sign by delegation on that day."""
    return delegations_in_force(on).filter(holder=member)
