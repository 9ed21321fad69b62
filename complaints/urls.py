"""Addresses of citizen reception, letters and their settlement."""

from django.urls import URLPattern, path

from complaints.views import letter, letter_facts, letters

app_name = "complaints"
# Importing a file of views also hangs its panels on the letter's page (views/panels.py).
PANELS = (letter_facts,)

letter_urls = [
    path("letters/", letters.letter_list, name="letter_list"),
    path("letters/<int:pk>/", letter.letter_detail, name="letter_detail"),
    path("letters/matters/<int:pk>/", letter.matter_detail, name="matter_detail"),
]
urlpatterns: list[URLPattern] = [*letter_urls]
