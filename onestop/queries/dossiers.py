"""Dossiers that one may see: the whole list, and finding one by code, content, owner or number."""

from django.db.models import Q, QuerySet

from egov.organizations.actor import Actor, SignedOut
from egov.search.normalize import words
from egov.search.query import matching
from onestop.models import Dossier, Party, ProcedureVersion
from onestop.queries.desk import with_place
from onestop.queries.slip_code import read_slip

NUMBER_LENGTHS = (9, 10, 12, 13)
SLIP_MARK = "/lookup/#"


def dossiers(actor: Actor | SignedOut) -> QuerySet[Dossier]:
    """Every dossier that the actor may see, with what a row shows."""
    return with_place(Dossier.objects.visible_to(actor))


def found(rows: QuerySet[Dossier], text: str) -> QuerySet[Dossier]:
    """Those whose code, content or procedure, or whose owner or submitter, begins words with what was typed.

    Without accents; a whole personal number or tax code is found exactly; a scanned slip says its code.
    Nothing typed keeps all.
    """
    text = read_slip(text).code if SLIP_MARK in text else text
    if not words(text):
        return rows
    digits = text.replace(" ", "").replace("-", "")
    if digits.isdigit() and len(digits) in NUMBER_LENGTHS:
        parties = Party.objects.filter(Q(personal_number=digits) | Q(tax_code=digits))
    else:
        parties = matching(Party.objects.all(), text)
    by_words = matching(Dossier.objects.all(), text).order_by().values("pk")
    procedures = matching(ProcedureVersion.objects.all(), text).order_by().values("pk")
    people = parties.order_by().values("pk")
    return rows.filter(
        Q(pk__in=by_words) | Q(owner__in=people) | Q(submitter__in=people) | Q(version__in=procedures)
    )


def procedures_among(rows: QuerySet[Dossier]) -> list[tuple[int, str]]:
    """Procedures of these dossiers, for the filter: key and name of the latest version, by name."""
    pairs = (
        rows.order_by("version__procedure_id", "-version__number")
        .distinct("version__procedure_id")
        .values_list("version__procedure_id", "version__name")
    )
    return sorted(pairs, key=lambda pair: pair[1])
