from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OnestopConfig(AppConfig):
    name = "onestop"
    verbose_name = _("Một cửa")

    def ready(self) -> None:
        from egov.web.navigation import add  # noqa: PLC0415
        from onestop.views.navigation import ENTRIES  # noqa: PLC0415  (needs the models)

        add(*ENTRIES)
