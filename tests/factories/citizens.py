"""Citizens as an electronic identity vouches for them, and a browser in which one is signed in."""

import factory
from django.conf import settings
from django.test import Client
from django.utils import timezone

from portal.actions import citizen_session
from portal.models import Citizen


class CitizenFactory(factory.django.DjangoModelFactory):
    """A woman of Thái Bình with a fully proved identity; ``reachable`` has confirmed how to tell her."""

    class Meta:
        model = Citizen

    class Params:
        reachable = factory.Trait(
            email=factory.Sequence(lambda n: f"congdan{n}@thu.example"),
            email_confirmed_at=factory.LazyFunction(timezone.now),
            by_email=True,
            phone=factory.Sequence(lambda n: f"09{n:08}"),
            phone_confirmed_at=factory.LazyFunction(timezone.now),
            by_sms=True,
        )

    personal_number = factory.Sequence(lambda n: f"034190{n:06}")
    name = factory.Sequence(lambda n: f"Nguyễn Thị Em {n}")
    level = 2
    residence = "Thôn Đông, xã Vũ Thư, tỉnh Thái Bình"
    signed_in_at = factory.LazyFunction(timezone.now)


def signed_in_citizen(client: Client, citizen: Citizen) -> Client:
    """The same client, from now on with that citizen signed in."""
    client.cookies[settings.CITIZEN_COOKIE_NAME] = citizen_session.begin(citizen, at=timezone.now())
    return client
