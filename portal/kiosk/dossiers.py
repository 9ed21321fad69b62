"""A dossier at the board: by the QR code of its slip or by hand; and how one was served (39, 40, 57)."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from egov.accounts.login.address import address_of
from egov.organizations.models import Agency
from egov.workflow.refusal import Refusal
from onestop import public as onestop
from portal.forms.rating import RatingForm
from portal.kiosk.forms import BoardLookupForm
from portal.kiosk.frame import kiosk_page, show

ASK, FOUND = "portal/kiosk/_lookup.html", "portal/kiosk/_found.html"
ASK_TO_RATE, SHEET, THANKS = (f"portal/kiosk/_rate{name}.html" for name in ("", "_sheet", "_done"))


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
@kiosk_page
def kiosk_lookup(request: HttpRequest, agency: Agency) -> HttpResponse:
    """Where a dossier stands, as far as code, or code and secret, let one know."""
    if request.method != "POST":
        return show(request, agency, ASK, {"form": BoardLookupForm(), "refusal": ""})
    form = BoardLookupForm(request.POST)
    if not form.is_valid():
        return show(request, agency, ASK, {"form": form, "refusal": ""}, status=422)
    code, secret = form.cleaned_data["code"], form.cleaned_data["secret"]
    try:
        found = onestop.find_dossier(code, secret or None, address=address_of(request))
    except onestop.DossierUnknown as refusal:
        again = BoardLookupForm(initial={"code": code})
        return show(request, agency, ASK, {"form": again, "refusal": refusal.sentence}, status=refusal.status)
    bearer = found if isinstance(found, onestop.BearerStanding) else None
    context = {
        "found": bearer.standing if bearer else found,
        "bearer": bearer,
        "secret": secret if bearer else "",
    }
    return show(request, agency, FOUND, context)


@sensitive_post_parameters("secret", "comment")
@require_http_methods(["GET", "HEAD", "POST"])
@kiosk_page
def kiosk_rate(request: HttpRequest, agency: Agency) -> HttpResponse:
    """Code and secret, then one touch; the questions besides are for those who like to answer them."""
    if request.method != "POST":
        return show(request, agency, ASK_TO_RATE, {"form": BoardLookupForm(), "refusal": ""})
    bearer = BoardLookupForm(request.POST)
    if not bearer.is_valid():
        return show(request, agency, ASK_TO_RATE, {"form": bearer, "refusal": ""}, status=422)
    code, secret = bearer.cleaned_data["code"], bearer.cleaned_data["secret"]
    at, address = timezone.now(), address_of(request)
    try:
        sheet = onestop.rating_sheet(code, secret, at=at, address=address)
        form = RatingForm(request.POST if "rate" in request.POST else None, sheet=sheet)
        if form.is_bound and form.is_valid():
            onestop.rate(code, secret, at=at, address=address, **form.given())
            return show(request, agency, THANKS, {})
    except Refusal as refusal:
        again = BoardLookupForm(initial={"code": code})
        context = {"form": again, "refusal": refusal.sentence}
        return show(request, agency, ASK_TO_RATE, context, status=refusal.status)
    context = {"form": form, "sheet": sheet, "code": code, "secret": secret}
    return show(request, agency, SHEET, context, status=422 if form.errors else 200)
