"""Every door of the site by its first word."""

from django.urls import include, path

urlpatterns = [
    # Before the other addresses of the machine door, the last of which answers whatever else is asked for.
    path("api/v1/", include("onestop.rest.urls")),
    path("", include("documents.urls")),
    path("", include("onestop.urls")),
    path("", include("egov.accounts.urls")),
    path("", include("egov.organizations.urls")),
    path("", include("egov.workdays.urls")),
    path("", include("egov.web.urls")),
]
