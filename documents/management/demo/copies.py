"""Checks every recipient's copy as that recipient's registry would."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils import timezone

from documents.exchange.inspection import inspect
from documents.management.demo.people import acting
from documents.models import Delivery, Document
from egov.organizations.enums import Role
from egov.organizations.models import Membership
from egov.signing.verify import verify

# Judging a file costs some 60 ms of arithmetic. Recipients of one hop hold the same bytes since the same
# moment: a judgement is remembered by both; each copy is still read and hashed on its own.
MOMENTS = 64


@dataclass(frozen=True, slots=True)
class Copy:
    """What one recipient holds; ``problem`` is empty when the copy is genuine."""

    agency: str
    problem: str = ""


def verify_copies(document: Document) -> Iterator[Copy]:
    """Each registry opens its own copy: may it see it, are the bytes the same, do the signatures hold."""
    judge = lru_cache(maxsize=MOMENTS)(verify)
    clerks = {
        one.agency_id: one
        for one in Membership.objects.current(timezone.localdate())
        .filter(role=Role.REGISTRY, agency__deliveries__document=document)
        .select_related("user", "agency")
    }
    for agency_id, name in document.deliveries.order_by("pk").values_list("agency_id", "agency__name"):
        clerk = clerks.get(agency_id)
        if clerk is None:
            yield Copy(name, "no registry clerk")
            continue
        copy = (
            Delivery.objects.visible_to(acting(clerk))
            .filter(document=document)
            .select_related("document__agency", "document__kind", "document__file", "document__signer__user")
            .first()
        )
        if copy is None:
            yield Copy(name, "the registry does not see the document")
            continue
        found = inspect(copy, verifier=judge)
        yield Copy(name, " ".join((*found.faults, *found.doubts)))
