"""How a person wants to see the portal: contrast and size of type, in a cookie that says nothing else."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.templatetags.portal_page import CONTRASTS, COOKIE, SIZES

YEAR = 365 * 24 * 3600


@csrf_exempt  # changes nothing but how the page looks, and stands on pages that caches keep
@login_not_required
@require_POST
def display_set(request: HttpRequest) -> HttpResponse:
    """Keep the chosen contrast and size, and come back to the page."""
    contrast, size = request.POST.get("contrast", ""), request.POST.get("size", "")
    contrast = contrast if contrast in CONTRASTS else CONTRASTS[0]
    size = size if size in SIZES else SIZES[0]
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("portal:home")
    response = HttpResponseRedirect(back)
    response.set_cookie(
        COOKIE, f"{contrast}.{size}", max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
    )
    return response
