"""Finding documents as people type: without accents, by parts of words, composed or not, never too much."""

import unicodedata

import pytest

from documents.models import Delivery, Document
from egov.search.query import matching
from tests.conftest import MONDAY_MORNING
from tests.factories.cast import Cast
from tests.factories.deliveries import arrived
from tests.factories.documents import DocumentFactory


@pytest.fixture
def document(cast: Cast) -> Document:
    return DocumentFactory(
        drafter=cast.an.membership,
        number=7,
        notation="07/CT-UBND",
        abstract="Về việc phòng, chống lụt bão tại Quỳnh Phụ",
        signer_name="Trần Văn Bình",
    )


@pytest.mark.parametrize(
    "text",
    [
        "lụt bão",
        "lut bao",
        "LỤT",
        "quynh ph",
        "7/CT",
        "07/ct-ubnd",
        "binh lut",
        unicodedata.normalize("NFD", "phòng chống"),
        "  ",
        "!!!",
        "\\",
    ],
)
def test_found(document: Document, text: str) -> None:
    assert list(matching(Document.objects.all(), text)) == [document]


@pytest.mark.parametrize("text", ["hạn hán", "ut bao", "08/CT", "lut | bao' & !x:*", "'; DROP", "lut 🌊"])
def test_not_found_and_no_error(document: Document, text: str) -> None:
    assert list(matching(Document.objects.all(), text)) == []


def test_the_column_follows_every_change(document: Document) -> None:
    Document.objects.filter(pk=document.pk).update(abstract="Về việc hạn hán")
    assert not matching(Document.objects.all(), "lụt").exists()
    assert matching(Document.objects.all(), "han han").exists()


def test_among_what_one_may_see(cast: Cast) -> None:
    delivery = arrived(cast.chi.agency, at=MONDAY_MORNING, abstract="Về việc tiêm chủng")
    for actor, expected in ((cast.chi, [delivery]), (cast.dung, []), (cast.em, [])):
        visible = Delivery.objects.visible_to(actor)
        assert list(matching(visible, "tiem chung", vector="document__search")) == expected
