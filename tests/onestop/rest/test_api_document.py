"""The API document is true for dossiers too: whatever is sent is answered as it says."""

import pytest
import schemathesis

from onestop.models import Dossier
from tests.documents.rest.conftest import DOOR
from tests.documents.rest.test_api_document import answers, served
from tests.factories.dossiers import DossierFactory


@pytest.mark.usefixtures("own_file_store")
@pytest.mark.django_db(transaction=True)  # a real request closes its connection, and a transaction with it
def test_every_operation_keeps_its_promise_whatever_is_sent(commune_system, version, ministry_version):
    """Generated requests, half of them at dossiers that are there, one ours and one a ministry's."""
    headers = {"Authorization": f"Bearer {commune_system.token}"}
    document = schemathesis.openapi.from_wsgi(f"{DOOR}/schema/", served, headers=headers)
    dossier = DossierFactory(version=version, agency=commune_system.actor.agency)
    seen = {}
    for found in document.get_all_operations():
        operation = found.ok()
        if "/dossiers/" in operation.path:
            real = {"id": dossier.pk}
            if "result_pk" in operation.path:
                real["result_pk"] = 1
            seen[operation.label] = answers(operation, real, headers)
    assert len(seen) == 5
    reached = {label for label, statuses in seen.items() if statuses[200]}
    assert reached == {f"GET {DOOR}/dossiers/", f"GET {DOOR}/dossiers/{{id}}/"}, seen
    assert seen[f"POST {DOOR}/dossiers/"][400]
    assert seen[f"POST {DOOR}/dossiers/{{id}}/statuses/"][403], "a dossier of ours is not another's to move"
    assert list(Dossier.objects.values_list("pk", "state")) == [(dossier.pk, "received")]
