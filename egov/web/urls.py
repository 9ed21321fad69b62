"""The door that belongs to no app: is the site alive."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from health_check.views import HealthCheckView

app_name = "web"

urlpatterns = [
    path(
        "health/",
        login_not_required(
            HealthCheckView.as_view(checks=["health_check.checks.Database"], template_name="health.html")
        ),
        name="health_check",
    ),
]
