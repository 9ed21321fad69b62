"""Addresses of the portal, in Vietnamese as they stand and in English below /en/."""

from django.urls import include, path

from portal.content.urls import urlpatterns as content_pages
from portal.views import (
    apply,
    citizen_sign_in,
    directory,
    display,
    draft_steps,
    finding,
    home,
    inquiries,
    late,
    lookup,
    my_dossiers,
    procedures,
    rating,
)

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("find/", finding.find_page, name="find"),
    path("services/", procedures.procedure_list, name="procedure_list"),
    path("services/life/<slug:code>/", procedures.life_event, name="life_event"),
    path("services/<str:code>/", procedures.procedure_detail, name="procedure_detail"),
    path("services/<str:code>/checklist/", procedures.procedure_checklist, name="procedure_checklist"),
    path("services/<str:code>/due/", procedures.procedure_due, name="procedure_due"),
    path("services/<str:code>/forms/<int:requirement_id>/", procedures.procedure_form, name="procedure_form"),
    path("directory/", directory.agency_list, name="agency_list"),
    path("directory/map/", directory.commune_map, name="commune_map"),
    path("directory/<int:pk>/", directory.agency_detail, name="agency_detail"),
    path("display/", display.display_set, name="display_set"),
    path("lookup/", lookup.lookup, name="lookup"),
    path("lookup/pay/", lookup.lookup_pay, name="lookup_pay"),
    path("rate/", rating.rate, name="rate"),
    path("late/", late.late_list, name="late_list"),
    path("kiosk/<str:code>/", include("portal.kiosk.urls")),
    path("questions/", inquiries.questions, name="questions"),
    path("questions/ask/", inquiries.question_ask, name="question_ask"),
    path("questions/<int:pk>/", inquiries.question_detail, name="question_detail"),
    path("feedback/", inquiries.feedback, name="feedback"),
    path("feedback/send/", inquiries.feedback_send, name="feedback_send"),
    path("feedback/protected/", inquiries.protected_path, name="protected_path"),
    path("inquiries/sent/", inquiries.inquiry_sent, name="inquiry_sent"),
    path("inquiries/follow/", inquiries.inquiry_follow, name="inquiry_follow"),
    path("inquiries/standing/", inquiries.inquiry_standing, name="inquiry_standing"),
    *content_pages,
    path("citizen/sign-in/", citizen_sign_in.citizen_sign_in, name="citizen_sign_in"),
    path("citizen/sign-in/begin/", citizen_sign_in.citizen_begin, name="citizen_begin"),
    path("citizen/callback/", citizen_sign_in.citizen_callback, name="citizen_callback"),
    path("citizen/sign-out/", citizen_sign_in.citizen_sign_out, name="citizen_sign_out"),
    path("my/", my_dossiers.my_dossiers, name="my_dossiers"),
    path("apply/<str:code>/", apply.apply, name="apply"),
    path("apply/drafts/<uuid:draft_pk>/fields/", draft_steps.draft_fields, name="draft_fields"),
    path("apply/drafts/<uuid:draft_pk>/version/", draft_steps.draft_version, name="draft_version"),
    path("apply/drafts/<uuid:draft_pk>/discard/", draft_steps.draft_discard, name="draft_discard"),
    path(
        "apply/drafts/<uuid:draft_pk>/files/<uuid:upload_pk>/remove/",
        draft_steps.draft_file_remove,
        name="draft_file_remove",
    ),
    path("apply/drafts/<uuid:draft_pk>/step/<slug:part>/", draft_steps.draft_step, name="draft_step"),
]
