"""A citizen's own dossiers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.queries.my_dossiers import my_dossiers as own
from portal.views.citizen_only import citizen_only


@require_safe
@citizen_only
def my_dossiers(request: HttpRequest) -> HttpResponse:
    """What they have filed or had filed, newest first, and what each waits for."""
    return render(request, "portal/my_dossiers.html", {"dossiers": own(request.citizen)})
