"""Every door of the site by its first word."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

handler500 = "egov.web.faults.server_error"

urlpatterns = [
    # Before the other addresses of the machine door, the last of which answers whatever else is asked for.
    path("api/v1/", include("onestop.rest.urls")),
    path("api/open/v1/", include("portal.rest.urls")),
    path("", include("documents.urls")),
    path("", include("onestop.urls")),
    path("", include("complaints.urls")),
    path("", include("egov.accounts.urls")),
    path("", include("egov.organizations.urls")),
    path("", include("egov.workdays.urls")),
    path("", include("egov.web.urls")),
    path("", include("portal.content.cms_urls")),
    path("portal-desk/", include("portal.desk_urls")),
    # Last, for the portal answers whatever else is asked for; English pages stand below /en/.
    *i18n_patterns(
        path("", include("portal.urls")),
        path("", include("portal.content.page_urls")),
        prefix_default_language=False,
    ),
]
