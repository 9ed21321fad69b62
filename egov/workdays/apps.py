from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkdaysConfig(AppConfig):
    name = "egov.workdays"
    verbose_name = _("Thời gian làm việc")

    def ready(self) -> None:
        from egov.web.navigation import add  # noqa: PLC0415
        from egov.workdays.views.navigation import ENTRIES  # noqa: PLC0415  (needs the models)

        add(*ENTRIES)
