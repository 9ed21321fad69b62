"""Deadlines in words, formats of Viet Nam, navigation by role, error pages that need nothing."""

from datetime import timedelta

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.translation import override

from egov.web.navigation import links_for


def chip(days: int, extra: str = "") -> str:
    due_on = timezone.localdate() + timedelta(days=days)
    template = Template("{% load page_parts %}{% deadline due_on " + extra + " %}")
    return template.render(Context({"due_on": due_on}))


@pytest.mark.parametrize(
    ("days", "words", "kind"),
    [
        (-3, "quá hạn 3 ngày", "over"),
        (0, "hết hạn hôm nay", "soon"),
        (2, "còn 2 ngày", "soon"),
        (30, "còn 30 ngày", "far"),
    ],
)
def test_a_deadline_is_told_in_words_and_colour(clock, days, words, kind):
    shown = chip(days)
    assert words in shown
    assert f"deadline-{kind}" in shown


def test_a_deadline_of_something_done_does_not_urge(clock):
    assert "quá hạn" not in chip(-3, "done=True")


def test_no_deadline_shows_nothing(clock):
    assert (
        Template("{% load page_parts %}{% deadline due_on %}").render(Context({"due_on": None})).strip() == ""
    )


def test_dates_and_numbers_are_written_as_in_viet_nam(clock):
    with override("vi"):
        assert date_format(timezone.localdate()) == "15/09/2025"
        assert localize(1234567.5) == "1.234.567,5"
    with override("en"):
        assert date_format(timezone.localdate()) == "15/09/2025"
        assert localize(1234567.5) == "1,234,567.5"


def test_each_role_sees_its_own_places():
    names = {
        role: [str(link.label) for link in links_for(role, "/today/")]
        for role in ("leader", "registry", "agency_admin")
    }
    assert "Chờ tôi ký" in names["leader"]
    assert "Chờ tôi ký" not in names["registry"]
    assert "Văn bản đến" not in names["agency_admin"]


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/today/", "Việc hôm nay"),
        ("/documents/incoming/5/", "Văn bản đến"),
        ("/documents/registers/outgoing/", "Sổ văn bản"),
    ],
)
def test_the_place_in_view_is_marked_and_no_other(path, label):
    assert [str(link.label) for link in links_for("registry", path) if link.current] == [label]


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_need_neither_context_nor_database(name):
    page = render_to_string(f"{name}.html")
    assert "</html>" in page
    assert "<h1" in page
