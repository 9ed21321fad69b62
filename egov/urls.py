"""Every door of the site by its first word."""

from django.urls import include, path

urlpatterns = [
    path("", include("documents.urls")),
    path("", include("onestop.urls")),
    path("", include("egov.accounts.urls")),
    path("", include("egov.organizations.urls")),
    path("", include("egov.workdays.urls")),
    path("", include("egov.web.urls")),
]
