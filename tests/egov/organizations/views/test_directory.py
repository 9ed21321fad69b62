"""The directory's pages."""

import html

import pytest
from django.http import HttpResponse
from django.urls import reverse

from tests.factories.organizations import AgencyFactory, MembershipFactory
from tests.support.signed_in import signed_in

pytestmark = pytest.mark.django_db


def page(answer: HttpResponse) -> str:
    """What a person reads, without the line breaks of the template."""
    return " ".join(html.unescape(answer.content.decode()).split())


LIST = reverse("organizations:agency_list")


@pytest.fixture
def clerk(cast):
    return signed_in(cast.an)


def test_the_tree_opens_at_the_root_and_counts_what_hangs_below(clerk, cast):
    AgencyFactory(parent=cast.chi.agency)
    text = page(clerk.get(LIST))
    assert cast.chi.agency.name in text
    assert "1 cơ quan" in text
    below = page(clerk.get(LIST, {"under": cast.chi.agency.pk}))
    assert "Ủy ban nhân dân xã Thử" in below
    assert cast.dung.agency.name not in below


@pytest.mark.parametrize("words", ["thuy xuan", "Thụy Xuân", "xuân thụy", "THUY XUAN"])
def test_names_are_found_without_accents_in_any_order(clerk, cast, words):
    text = page(clerk.get(LIST, {"q": words}))
    assert cast.chi.agency.name in text
    assert cast.dung.agency.name not in text


def test_codes_and_abbreviations_are_found(clerk, cast):
    assert cast.dung.agency.name in page(clerk.get(LIST, {"q": "snv"}))
    assert cast.chi.agency.name in page(clerk.get(LIST, {"q": cast.chi.agency.code}))


def test_filters_narrow_and_nonsense_narrows_nothing(clerk, cast):
    communes = page(clerk.get(LIST, {"level": "commune"}))
    assert cast.chi.agency.name in communes
    assert cast.dung.agency.name not in communes
    assert cast.dung.agency.name in page(clerk.get(LIST, {"level": "galaxy"}))
    assert "Không có cơ quan nào khớp" in page(clerk.get(LIST, {"q": "không đâu có"}))


def test_signs_of_patterns_are_only_signs(clerk):
    assert "Không có cơ quan nào khớp" in page(clerk.get(LIST, {"q": "%_%"}))


@pytest.mark.parametrize("under", ["x", "-1", "²", "9" * 40])
def test_a_branch_that_is_not_there_is_not_found(clerk, under):
    assert clerk.get(LIST, {"under": under}).status_code == 404


def test_a_list_costs_the_same_at_1_and_at_30_rows(clerk, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as few:
        clerk.get(LIST)
    for _ in range(30):
        AgencyFactory(parent=cast.an.agency)
    with django_assert_max_num_queries(len(few)):
        clerk.get(LIST)


def test_an_agency_shows_its_facts_codes_and_leaders(clerk, cast):
    text = page(clerk.get(reverse("organizations:agency_detail", args=[cast.an.agency.pk])))
    for words in (cast.an.agency.code, "Trần Văn Bình", "Nguyễn Thị An", "Cán bộ, công chức"):
        assert words in text
    elsewhere = page(clerk.get(reverse("organizations:agency_detail", args=[cast.dung.agency.pk])))
    assert "Cán bộ, công chức" not in elsewhere


def test_an_agency_of_the_past_says_so(clerk, cast):
    ended = AgencyFactory(parent=cast.an.agency, closed=True)
    text = page(clerk.get(reverse("organizations:agency_detail", args=[ended.pk])))
    assert "kết thúc hoạt động từ ngày 01/07/2025" in text


def test_without_a_position_there_is_no_directory(cast):
    client = signed_in(cast.an)
    type(cast.an.membership).objects.filter(pk=cast.an.membership.pk).update(valid_to="2025-01-01")
    assert client.get(LIST).status_code == 403


def test_without_signing_in_there_is_nothing(client):
    assert client.get(LIST).status_code == 302


class TestSwitch:
    """Between one's own positions."""

    URL = reverse("organizations:position_switch")

    def test_to_another_position_of_today(self, clerk, cast):
        second = MembershipFactory(user=cast.an.user, agency=cast.dung.agency, registry=True)
        answer = clerk.post(self.URL, {"membership": second.pk})
        assert answer.status_code == 302
        text = page(clerk.get(LIST))
        assert f"{second.position} – {second.agency.name}" in text

    @pytest.mark.parametrize("whose", ["other", "ended", "nonsense"])
    def test_never_to_one_that_is_not_held(self, clerk, cast, whose):
        given = {
            "other": cast.dung.membership.pk,
            "ended": MembershipFactory(user=cast.an.user, ended=True).pk,
            "nonsense": "1 OR 1=1",
        }[whose]
        assert clerk.post(self.URL, {"membership": given}).status_code == 403
        assert cast.an.agency.name in page(clerk.get(LIST))

    def test_an_ended_one_falls_back_to_what_is_held(self, clerk, cast):
        second = MembershipFactory(user=cast.an.user, agency=cast.dung.agency)
        clerk.post(self.URL, {"membership": second.pk})
        type(second).objects.filter(pk=second.pk).update(valid_to="2025-01-01")
        assert f"{cast.an.membership.position} – {cast.an.agency.name}" in page(clerk.get(LIST))

    def test_only_by_post(self, clerk):
        assert clerk.get(self.URL).status_code == 405
