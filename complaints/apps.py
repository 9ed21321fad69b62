from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    name = "complaints"
    verbose_name = _("Tiếp công dân, khiếu nại, tố cáo")

    def ready(self) -> None:
        from complaints.actions.present_outcome import take_issued  # noqa: PLC0415  (needs the models)
        from complaints.actions.send_paper import note_issued_paper  # noqa: PLC0415
        from complaints.models.duty import held_by_position  # noqa: PLC0415
        from complaints.views.found import find_letters, find_visits  # noqa: PLC0415
        from complaints.views.navigation import ENTRIES  # noqa: PLC0415
        from documents.public import when_issued  # noqa: PLC0415
        from egov.organizations.duties import read_with_positions  # noqa: PLC0415
        from egov.web.finding import find_with  # noqa: PLC0415
        from egov.web.navigation import add  # noqa: PLC0415
        from egov.web.subjects import show_at  # noqa: PLC0415

        add(*ENTRIES)
        read_with_positions("complaints", held_by_position)
        find_with("complaints.letters", find_letters)
        find_with("complaints.visits", find_visits)
        show_at("complaints:letter_detail", "complaints.letter")
        show_at("complaints:matter_detail", "complaints.matter")
        show_at("complaints:opening_detail", "complaints.opening")
        show_at("complaints:promise_detail", "complaints.promise")
        show_at("complaints:visit_detail", "complaints.visit")
        when_issued(take_issued)
        when_issued(note_issued_paper)
