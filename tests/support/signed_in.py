"""A browser in which a member of the cast is at work."""

from django.test import Client
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from egov.accounts.login.sessions import SEEN, STARTED
from egov.accounts.models import UserSession
from egov.organizations.actor import Actor
from egov.organizations.middleware import SESSION_KEY


def signed_in(actor: Actor, *, client: Client | None = None) -> Client:
    """A client with the actor's session: their position chosen, their second factor given if they have one.

    The session stands in the list of sessions as after a real sign-in, so the first request costs no more
    queries than the next.
    """
    client = client or Client()
    client.force_login(actor.user)
    session = client.session
    session[SESSION_KEY] = actor.membership.pk
    session[STARTED] = session[SEEN] = timezone.now().timestamp()
    if actor.second_factor:
        device, _made = TOTPDevice.objects.get_or_create(user=actor.user, confirmed=True)
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    UserSession.objects.create(user=actor.user, session_key=session.session_key, address=actor.address)
    return client
