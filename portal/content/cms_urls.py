"""Addresses of the editors: Wagtail's own below ``/cms/``, without the doors that the office has itself."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as admin_urls

from egov.accounts.views.login import logout
from portal.content.views.cms import closed, withdraw_page
from portal.content.views.files import picture

urlpatterns = [
    path("content/pictures/<str:name>", picture, name="content_picture"),
    path("cms/logout/", logout, name="content_sign_out"),
    # Sign-in, passwords, accounts and groups belong to the office; Wagtail's own must not be a second door.
    re_path(r"^cms/(?:login|password_reset|users|groups)/", closed, name="content_closed"),
    path("cms/account/", RedirectView.as_view(pattern_name="accounts:profile"), name="content_account"),
    path("cms/withdraw/<int:pk>/", withdraw_page, name="content_withdraw"),
    path("cms/", include(admin_urls)),
]
