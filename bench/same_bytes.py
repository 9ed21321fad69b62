"""The raw limits of row 10: the site, and two views that return a file's bytes through all middleware. One
does nothing else, one also counts the question and asks the one statement that a lookup needs."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from bench.stage import VAR
from egov.web.windows import take_turn
from egov.wsgi import application

__all__ = ["application"]

FILE = VAR / "same_bytes"
SITE = settings.ROOT_URLCONF
handler500 = "egov.web.faults.server_error"
STANDING = """
    SELECT dossier.code, dossier.state, dossier.submitted_at, dossier.received_at, dossier.due_at,
           agency.name, version.name, procedure.national_code, procedure.suffix
    FROM onestop_dossier dossier
    JOIN organizations_agency agency ON agency.id = dossier.current_agency_id
    JOIN onestop_procedureversion version ON version.id = dossier.version_id
    JOIN onestop_procedure procedure ON procedure.id = version.procedure_id
    WHERE dossier.code = %s OR dossier.filing_number = %s
"""


@csrf_exempt
@login_not_required
def same_bytes(_request: HttpRequest) -> HttpResponse:
    """What the measured page said, and no work."""
    return HttpResponse(FILE.read_bytes())


@csrf_exempt
@login_not_required
def counted_and_asked(request: HttpRequest) -> HttpResponse:
    """The same after one count for the address and the bare statement of a lookup."""
    take_turn("bench", request.META["REMOTE_ADDR"], settings.LOOKUP_PER_ADDRESS)
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [request.POST["code"]] * 2)
        cursor.fetchone()
    return HttpResponse(FILE.read_bytes())


urlpatterns = [
    path("bench/same-bytes/", same_bytes),
    path("bench/counted-and-asked/", counted_and_asked),
    *import_module(SITE).urlpatterns,
]
settings.ROOT_URLCONF = __name__
