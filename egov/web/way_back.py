"""Where a person goes after a page that leads nowhere."""

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request: HttpRequest) -> str:
    """The page that the person came from when it is ours, else the first page of the office or the portal."""
    match = request.resolver_match
    is_public = match is not None and settings.PUBLIC_NAMESPACE in match.namespaces
    first = resolve_url(f"{settings.PUBLIC_NAMESPACE}:home") if is_public else ""
    return own_address(request, request.headers.get("Referer", first))


def own_address(request: HttpRequest, address: str) -> str:
    """The address when it leads to this site, whatever a form says; else the first page."""
    if url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return address
    return resolve_url(settings.LOGIN_REDIRECT_URL)
