"""The short way to Wagtail's tables leads where Wagtail's own way does."""

import importlib
import pkgutil

import pytest
from django.apps import apps
from django.conf import settings


def names(package: str) -> set[str]:
    module = importlib.import_module(package)
    return {name for _finder, name, _folder in pkgutil.iter_modules(module.__path__)}


@pytest.mark.parametrize(
    "label", ["wagtailadmin", "wagtailcore", "wagtaildocs", "wagtailimages", "wagtailsearch", "wagtailusers"]
)
def test_the_last_migration_is_wagtails_last(label: str):
    """Red after an upgrade: docs/how-to/upgrade-wagtail.md says what to copy."""
    ours = names(settings.MIGRATION_MODULES[label])
    theirs = names(f"{apps.get_app_config(label).name}.migrations")
    assert max(ours) == max(theirs)
    assert ours <= theirs
