"""Addresses of one-stop handling at the machine door; the version stands in front of them."""

from django.urls import path

from onestop.rest import dossiers

app_name = "onestop_rest"

urlpatterns = [
    path("dossiers/", dossiers.dossier_list, name="dossier_list"),
    path("dossiers/<int:pk>/", dossiers.dossier_detail, name="dossier_detail"),
    path("dossiers/<int:pk>/statuses/", dossiers.dossier_status, name="dossier_status"),
    path("dossiers/<int:pk>/results/<int:result_pk>/", dossiers.dossier_result, name="dossier_result"),
]
