"""Addresses of documents."""

from django.urls import include, path

from documents.views import (
    compose,
    document,
    document_steps,
    draft_files,
    draft_recipients,
    incoming,
    incoming_list,
    incoming_paper,
    incoming_steps,
    movement,
    outgoing_list,
    papers,
    registers,
    reminders,
    search,
    signing,
    today,
)

app_name = "documents"

outgoing_urls = [
    path("", outgoing_list.outgoing_list, name="outgoing_list"),
    path("<int:pk>/", document.document_detail, name="document_detail"),
    path("<int:pk>/paper/", papers.document_paper, name="document_paper"),
    path("<int:pk>/attachments/<int:attachment_pk>/", papers.attachment_file, name="attachment_file"),
    path("<int:pk>/submit/", document_steps.document_submit, name="document_submit"),
    path("<int:pk>/withdraw/", document_steps.document_withdraw, name="document_withdraw"),
    path("<int:pk>/return/", document_steps.document_return, name="document_return"),
    path("<int:pk>/sign/", document_steps.document_sign, name="document_sign"),
    path("<int:pk>/number/", document_steps.document_number, name="document_number"),
    path("<int:pk>/seal/", document_steps.document_seal, name="document_seal"),
    path("<int:pk>/issue/", document_steps.document_issue, name="document_issue"),
    path("<int:pk>/movement/", movement.document_movement, name="document_movement"),
    path("<int:pk>/recipients/", movement.document_recipients, name="document_recipients"),
]

draft_urls = [
    path("", compose.document_compose, name="document_compose"),
    path("save/", compose.draft_autosave, name="draft_begin"),
    path("<int:pk>/", compose.draft_edit, name="draft_edit"),
    path("<int:pk>/save/", compose.draft_autosave, name="draft_autosave"),
    path("<int:pk>/preview/", draft_files.draft_preview, name="draft_preview"),
    path("<int:pk>/recipients/", draft_recipients.draft_recipients, name="draft_recipients"),
    path("<int:pk>/attachments/", draft_files.attachment_add, name="attachment_add"),
    path(
        "<int:pk>/attachments/<int:attachment_pk>/remove/",
        draft_files.attachment_remove,
        name="attachment_remove",
    ),
]

signing_urls = [
    path("", signing.signing_list, name="signing_list"),
    path("sign/", signing.signing_batch, name="signing_batch"),
]

incoming_urls = [
    path("", incoming_list.incoming_list, name="incoming_list"),
    path("paper/", incoming_paper.incoming_paper, name="incoming_paper"),
    path("<int:pk>/", incoming.incoming_detail, name="incoming_detail"),
    path("<int:pk>/register/", incoming_steps.incoming_register, name="incoming_register"),
    path("<int:pk>/return/", incoming_steps.incoming_return, name="incoming_return"),
    path("<int:pk>/present/", incoming_steps.incoming_present, name="incoming_present"),
    path("<int:pk>/direct/", incoming_steps.incoming_direct, name="incoming_direct"),
    path("<int:pk>/assign/", incoming_steps.incoming_assign, name="incoming_assign"),
    path("<int:pk>/start/", incoming_steps.incoming_start, name="incoming_start"),
    path("<int:pk>/complete-part/", incoming_steps.incoming_complete_part, name="incoming_complete_part"),
    path("<int:pk>/finish/", incoming_steps.incoming_finish, name="incoming_finish"),
]

register_urls = [
    path("", registers.register_list, name="register_list"),
    path("<slug:name>/", registers.register_detail, name="register_detail"),
    path("<slug:name>/pdf/", registers.register_print, name="register_print"),
]

urlpatterns = [
    path("today/", today.today, name="today"),
    path("reminders/<int:pk>/", reminders.reminder_open, name="reminder_open"),
    path("search/", search.search_results, name="search_results"),
    path("documents/outgoing/", include(outgoing_urls)),
    path("documents/compose/", include(draft_urls)),
    path("documents/to-sign/", include(signing_urls)),
    path("documents/incoming/", include(incoming_urls)),
    path("documents/registers/", include(register_urls)),
    # Systems of other agencies
    path("api/v1/", include("documents.rest.urls")),
]
