"""The electronic store of a person or organisation: what of it a dossier may use (rules 45 and 46)."""

from datetime import date

from django.db.models import Q, QuerySet

from onestop.models import Requirement, StoredPaper


def store_of(owner_number: str) -> QuerySet[StoredPaper]:
    """Everything that the owner's store holds, what no longer holds too; nothing for an empty number.

    Whoever shows it to somebody has made sure that they are the owner, or records the read.
    """
    kept = StoredPaper.objects.exclude(owner_number="").filter(owner_number=owner_number)
    return kept.select_related("file", "result")


def usable(owner_number: str, on: date) -> QuerySet[StoredPaper]:
    """What of the store still holds on that day: valid, issued by then, not expired (its last day counts)."""
    return store_of(owner_number).filter(
        Q(expires_on__isnull=True) | Q(expires_on__gte=on),
        Q(issued_on__isnull=True) | Q(issued_on__lte=on),
        validity=StoredPaper.Validity.VALID,
    )


def reusable(owner_number: str, requirement: Requirement, on: date) -> QuerySet[StoredPaper]:
    """Papers of this owner that stand for that line of the list on the day of filing, the newest first.

    Only a line that names a type of paper can be answered from a store.
    """
    if not requirement.type_code:
        return StoredPaper.objects.none()
    return usable(owner_number, on).filter(type_code=requirement.type_code, file__isnull=False)


def not_demanded(
    owner_number: str, requirements: list[Requirement], on: date
) -> dict[int, StoredPaper | None]:
    """The lines that nobody may be asked to bring, by key of the requirement, with what stands for them.

    A line that a connected database gives has None: it is looked up there (rule 46). Two queries at most.
    """
    wanted = {one.type_code for one in requirements if one.type_code}
    found: dict[str, StoredPaper] = {}
    if wanted:
        for stored in usable(owner_number, on).filter(type_code__in=wanted, file__isnull=False):
            found.setdefault(stored.type_code, stored)
    return {
        one.pk: found.get(one.type_code)
        for one in requirements
        if one.available_from or one.type_code in found
    }
