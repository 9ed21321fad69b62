"""Addresses of one-stop handling: procedures, counter, desk, money, figures."""

from django.urls import include, path

from onestop.views import (
    counter,
    dossier_register,
    inbox,
    intake,
    on_the_spot,
    projects,
    receipts,
    result_record,
    result_register,
    results,
    returning,
    succession,
)

app_name = "onestop"

# Below /dossiers/<pk>/: what becomes of a dossier's result.
result_urls = [
    path("results/number/", results.result_number, name="result_number"),
    path("results/record/", result_record.result_record, name="result_record"),
    path("results/paper/", result_record.result_paper, name="result_paper"),
    path("results/paper/<int:paper_pk>/take/", results.result_paper_take, name="result_paper_take"),
    path("results/<int:result_pk>/file/", results.result_file, name="result_file"),
    path("results/<int:result_pk>/revoke/", results.result_revoke, name="result_revoke"),
    path("finish/", results.dossier_finish, name="dossier_finish"),
    path("reopen/", results.dossier_reopen, name="dossier_reopen"),
    path("correct/", results.dossier_correct, name="dossier_correct"),
    path("on-the-spot/", on_the_spot.spot_detail, name="spot_detail"),
    path("on-the-spot/forward/", on_the_spot.spot_forward, name="spot_forward"),
    path("on-the-spot/return/", on_the_spot.spot_return, name="spot_return"),
    path("return/", returning.result_return, name="result_return"),
    path("return/hand-over/", returning.result_hand_over, name="result_hand_over"),
    path("return/online/", returning.result_send_online, name="result_send_online"),
    path("return/post/", returning.result_post, name="result_post"),
    path("return/delivered/", returning.result_delivered, name="result_delivered"),
    path("return/sent-back/", returning.result_sent_back, name="result_sent_back"),
    path("return/receipt/", returning.result_receipt, name="result_receipt"),
]

project_urls = [
    path("", projects.project_list, name="project_list"),
    path("open/", projects.project_open, name="project_open"),
    path("<int:pk>/", projects.project_detail, name="project_detail"),
    path("<int:pk>/edit/", projects.project_edit, name="project_edit"),
    path("<int:pk>/link/", projects.project_link, name="project_link"),
    path("<int:pk>/links/<int:order>/remove/", projects.project_unlink, name="project_unlink"),
    path("<int:pk>/close/", projects.project_close, name="project_close"),
]

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
    path("counter/online/<int:pk>/supplement/", inbox.filing_supplement, name="filing_supplement"),
    path("counter/online/<int:pk>/refuse/", inbox.filing_refuse, name="filing_refuse"),
    path("counter/online/<int:pk>/papers/<int:paper_pk>/", inbox.filing_paper, name="filing_paper"),
    path("counter/register/", dossier_register.dossier_register, name="dossier_register"),
    path("counter/register/print/", dossier_register.dossier_register_print, name="dossier_register_print"),
    path("dossiers/<int:pk>/", include(result_urls)),
    path("results/", returning.result_list, name="result_list"),
    path("results/register/", result_register.result_register_page, name="result_register"),
    path("projects/", include(project_urls)),
    path("succession/", succession.succession_list, name="succession_list"),
    path("succession/<int:pk>/", succession.succession_move, name="succession_move"),
]
