"""Every published page by its path. Without a namespace: Wagtail asks for this name wherever it links."""

from django.urls import re_path

from portal.content.views import pages

urlpatterns = [
    re_path(r"^((?:news|guidance|law|about)/(?:[\w-]+/)*)$", pages.serve, name="wagtail_serve"),
]
