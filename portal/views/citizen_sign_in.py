"""Signing in with an electronic identity, and out again, here and at its provider."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from egov.accounts.login.address import address_of
from egov.workflow.refusal import Refusal
from portal.actions import citizen_session
from portal.actions.sign_in import sign_in
from portal.exchange import eid
from portal.middleware import signed_in


@login_not_required
@require_safe
def citizen_sign_in(request: HttpRequest) -> HttpResponse:
    """What the electronic identity is for, and the way to its provider; straight on for who is signed in."""
    wanted = own_page(request, request.GET.get("next", ""))
    if signed_in(request) is not None:
        return HttpResponseRedirect(wanted)
    expired = settings.CITIZEN_COOKIE_NAME in request.COOKIES
    return render(request, "portal/citizen_sign_in.html", {"wanted": wanted, "expired": expired})


@login_not_required
@require_safe
def citizen_begin(request: HttpRequest) -> HttpResponse:
    """To the provider's page."""
    wanted = own_page(request, request.GET.get("next", ""))
    # One address for all languages: the provider knows it by heart.
    with translation.override(settings.LANGUAGE_CODE):
        callback = request.build_absolute_uri(reverse("portal:citizen_callback"))
    try:
        return HttpResponseRedirect(eid.begin(request, callback=callback, wanted=wanted))
    except Refusal as refusal:
        return _not_signed_in(request, refusal)


@login_not_required
@require_safe
def citizen_callback(request: HttpRequest) -> HttpResponse:
    """Back from the provider: signed in, and where the person was; or a sentence why not."""
    try:
        answer = eid.finish(request)
        key = sign_in(
            answer.claims, id_token=answer.id_token, network_address=address_of(request), at=timezone.now()
        )
    except Refusal as refusal:
        return _not_signed_in(request, refusal)
    rotate_token(request)
    response = HttpResponseRedirect(own_page(request, answer.wanted))
    # Until the browser is closed; how long it is good for, the server knows.
    response.set_cookie(
        settings.CITIZEN_COOKIE_NAME,
        key,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@login_not_required
@require_POST
def citizen_sign_out(request: HttpRequest) -> HttpResponse:
    """Signed out here, and the way to do so at the provider: on a shared machine both are needed."""
    key = request.COOKIES.get(settings.CITIZEN_COOKIE_NAME, "")
    id_token = citizen_session.end(key, network_address=address_of(request))
    back = request.build_absolute_uri(reverse("portal:home"))
    way_out = eid.sign_out_address(id_token=id_token, back=back)
    response = render(request, "portal/citizen_signed_out.html", {"way_out": way_out})
    response.delete_cookie(settings.CITIZEN_COOKIE_NAME, samesite="Lax")
    return response


def own_page(request: HttpRequest, address: str) -> str:
    """The address when it leads to this site, else the citizen's own dossiers."""
    if address and url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return address
    return reverse("portal:my_dossiers")


def _not_signed_in(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    context = {"wanted": reverse("portal:my_dossiers"), "refusal": refusal.sentence}
    return render(request, "portal/citizen_sign_in.html", context, status=refusal.status)
