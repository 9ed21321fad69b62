"""People at a commune's counter in an installation that is about to be hurt: run as a program.

session               signs the counter's clerk in, long enough ago that the next request notes it; the key
agency                prints the key of the clerk's agency
begin CODE            begins a dossier of this procedure; prints its draft and its fields, all filled in
withdraw DOSSIER      its owner takes it back
ask DOSSIER           its owner is asked to pay online; prints the code
"""

import json
import secrets
import sys
from datetime import timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402  (Django must be set up first)
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from egov.accounts.login.sessions import NOTE_EVERY, SEEN  # noqa: E402
from egov.organizations.actor import Actor  # noqa: E402
from egov.organizations.enums import Role  # noqa: E402
from egov.organizations.models import Membership  # noqa: E402
from onestop.actions.intake_draft import begin_intake  # noqa: E402
from onestop.actions.request_payment import request_payment  # noqa: E402
from onestop.actions.withdraw import withdraw  # noqa: E402
from onestop.models import Dossier, Procedure  # noqa: E402
from onestop.queries.catalogue import in_force  # noqa: E402
from onestop.rules import Citizen  # noqa: E402
from tests.onestop.views.counter_page import typed  # noqa: E402
from tests.support.signed_in import signed_in  # noqa: E402


def clerk() -> Actor:
    """The first clerk of a commune's counter."""
    today = timezone.localdate()
    held = Membership.objects.current(today).filter(
        role=Role.COUNTER, agency__short_name__startswith="UBND xã"
    )
    member = held.select_related("user", "agency").order_by("pk")[0]
    return Actor(user=member.user, membership=member, agency=member.agency, second_factor=True)


def session() -> str:
    client = signed_in(clerk(), client=Client())
    kept = client.session
    kept[SEEN] = (timezone.now() - timedelta(seconds=2 * NOTE_EVERY)).timestamp()
    kept.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def agency() -> str:
    return str(clerk().agency_id)


def begin(code: str) -> str:
    version = in_force(Procedure.objects.get(national_code=code), timezone.localdate())
    draft = begin_intake(clerk(), version, at=timezone.now())
    # Somebody else each time: nobody files the same matter twice.
    number = f"034190{secrets.randbelow(10**6):06d}"
    fields = typed(version, person_personal_number=number, person_name=f"Vũ Thị {number[-6:]}")
    return json.dumps({"draft": draft.pk, "fields": fields})


def owner(dossier: Dossier) -> Citizen:
    return Citizen(dossier.owner.personal_number, dossier.owner.name, identity_level=1)


def withdraw_dossier(key: str) -> str:
    dossier = Dossier.objects.get(pk=key)
    return withdraw(owner(dossier), dossier, reason="Không còn nhu cầu", at=timezone.now()).state


def ask(key: str) -> str:
    dossier = Dossier.objects.get(pk=key)
    return request_payment(owner(dossier), dossier, at=timezone.now()).code


ACTS = {"session": session, "agency": agency, "begin": begin, "withdraw": withdraw_dossier, "ask": ask}

if __name__ == "__main__":
    act, *words = sys.argv[1:]
    sys.stdout.write(ACTS[act](*words) + "\n")
