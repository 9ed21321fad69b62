"""The counter's page as a browser without scripts fills it in."""

from django.test import Client

from onestop.models import IntakeDraft, ProcedureVersion
from tests.factories.dossiers import OWNER_NUMBER


def typed(version: ProcedureVersion, **changes: str) -> dict[str, str]:
    """All fields as a counter fills them in."""
    case = version.cases.first()
    fields = {
        "case": str(case.pk),
        "channel": "counter",
        "person_name": "Vũ Thị Em",
        "person_personal_number": OWNER_NUMBER,
        "person_kind": "citizen",
        "owner_kind": "citizen",
        "person_address": "Thôn Bắc",
        "person_phone": "0912345678",
        "sets": "1",
        "delivery": "counter",
    }
    for one in case.requirements.all():
        fields |= {f"paper_{one.pk}": "on", f"originals_{one.pk}": "1", f"copies_{one.pk}": "0"}
    return fields | changes


def send(client: Client, draft: IntakeDraft, pressed: str, **fields: object):
    return client.post(f"/counter/intake/{draft.pk}/", {**fields, "next": pressed})


def text_of(response) -> str:
    return response.content.decode()
