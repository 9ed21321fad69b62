"""Addresses of pages come from their titles, in letters that everybody can type."""

import pytest

from tests.factories.content import Newsroom


@pytest.mark.django_db
def test_d_with_a_stroke_is_a_d(newsroom: Newsroom):
    assert newsroom.news(title="Đối thoại về đất đai").slug == "doi-thoai-ve-dat-dai"
    assert newsroom.news(title="Đối thoại về đất đai").slug == "doi-thoai-ve-dat-dai-2"
    assert newsroom.news(title="???").slug == "page"
