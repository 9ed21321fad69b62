"""Addresses of citizen reception, letters and their settlement."""

from django.urls import URLPattern, path

from complaints.views import (
    letter,
    letter_entry,
    letter_facts,
    letter_register,
    letter_work,
    letters,
    settlement,
)

app_name = "complaints"
# Importing a file of views also hangs its panels on the letter's page (views/panels.py).
PANELS = (letter_facts, letter_work, settlement)

letter_urls = [
    path("letters/", letters.letter_list, name="letter_list"),
    path("letters/enter/", letter_entry.letter_enter, name="letter_enter"),
    path("letters/register/", letter_register.letter_register, name="letter_register"),
    path("letters/register/print/", letter_register.letter_register_print, name="letter_register_print"),
    path("letters/<int:pk>/", letter.letter_detail, name="letter_detail"),
    path("letters/<int:pk>/entered/", letter_entry.letter_entered, name="letter_entered"),
    path("letters/<int:pk>/slip/", letter_entry.letter_slip_print, name="letter_slip"),
    path("letters/matters/<int:pk>/files/<int:file_pk>/", letter_work.letter_file, name="letter_file"),
    path("letters/matters/<int:pk>/register/<slug:name>/", letter_work.letter_step, name="letter_step"),
    path("letters/matters/<int:pk>/", letter.matter_detail, name="matter_detail"),
]
settlement_urls = [
    path("settlement/evidence/<int:pk>/", settlement.evidence_file, name="evidence_file"),
    path("settlement/<int:pk>/<slug:name>/", settlement.settlement_step, name="settlement_step"),
]
urlpatterns: list[URLPattern] = [*letter_urls, *settlement_urls]
