"""Doors of the directory and of its administration."""

from django.urls import path

from egov.organizations.views import agencies, delegations, machine_keys, position, staff

app_name = "organizations"

urlpatterns = [
    path("agencies/", agencies.agency_list, name="agency_list"),
    path("agencies/<int:pk>/", agencies.agency_detail, name="agency_detail"),
    path("agencies/<int:pk>/people/", staff.person_list, name="person_list"),
    path("agencies/<int:pk>/people/appoint/", staff.appointment_create, name="appointment_create"),
    path("positions/<int:pk>/end/", staff.appointment_end, name="appointment_end"),
    path("agencies/<int:pk>/delegations/", delegations.delegation_list, name="delegation_list"),
    path("agencies/<int:pk>/delegations/new/", delegations.delegation_create, name="delegation_create"),
    path("delegations/<int:pk>/revoke/", delegations.delegation_revoke, name="delegation_revoke"),
    path("agencies/<int:pk>/machine-keys/", machine_keys.machine_key_list, name="machine_key_list"),
    path("machine-keys/<int:pk>/revoke/", machine_keys.machine_key_revoke, name="machine_key_revoke"),
    path("positions/switch/", position.position_switch, name="position_switch"),
]
