"""Addresses of the portal's work in the office, in the language that each official has chosen."""

from django.urls import path

from portal.views import editors, inquiry_desk, notice_desk

app_name = "portal_desk"

urlpatterns = [
    path("editors/", editors.editor_list, name="editor_list"),
    path("editors/assign/", editors.editor_assign, name="editor_assign"),
    path("editors/<int:pk>/end/", editors.editor_end, name="editor_end"),
    path("inquiries/", inquiry_desk.inquiry_list, name="inquiry_list"),
    path("inquiries/<int:pk>/", inquiry_desk.inquiry_detail, name="inquiry_detail"),
    path("inquiries/<int:pk>/steps/<slug:name>/", inquiry_desk.inquiry_step, name="inquiry_step"),
    path("notices/", notice_desk.notice_list, name="notice_list"),
]
