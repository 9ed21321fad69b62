from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OnestopConfig(AppConfig):
    name = "onestop"
    verbose_name = _("Một cửa")

    def ready(self) -> None:
        from documents.public import when_issued  # noqa: PLC0415
        from egov.web.finding import find_with  # noqa: PLC0415
        from egov.web.landing import begin_at  # noqa: PLC0415
        from egov.web.navigation import add  # noqa: PLC0415
        from egov.web.subjects import show_at  # noqa: PLC0415
        from egov.workdays.touched import register_touched  # noqa: PLC0415
        from onestop.actions.tell_of_issued_paper import tell_of_issued_paper  # noqa: PLC0415
        from onestop.queries.touched import touched_dossiers  # noqa: PLC0415
        from onestop.views.found import find_dossiers  # noqa: PLC0415
        from onestop.views.navigation import AT_COUNTER, ENTRIES  # noqa: PLC0415  (needs the models)

        add(*ENTRIES)
        register_touched("onestop", touched_dossiers)
        begin_at("onestop:desk", *AT_COUNTER)
        show_at("onestop:dossier_detail", "onestop.dossier")
        find_with("onestop", find_dossiers)
        when_issued(tell_of_issued_paper)
