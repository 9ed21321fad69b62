"""Gives the cast their names, passwords, authenticators, certificates and seals."""

from binascii import hexlify
from datetime import timedelta
from secrets import token_bytes

from django.db import transaction
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from documents.management.demo import signins
from documents.management.demo.cast import (
    CAST,
    PROVINCE,
    PROVINCE_OFFICE,
    SEALED,
    Part,
    agency_called,
    post_of,
)
from documents.management.demo.signins import Seal, Signin, Signins
from egov.accounts.models import User
from egov.organizations.enums import Capacity, Role
from egov.organizations.models import Agency, Delegation, Membership
from egov.organizations.seeding.planner import MAIL_DOMAIN, VALID_FROM
from egov.signing.authority.demo import issue_certificate
from egov.signing.models import Certificate

TOTP_KEY_BYTES = 20
# Certificates begun so long ago sign the demo's papers of the last year on their own days.
HELD_FOR = timedelta(days=400)


def enrol_cast() -> bool:
    """Make the cast able to sign in, sign and seal; False when every one of them already is.

    A second run changes nothing. A lost file, a certificate that ran out or a fresh database are mended.
    """
    before = signins.read()
    with transaction.atomic():
        after = Signins(
            people=[_enrol(part, before) for part in CAST],
            seals=[_provide_seal(agency_called(name), before) for name in SEALED],
        )
        _give_second_position()
        _let_office_head_sign()
        if after != before:
            # Before the commit: what cannot be told to anybody must not be in force.
            signins.write(after)
    return after != before


def _enrol(part: Part, before: Signins) -> Signin:
    post = post_of(part)
    user = post.user
    try:
        held = before.person(part.username)
    except KeyError:
        held = None
    if held and _opens(held, user):
        signin = held
    else:
        signin = Signin(
            username=part.username,
            full_name=part.full_name,
            position=post.position,
            agency=post.agency.short_name,
            agency_code=post.agency.code,
            role=part.role.value,
            password=signins.new_password(),
            totp_key=hexlify(token_bytes(TOTP_KEY_BYTES)).decode(),
            pin=signins.new_pin() if part.signs else "",
        )
        _open_account(user, signin)
    if part.signs:
        _certify(signin.pin, fresh=signin is not held, user=user)
    return signin


def _opens(signin: Signin, user: User) -> bool:
    """Whether the file speaks of this account of this database: the authenticator's key is in both."""
    return (
        user.username == signin.username
        and user.has_usable_password()
        and TOTPDevice.objects.filter(user=user, key=signin.totp_key, confirmed=True).exists()
    )


def _open_account(user: User, signin: Signin) -> None:
    user.username = signin.username
    user.full_name = signin.full_name
    user.email = f"{signin.username}@{MAIL_DOMAIN}"
    user.must_change_password = False
    user.set_password(signin.password)
    user.save()
    TOTPDevice.objects.filter(user=user).delete()
    TOTPDevice.objects.create(user=user, name="Ứng dụng xác thực", key=signin.totp_key, confirmed=True)


def _provide_seal(agency: Agency, before: Signins) -> Seal:
    try:
        seal = before.seal(agency.code)
        fresh = False
    except KeyError:
        seal = Seal(agency=agency.short_name, agency_code=agency.code, pin=signins.new_pin())
        fresh = True
    _certify(seal.pin, fresh=fresh, agency=agency)
    return seal


def _certify(pin: str, *, fresh: bool, user: User | None = None, agency: Agency | None = None) -> None:
    """A certificate under this PIN, unless one is in use; under a new PIN the ones before are put away."""
    held = Certificate.objects.filter(user=user, agency=agency)
    if fresh:
        held.update(is_active=False)
    elif held.usable(timezone.now()).exists():
        return
    issue_certificate(pin=pin, user=user, agency=agency, valid_from=timezone.now() - HELD_FOR)


def _give_second_position() -> None:
    """An also keeps the registry of the committee's office, so that there is a position to switch to."""
    clerk = next(part for part in CAST if part.agency == PROVINCE and part.role == Role.REGISTRY)
    Membership.objects.get_or_create(
        user=post_of(clerk).user,
        agency=agency_called(PROVINCE_OFFICE),
        position="Văn thư kiêm nhiệm",
        defaults={"role": Role.REGISTRY, "valid_from": VALID_FROM},
    )


def _let_office_head_sign() -> None:
    """The head of office signs invitations, notices and letters by order of the chairman."""
    head, office_head = (
        next(part for part in CAST if part.agency == PROVINCE and part.role == role)
        for role in (Role.LEADER, Role.OFFICE_HEAD)
    )
    Delegation.objects.get_or_create(
        grantor=post_of(head),
        holder=post_of(office_head),
        capacity=Capacity.TL,
        defaults={
            "kinds": ["GM", "TB", "CV"],
            "basis": "Quy chế làm việc của Ủy ban nhân dân tỉnh",
            "valid_from": VALID_FROM,
        },
    )
