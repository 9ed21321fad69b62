"""Addresses of agencies, people and positions."""

from django.urls.resolvers import URLPattern

app_name = "organizations"

urlpatterns: list[URLPattern] = []
