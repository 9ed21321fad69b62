"""Migrations: complete, named, one line of them."""

import re

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests.architecture.tree import project_files

AUTOMATIC = re.compile(r"_auto_\d|_alter_.*_and_more")


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_one_line_of_migrations():
    assert MigrationLoader(None, ignore_no_migrations=True).detect_conflicts() == {}


def test_migrations_are_named():
    unnamed = [
        str(path)
        for path in project_files(".py")
        if "migrations" in path.parts and AUTOMATIC.search(path.stem)
    ]
    assert unnamed == []
