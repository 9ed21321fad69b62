"""The one-time link by which a person sets their password."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.encoding import force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from egov.accounts.models import User


class _Proof(PasswordResetTokenGenerator):
    """Holds until the password changes, a newer invitation is made, or ``PASSWORD_RESET_TIMEOUT`` is over."""

    key_salt = "egov.accounts.invitation"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        invited = user.invited_at.isoformat() if user.invited_at else ""
        return f"{super()._make_hash_value(user, timestamp)}{invited}"


_proof = _Proof()


def link_parts(user: User) -> tuple[str, str]:
    """Name and proof for the link of a person who has just been invited."""
    return urlsafe_base64_encode(str(user.pk).encode()), _proof.make_token(user)


def invited_person(name: str, proof: str) -> User | None:
    """Who a link belongs to; None when it is wrong, spent, replaced or too old."""
    try:
        pk = int(force_str(urlsafe_base64_decode(name)))
    except (ValueError, OverflowError):
        return None
    user = (
        User.objects.filter(pk=pk, is_active=True, invited_at__isnull=False).first() if pk < 2**63 else None
    )
    return user if user is not None and holds(user, proof) else None


def holds(user: User, proof: str) -> bool:
    """Whether the proof still opens this account."""
    return user.invited_at is not None and _proof.check_token(user, proof)
