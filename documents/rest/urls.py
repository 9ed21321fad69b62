"""Addresses of the machine door; the version stands in front of them."""

from django.urls import path, re_path
from drf_spectacular.renderers import OpenApiJsonRenderer2
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.decorators import api_view
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from documents.rest import deliveries, files, movement, steps
from documents.rest.scheme import MachineKeyScheme

app_name = "rest"
# Known to the API document by being loaded.
__all__ = ["MachineKeyScheme", "urlpatterns"]


@extend_schema(exclude=True)
@api_view(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
def nothing_here(_request: Request) -> Response:
    """An address that there is not is told in JSON too, and no slash is added behind anybody's back."""
    raise NotFound


urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(renderer_classes=[OpenApiJsonRenderer2]), name="schema"),
    path("deliveries/", deliveries.delivery_list, name="delivery_list"),
    path("deliveries/<int:pk>/", deliveries.delivery_detail, name="delivery_detail"),
    path("deliveries/<int:pk>/paper/", files.delivery_paper, name="delivery_paper"),
    path(
        "deliveries/<int:pk>/attachments/<int:attachment_pk>/",
        files.delivery_attachment,
        name="delivery_attachment",
    ),
    path("deliveries/<int:pk>/register/", steps.delivery_register, name="delivery_register"),
    path("deliveries/<int:pk>/return/", steps.delivery_return, name="delivery_return"),
    path("deliveries/<int:pk>/start/", steps.delivery_start, name="delivery_start"),
    path("deliveries/<int:pk>/finish/", steps.delivery_finish, name="delivery_finish"),
    path("documents/<int:pk>/movement/", movement.document_movement, name="document_movement"),
    re_path(r"^.*$", nothing_here, name="nothing_here"),
]
