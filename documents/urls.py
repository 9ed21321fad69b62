"""Addresses of documents: people read them in Vietnamese, ``documents:<noun>_<view>`` is what code reads."""

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

urlpatterns = [
    path("", today.today, name="today"),
    path("nhac-viec/<int:pk>/", reminders.reminder_open, name="reminder_open"),
    path("tim-kiem/", search.search_results, name="search_results"),
    # Outgoing documents
    path("van-ban-di/", outgoing_list.outgoing_list, name="outgoing_list"),
    path("van-ban-di/<int:pk>/", document.document_detail, name="document_detail"),
    path("van-ban-di/<int:pk>/ban-van-ban/", papers.document_paper, name="document_paper"),
    path("van-ban-di/<int:pk>/tep/<int:attachment_pk>/", papers.attachment_file, name="attachment_file"),
    path("van-ban-di/<int:pk>/trinh-ky/", document_steps.document_submit, name="document_submit"),
    path("van-ban-di/<int:pk>/rut-lai/", document_steps.document_withdraw, name="document_withdraw"),
    path("van-ban-di/<int:pk>/tra-lai/", document_steps.document_return, name="document_return"),
    path("van-ban-di/<int:pk>/ky/", document_steps.document_sign, name="document_sign"),
    path("van-ban-di/<int:pk>/cap-so/", document_steps.document_number, name="document_number"),
    path("van-ban-di/<int:pk>/dong-dau/", document_steps.document_seal, name="document_seal"),
    path("van-ban-di/<int:pk>/phat-hanh/", document_steps.document_issue, name="document_issue"),
    path("van-ban-di/<int:pk>/duong-di/", movement.document_movement, name="document_movement"),
    path("van-ban-di/<int:pk>/noi-nhan/", movement.document_recipients, name="document_recipients"),
    # Drafts
    path("soan-thao/", compose.document_compose, name="document_compose"),
    path("soan-thao/luu/", compose.draft_autosave, name="draft_begin"),
    path("soan-thao/<int:pk>/", compose.draft_edit, name="draft_edit"),
    path("soan-thao/<int:pk>/luu/", compose.draft_autosave, name="draft_autosave"),
    path("soan-thao/<int:pk>/ban-in/", draft_files.draft_preview, name="draft_preview"),
    path("soan-thao/<int:pk>/noi-nhan/", draft_recipients.draft_recipients, name="draft_recipients"),
    path("soan-thao/<int:pk>/tep/", draft_files.attachment_add, name="attachment_add"),
    path(
        "soan-thao/<int:pk>/tep/<int:attachment_pk>/bo/",
        draft_files.attachment_remove,
        name="attachment_remove",
    ),
    # Signing
    path("cho-ky/", signing.signing_list, name="signing_list"),
    path("cho-ky/ky/", signing.signing_batch, name="signing_batch"),
    # Incoming documents
    path("van-ban-den/", incoming_list.incoming_list, name="incoming_list"),
    path("van-ban-den/giay/", incoming_paper.incoming_paper, name="incoming_paper"),
    path("van-ban-den/<int:pk>/", incoming.incoming_detail, name="incoming_detail"),
    path("van-ban-den/<int:pk>/tiep-nhan/", incoming_steps.incoming_register, name="incoming_register"),
    path("van-ban-den/<int:pk>/tra-lai/", incoming_steps.incoming_return, name="incoming_return"),
    path("van-ban-den/<int:pk>/trinh/", incoming_steps.incoming_present, name="incoming_present"),
    path("van-ban-den/<int:pk>/chi-dao/", incoming_steps.incoming_direct, name="incoming_direct"),
    path("van-ban-den/<int:pk>/phan-cong/", incoming_steps.incoming_assign, name="incoming_assign"),
    path("van-ban-den/<int:pk>/bat-dau/", incoming_steps.incoming_start, name="incoming_start"),
    path(
        "van-ban-den/<int:pk>/phoi-hop/", incoming_steps.incoming_complete_part, name="incoming_complete_part"
    ),
    path("van-ban-den/<int:pk>/ket-thuc/", incoming_steps.incoming_finish, name="incoming_finish"),
    # Registers
    path("so-van-ban/", registers.register_list, name="register_list"),
    path("so-van-ban/<slug:name>/", registers.register_detail, name="register_detail"),
    path("so-van-ban/<slug:name>/pdf/", registers.register_print, name="register_print"),
    # Systems of other agencies
    path("api/v1/", include("documents.rest.urls")),
]
