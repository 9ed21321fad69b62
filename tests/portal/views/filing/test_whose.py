"""What a citizen prepares exists for nobody else: not for a visitor, another citizen, or an official."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from egov.organizations.actor import Actor
from portal.models import Draft
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.cast import Cast
from tests.factories.citizens import CitizenFactory, signed_in_citizen
from tests.factories.filing import secret_filing
from tests.factories.organizations import AgencyFactory

SECRET = "Khai sinh cho cháu Vũ Minh Anh"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def draft() -> Draft:
    AgencyFactory(name="Ủy ban nhân dân xã Thụy Xuân")
    return secret_filing(SECRET, at=NOW)


def addresses(draft: Draft) -> list[str]:
    upload = draft.uploads.get()
    steps = ("case", "applicant", "papers", "payment", "check")
    pages = ("fields", "version", "discard", "submit", "filed", "receipt")
    return [
        *(reverse("portal:draft_step", args=[draft.pk, step]) for step in steps),
        *(reverse(f"portal:draft_{page}", args=[draft.pk]) for page in pages),
        reverse("portal:draft_file_remove", args=[draft.pk, upload.pk]),
        reverse("portal:upload", args=[upload.pk]),
    ]


@pytest.mark.parametrize("who", ["visitor", "another", "official"])
@pytest.mark.parametrize("method", ["get", "post", "head", "patch", "delete"])
def test_nobody_else_reads_or_changes_it(
    draft: Draft, who: str, method: str, cast: Cast, sign_in: Callable[[Actor], Client]
):
    client = {
        "visitor": Client,
        "another": lambda: signed_in_citizen(Client(), CitizenFactory()),
        "official": lambda: sign_in(cast.an),
    }[who]()
    before = list(Draft.objects.values("typed", "submitted_at", "saved_at"))
    wrong = []
    for address in addresses(draft):
        answer = getattr(client, method)(address, headers={"Tus-Resumable": "1.0.0"})
        if answer.status_code not in {302, 401, 403, 404, 405} or SECRET in answer.content.decode():
            wrong.append((address, answer.status_code))
    assert wrong == []
    assert list(Draft.objects.values("typed", "submitted_at", "saved_at")) == before
    assert draft.uploads.count() == 1


def test_the_same_walk_as_its_citizen_finds_the_words(draft: Draft):
    """So it would see a leak."""
    own = signed_in_citizen(Client(), draft.citizen)
    found = [address for address in addresses(draft) if SECRET in own.get(address).content.decode()]
    assert len(found) >= 3
