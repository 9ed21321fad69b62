"""Who a person is, from what the electronic identity's provider vouches for."""

import re
import unicodedata
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from egov.workflow.refusal import Refusal
from portal.actions import citizen_session
from portal.models import Citizen
from portal.models.citizen import PERSONAL_NUMBER

NAME_LENGTH, RESIDENCE_LENGTH = 200, 300


class NumberNotGiven(Refusal):
    """The provider did not say who this is (rule 38: exactly 12 digits, nothing else is a person)."""

    status = 403


class LevelTooLow(Refusal):
    """The identity is genuine, but was not proved well enough for public services."""

    status = 403


@transaction.atomic
def sign_in(claims: dict[str, Any], *, id_token: str, network_address: str, at: datetime) -> str:
    """Sign in whom the claims name; the key for their browser. Name and residence follow the provider's.

    Raises NumberNotGiven, LevelTooLow.
    """
    named = settings.EID_CLAIMS
    number, name = _words(claims.get(named["personal_number"])), _words(claims.get(named["name"]))
    if not re.fullmatch(PERSONAL_NUMBER, number) or not name:
        raise NumberNotGiven(
            _("Chưa thể đăng nhập: thiếu họ tên hoặc số định danh cá nhân 12 số từ hệ thống định danh.")
        )
    level = settings.EID_LEVELS.get(str(claims.get(named["level"], "")), 0)
    if level < settings.EID_LEVEL_NEEDED:
        raise LevelTooLow(
            _(
                "Tài khoản định danh của ông/bà chưa đạt mức độ %(needed)d, mức cần có để dùng dịch vụ công. "
                "Hãy đến cơ quan Công an gần nhất để nâng mức độ định danh; việc này không mất phí."
            )
            % {"needed": settings.EID_LEVEL_NEEDED}
        )
    said = {
        "name": name[:NAME_LENGTH],
        "level": level,
        "residence": _words(claims.get(named["residence"]))[:RESIDENCE_LENGTH],
        "signed_in_at": at,
    }
    citizen, _new = Citizen.objects.update_or_create(personal_number=number, defaults=said)
    citizen.address = network_address
    return citizen_session.begin(citizen, id_token=id_token, at=at)


def _words(value: object) -> str:
    """A claim as one line of text; an address may come as an object with its own "formatted" line."""
    if isinstance(value, dict):
        value = value.get("formatted")
    if not isinstance(value, str):
        return ""
    plain = "".join(" " if unicodedata.category(letter).startswith("C") else letter for letter in value)
    return unicodedata.normalize("NFC", " ".join(plain.split()))
