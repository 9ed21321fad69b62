from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Cổng thông tin")

    def ready(self) -> None:
        from egov.notifications.announce import listen  # noqa: PLC0415
        from egov.web.navigation import add  # noqa: PLC0415
        from portal.actions.notices import hear  # noqa: PLC0415
        from portal.views.navigation import ENTRIES  # noqa: PLC0415  (needs the models)

        add(*ENTRIES)
        listen(hear)
