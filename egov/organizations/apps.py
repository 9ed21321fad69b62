from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    name = "egov.organizations"
    verbose_name = _("Cơ quan")

    def ready(self) -> None:
        from egov.organizations.views.navigation import ENTRIES  # noqa: PLC0415  (needs the models)
        from egov.web.navigation import add  # noqa: PLC0415

        add(*ENTRIES)
