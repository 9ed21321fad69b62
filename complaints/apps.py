from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    name = "complaints"
    verbose_name = _("Tiếp công dân, khiếu nại, tố cáo")

    def ready(self) -> None:
        from complaints.views.navigation import ENTRIES  # noqa: PLC0415  (needs the models)
        from egov.web.navigation import add  # noqa: PLC0415

        add(*ENTRIES)
