"""The law's terms, the fields of content, the kinds of documents are there, whatever a test emptied."""

from importlib import import_module

import pytest
from django.apps import apps

from complaints.models import ContentField, ReceptionQuota, Term
from documents.models import DocumentKind
from tests.documents.conftest import own_file_store, pki_folder, trust  # noqa: F401  (fixtures)
from tests.support.feed_fixture import letter_database_process, national  # noqa: F401  (fixtures)


@pytest.fixture(autouse=True)
def reference_data(request: pytest.FixtureRequest) -> None:
    """As the migrations leave them; a test with real commits empties every table when it ends."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None:
        return
    request.getfixturevalue("transactional_db" if marker.kwargs.get("transaction") else "db")
    loaded = import_module("complaints.migrations.0002_reference_data")
    for model, load in (
        (Term, loaded.load_terms),
        (ReceptionQuota, loaded.load_quotas),
        (ContentField, loaded.load_fields),
        (DocumentKind, import_module("documents.migrations.0002_document_kinds").load_kinds),
    ):
        if not model.objects.exists():
            load(apps)
