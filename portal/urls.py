"""Addresses of the portal, in Vietnamese as they stand and in English below /en/."""

from django.urls import path

from portal.views import display, home

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("display/", display.display_set, name="display_set"),
]
