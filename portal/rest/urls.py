"""Addresses of open data for programs; the version stands in front of them."""

from django.urls import include, path, re_path
from drf_spectacular.renderers import OpenApiJsonRenderer2
from drf_spectacular.views import SpectacularAPIView

from portal.rest import open_data

app_name = "open_rest"

operations = [
    path("datasets/", open_data.dataset_list, name="dataset_list"),
    path("datasets/<str:code>/", open_data.dataset_detail, name="dataset_detail"),
    path("datasets/<str:code>/rows/", open_data.dataset_rows, name="dataset_rows"),
]
schema = SpectacularAPIView.as_view(
    patterns=[path("api/open/v1/", include(operations))],
    renderer_classes=[OpenApiJsonRenderer2],
    authentication_classes=[],
    permission_classes=[],
    throttle_classes=[open_data.OpenThrottle],
)
urlpatterns = [*operations, path("schema/", schema, name="schema"), re_path("", open_data.nothing_here)]
