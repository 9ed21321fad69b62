"""Addresses of one-stop handling: procedures, counter, desk, money, figures."""

from django.urls import path

from onestop.views import counter, dossier_register, inbox, intake, receipts

app_name = "onestop"

urlpatterns = [
    path("counter/", counter.counter_start, name="counter"),
    path("counter/begin/<int:pk>/", counter.intake_begin, name="intake_begin"),
    path("counter/intake/<int:pk>/", intake.intake_edit, name="intake_edit"),
    path("counter/intake/<int:pk>/save/", intake.intake_save, name="intake_save"),
    path("counter/intake/<int:pk>/files/", intake.intake_file_add, name="intake_file_add"),
    path(
        "counter/intake/<int:pk>/files/<int:file_pk>/remove/",
        intake.intake_file_remove,
        name="intake_file_remove",
    ),
    path("counter/intake/<int:pk>/discard/", intake.intake_discard, name="intake_discard"),
    path("counter/received/<int:pk>/", receipts.dossier_received, name="dossier_received"),
    path("counter/received/<int:pk>/appointment/", receipts.appointment_reissue, name="appointment_reissue"),
    path("counter/slips/<int:pk>/", receipts.form_print, name="form_print"),
    path("counter/online/", inbox.filing_list, name="filing_list"),
    path("counter/online/<int:pk>/", inbox.filing_detail, name="filing_detail"),
    path("counter/online/<int:pk>/accept/", inbox.filing_accept, name="filing_accept"),
    path("counter/online/<int:pk>/refuse/", inbox.filing_refuse, name="filing_refuse"),
    path("counter/online/<int:pk>/papers/<int:paper_pk>/", inbox.filing_paper, name="filing_paper"),
    path("counter/register/", dossier_register.dossier_register, name="dossier_register"),
    path("counter/register/print/", dossier_register.dossier_register_print, name="dossier_register_print"),
]
