"""Addresses of citizen reception, letters and their settlement."""

from django.urls import URLPattern

app_name = "complaints"
urlpatterns: list[URLPattern] = []
