"""What is kept of a sealed person so that they are recognised without being known (rule 35)."""

import re
from functools import lru_cache

from django.conf import settings

from complaints.enums import TraceKind
from egov.sealing.traces import derive, trace
from egov.search.normalize import fold

SEPARATORS = re.compile(r"[^0-9a-z]")


def trace_of(agency_id: int, kind: TraceKind, value: str) -> bytes | None:
    """The trace in this body's register; None for what is empty. Accents, case and spaces do not matter."""
    folded = fold(value)
    if kind != TraceKind.NAME:
        folded = SEPARATORS.sub("", folded)
    if not folded:
        return None
    return trace(folded, key=_key(settings.SIGNING_PEPPER, agency_id), kind=kind)


@lru_cache(maxsize=64)
def _key(pepper: str, agency_id: int) -> bytes:
    """Of one body: a long text asks for some thousand traces."""
    return derive(pepper.encode(), f"egov complaints traces {agency_id} v1")
