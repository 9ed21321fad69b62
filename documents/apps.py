from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Văn bản")

    def ready(self) -> None:
        from documents.views.navigation import ENTRIES  # noqa: PLC0415  (needs the models)
        from egov.web.navigation import add  # noqa: PLC0415

        add(*ENTRIES)
