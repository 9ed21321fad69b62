"""Legal documents: what they are on a day, what they do to each other, how they are found."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client

from portal.content.enums import LegalKind, LegalRelation, LegalStatus
from portal.content.legal_list import legal_list, with_status
from portal.content.models import LegalPage, LegalTie
from tests.factories.content import Newsroom

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(newsroom: Newsroom) -> tuple[LegalPage, LegalPage]:
    """The decree of 2018 and the one that took its place on 1 July 2025."""
    old = newsroom.publish(
        newsroom.legal("61/2018/NĐ-CP", issued_on=date(2018, 4, 23), effective_on=date(2018, 6, 21))
    )
    new = newsroom.legal("118/2025/NĐ-CP", issued_on=date(2025, 6, 9), effective_on=date(2025, 7, 1))
    new.ties = [LegalTie(relation=LegalRelation.REPLACES, other=old)]
    new.save_revision(user=newsroom.author.user)
    return old, newsroom.publish(new)


@pytest.mark.parametrize(
    ("day", "old_is", "new_is"),
    [
        (date(2018, 5, 1), LegalStatus.NOT_YET, LegalStatus.NOT_YET),
        (date(2020, 1, 1), LegalStatus.IN_FORCE, LegalStatus.NOT_YET),
        (date(2025, 6, 30), LegalStatus.IN_FORCE, LegalStatus.NOT_YET),
        (date(2025, 7, 1), LegalStatus.ENDED, LegalStatus.IN_FORCE),
    ],
)
def test_the_status_follows_from_the_day(
    pair: tuple[LegalPage, LegalPage], day: date, old_is: LegalStatus, new_is: LegalStatus
):
    for page, status in zip(pair, (old_is, new_is), strict=True):
        assert LegalPage.objects.get(pk=page.pk).status_on(day) == status
        for one in LegalStatus:
            held = with_status(LegalPage.objects.all(), one, day).filter(pk=page.pk).exists()
            assert held == (one == status), (one, day)


def test_a_tie_is_shown_at_both_documents(pair: tuple[LegalPage, LegalPage]):
    old, new = pair
    assert "Được thay thế bởi" in Client().get(f"/law/{old.slug}/").content.decode()
    assert f'href="/law/{old.slug}/"' in Client().get(f"/law/{new.slug}/").content.decode()


def test_a_draft_replaces_nothing(newsroom: Newsroom):
    old = newsroom.publish(newsroom.legal("61/2018/NĐ-CP"))
    new = newsroom.legal("118/2025/NĐ-CP")
    new.ties = [LegalTie(relation=LegalRelation.REPLACES, other=old)]
    new.save_revision(user=newsroom.author.user)
    assert LegalPage.objects.get(pk=old.pk).status == LegalStatus.IN_FORCE
    assert "118/2025" not in Client().get(f"/law/{old.slug}/").content.decode()


def test_filters_narrow_the_list(pair: tuple[LegalPage, LegalPage], newsroom: Newsroom):
    newsroom.publish(newsroom.legal("02/2011/QH13", kind=LegalKind.LAW, issuer="Quốc hội"))
    for asked, numbers in (
        ("kind=law", {"02/2011/QH13"}),
        ("issuer=Chính phủ&year=2018", {"61/2018/NĐ-CP"}),
        ("year=2025&status=in_force", {"118/2025/NĐ-CP"}),
        ("status=ended", {"61/2018/NĐ-CP"}),
        ("kind=nonsense&year=abc&status=%00&page=-7", {"02/2011/QH13", "61/2018/NĐ-CP", "118/2025/NĐ-CP"}),
    ):
        found = legal_list(QueryDict(asked))["shown"].object_list
        assert {page.number for page in found} == numbers, asked


@pytest.mark.parametrize("text", ["x" * 10_000, "\x00\x01", "%27%3B--", "((((", "🦆"])
def test_no_question_breaks_the_list(newsroom: Newsroom, text: str):
    assert Client().get("/law/", {"q": text, "issuer": text, "page": text}).status_code == 200


def test_dates_must_follow_each_other(newsroom: Newsroom):
    page = newsroom.legal()
    page.effective_on = date(2000, 1, 1)
    with pytest.raises(ValidationError):
        page.full_clean()
