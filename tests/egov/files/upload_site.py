"""A site of one page that takes a file, behind the project's own middleware; served by gunicorn in a test."""

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def take(request: HttpRequest) -> HttpResponse:
    """Tells the size of what arrived."""
    return HttpResponse(str(request.FILES["file"].size))


urlpatterns = [path("take/", take)]
application = get_wsgi_application()
