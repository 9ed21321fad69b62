"""The raw limit of row 10: the site, and one view more that returns a file's bytes through all middleware."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from bench.stage import VAR
from egov.wsgi import application

__all__ = ["application"]

FILE = VAR / "same_bytes"
SITE = settings.ROOT_URLCONF
handler500 = "egov.web.faults.server_error"


@csrf_exempt
@login_not_required
def same_bytes(_request: HttpRequest) -> HttpResponse:
    """What the measured page said, and no work."""
    return HttpResponse(FILE.read_bytes())


urlpatterns = [path("bench/same-bytes/", same_bytes), *import_module(SITE).urlpatterns]
settings.ROOT_URLCONF = __name__
