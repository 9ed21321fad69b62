"""Say how satisfied one was, with code and secret of the receipt: once a stage, unknown to the rated (57)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from egov.accounts.login.address import address_of
from egov.workflow.refusal import Refusal
from onestop import public as onestop
from portal.forms.lookup import BearerForm
from portal.forms.rating import RatingForm
from portal.views.lookup import with_wait

PAGE = "portal/rate.html"


@csrf_exempt  # code and secret are in the form; no cookie has a part in it
@login_not_required
@sensitive_post_parameters("secret", "comment")
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest) -> HttpResponse:
    """Code and secret; then the sheet with what can still be rated; then thanks."""
    if request.method != "POST":
        return _asked(request, BearerForm())
    bearer = BearerForm(request.POST)
    if not bearer.is_valid():
        return _asked(request, bearer, status=422)
    code, secret = bearer.cleaned_data["code"], bearer.cleaned_data["secret"]
    at, address = timezone.now(), address_of(request)
    try:
        sheet = onestop.rating_sheet(code, secret, at=at, address=address)
        form = RatingForm(request.POST if "rate" in request.POST else None, sheet=sheet)
        if form.is_bound and form.is_valid():
            onestop.rate(code, secret, at=at, address=address, **form.given())
            return render(
                request,
                "portal/rate_done.html",
                {"more": len(sheet.stages) > 1, "code": code, "secret": secret},
            )
    except Refusal as refusal:
        again = BearerForm(initial={"code": code})
        return with_wait(_asked(request, again, refusal=str(refusal), status=refusal.status), refusal)
    context = {"form": form, "sheet": sheet, "code": code, "secret": secret}
    return render(request, "portal/rate_sheet.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest, form: BearerForm, *, refusal: str = "", status: int = 200) -> HttpResponse:
    return render(request, PAGE, {"form": form, "refusal": refusal}, status=status)
