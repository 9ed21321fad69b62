"""Where is my dossier: by code, or by code and secret of the receipt (rules 39, 40).

The secret only ever travels in the body of a form, so it is in no address, no history and no log; the QR
code of a slip has it behind the ``#`` (see static/js/slip_code.js). Nothing here rests upon a cookie: whoever
knows code and secret may do what follows, so there is nothing that another site could make a browser do.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from egov.accounts.login.address import address_of
from egov.workflow.refusal import Refusal
from onestop import public as onestop
from portal.forms.lookup import LONGEST_CODE, BearerForm, LookupForm

PAGE = "portal/lookup.html"


@csrf_exempt
@login_not_required
@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request: HttpRequest) -> HttpResponse:
    """The form, with the code that the search was asked for; sent, the answer. Kept by no cache
    (PrivatePageMiddleware)."""
    if request.method != "POST":
        code = request.GET.get("code", "")[:LONGEST_CODE]
        return render(request, PAGE, {"form": LookupForm(initial={"code": code}), "refusal": ""})
    form = LookupForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, {"form": form, "refusal": ""}, status=422)
    code, secret = form.cleaned_data["code"], form.cleaned_data["secret"]
    try:
        found = onestop.find_dossier(code, secret or None, address=address_of(request))
    except Refusal as refusal:
        return refused(request, form, refusal)
    if isinstance(found, onestop.BearerStanding):
        context = {"found": found.standing, "bearer": found, "secret": secret}
    else:
        context = {"found": found, "bearer": None, "secret": ""}
    context["pays_online"] = bool(settings.PAYMENT_GATEWAY_URL)
    return render(request, "portal/lookup_found.html", context)


@csrf_exempt
@login_not_required
@sensitive_post_parameters("secret")
@require_POST
def lookup_pay(request: HttpRequest) -> HttpResponse:
    """The way to the gateway's page, as a link: people see that they are about to leave the portal."""
    form = BearerForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, {"form": form, "refusal": ""}, status=422)
    code, secret = form.cleaned_data["code"], form.cleaned_data["secret"]
    try:
        page = onestop.payment_page(code, secret, at=timezone.now(), address=address_of(request))
    except Refusal as refusal:
        return refused(request, form, refusal)
    return render(request, "portal/lookup_pay.html", {"code": code, "page_to_pay": page})


def refused(request: HttpRequest, form: LookupForm, refusal: Refusal) -> HttpResponse:
    """The form again with the sentence; the secret has to be typed anew. One page for unknown and wrong."""
    again = LookupForm(initial={"code": form.cleaned_data["code"]})
    response = render(request, PAGE, {"form": again, "refusal": refusal.sentence}, status=refusal.status)
    return with_wait(response, refusal)


def with_wait(response: HttpResponse, refusal: Refusal) -> HttpResponse:
    """A browser or a script is told when it may ask again."""
    if isinstance(refusal, onestop.TooManyLookups):
        response["Retry-After"] = str(refusal.wait)
    return response
