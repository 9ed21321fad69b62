"""A dossier with something to pay, taken in with the real action."""

from onestop.actions.receive import receive
from onestop.models import Dossier, ProcedureVersion
from tests.conftest import MONDAY_MORNING
from tests.factories.filings import filing
from tests.factories.one_stop import Unit
from tests.factories.procedures import ProcedureVersionFactory


def owing(unit: Unit, version: ProcedureVersion | None = None, **changes: object) -> Dossier:
    """Received just now and not paid: 50,000 dong unless the version says otherwise."""
    changes.setdefault("duplicate_confirmed", True)
    version = version or ProcedureVersionFactory()
    return receive(unit.counter, filing(version, unit.agency, **changes), at=MONDAY_MORNING)
