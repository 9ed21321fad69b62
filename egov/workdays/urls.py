"""Doors of working time."""

from django.urls import path

from egov.workdays.views import holidays, hours, terms

app_name = "workdays"

urlpatterns = [
    path("workdays/", holidays.holiday_list, name="holiday_list"),
    path("workdays/new/", holidays.holiday_create, name="holiday_create"),
    path("workdays/<int:pk>/remove/", holidays.holiday_remove, name="holiday_remove"),
    path("workdays/hours/", hours.hours_default, name="hours_default"),
    path("workdays/hours/<int:pk>/", hours.hours_detail, name="hours_detail"),
    path("workdays/term/", terms.term_check, name="term_check"),
]
