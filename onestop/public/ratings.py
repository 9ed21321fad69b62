"""What people can say of a stage of their dossier, once."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from egov.organizations.actor import SignedOut
from onestop.actions.rate import rate as give_rating
from onestop.actions.rate import rate_own
from onestop.enums import RatingStage, Satisfaction
from onestop.public.identity import Identity
from onestop.queries import public_lookup as lookup
from onestop.queries.rating_sheet import RatingSheet, sheet_of


def rating_sheet(code: str, secret: str, *, at: datetime, address: str = "") -> RatingSheet:
    """What whoever has the receipt can still rate, and the questions. Raises DossierUnknown."""
    return sheet_of(lookup.bearer_dossier(code, secret, address), timezone.localdate(at))


def my_rating_sheet(personal_number: str, code: str, *, at: datetime) -> RatingSheet:
    """The same for a dossier of one's own. Raises DossierUnknown."""
    return sheet_of(lookup.own_dossier(personal_number, code), timezone.localdate(at))


def rate(
    code: str,
    secret: str,
    *,
    stage: RatingStage,
    level: Satisfaction,
    at: datetime,
    answers: Mapping[str, Satisfaction] | None = None,
    comment: str = "",
    address: str = "",
) -> None:
    """Say how satisfied one is with a stage, once. Raises RatingNotAcceptable, DossierUnknown."""
    dossier = lookup.bearer_dossier(code, secret, address)
    give_rating(
        SignedOut(address=address),
        dossier,
        secret=secret,
        stage=stage,
        level=level,
        answers=answers,
        comment=comment,
        at=at,
    )


def my_rate(
    identity: Identity,
    code: str,
    *,
    stage: RatingStage,
    level: Satisfaction,
    at: datetime,
    answers: Mapping[str, Satisfaction] | None = None,
    comment: str = "",
) -> None:
    """The same for a dossier of one's own, without its secret. Raises RatingNotAcceptable, DossierUnknown."""
    dossier = lookup.own_dossier(identity.personal_number, code)
    rate_own(identity.citizen, dossier, stage=stage, level=level, answers=answers, comment=comment, at=at)
