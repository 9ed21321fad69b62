"""The lines that each request leaves in the log; some requests leave none."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware


class RequestLogMiddleware(RequestMiddleware):
    """As the library's own, but nothing at all where somebody may be protected by nobody knowing they came.

    What is asked for (``?q=``) stands in no line: it may be the name of whoever must stay unnamed. Of
    ``UNTRACED_PATHS`` neither address nor account nor browser is bound to any line, whatever is logged
    meanwhile (rule 39 of complaints).
    """

    untraced = re.compile(settings.UNTRACED_PATHS)

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Method and path, as every line names the request."""
        return f"{request.method} {request.path}"

    def prepare(self, request: HttpRequest) -> None:
        """Bind who asks and note that they do."""
        if not self.untraced.match(request.path_info):
            super().prepare(request)

    def handle_response(self, request: HttpRequest, response: HttpResponse) -> None:
        """Note how it was answered."""
        if not self.untraced.match(request.path_info):
            super().handle_response(request, response)
