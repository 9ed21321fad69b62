"""Rule 57 at the public door: with code and secret, once a stage, words shown to nobody before reading."""

import uuid

import pytest
from django.test import Client

from onestop.actions.receive import receive
from onestop.models import Dossier, Rating, RatingComment
from onestop.seeding.figures import load_figures
from tests.conftest import MONDAY_MORNING
from tests.factories.filings import filing
from tests.factories.one_stop import make_unit
from tests.factories.procedures import ProcedureVersionFactory
from tests.onestop.conftest import standard_forms  # noqa: F401  (fixture: slips have their forms)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("clock"),
    pytest.mark.rule("onestop", 57),
]


@pytest.fixture
def dossier(db: None, settings) -> Dossier:
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}}
    load_figures()
    unit = make_unit()
    return receive(unit.counter, filing(ProcedureVersionFactory(), unit.agency), at=MONDAY_MORNING)


def rated(client: Client, dossier: Dossier, **changes: str):
    sent = {
        "code": dossier.code,
        "secret": dossier.secret,
        "rate": "yes",
        "stage": "intake",
        "level": "satisfied",
        "comment": "",
    }
    return client.post("/rate/", sent | changes)


def words(answer) -> str:
    return answer.content.decode()


def test_the_sheet_offers_what_was_reached_and_preselects_no_answer(client, dossier):
    page = words(client.post("/rate/", {"code": dossier.code, "secret": dossier.secret}))
    assert 'value="intake"' in page
    assert 'value="result"' not in page
    assert 'name="level"' in page
    assert page.count(" checked") == 1  # the only stage
    assert "Vũ Thị Em" not in page


def test_once_a_stage_and_never_again(client, dossier):
    answers = {"criterion-attitude": "very_satisfied", "comment": "Cảm ơn chị Hoa, số 0912345678"}
    thanks = rated(client, dossier, **answers)
    assert (thanks.status_code, "Cảm ơn Quý vị" in words(thanks)) == (200, True)
    again = rated(client, dossier, level="unsatisfied")
    assert again.status_code == 422
    rating = Rating.objects.get()
    assert (rating.level, rating.answers.get().criterion.code) == ("satisfied", "attitude")
    nothing = words(client.post("/rate/", {"code": dossier.code, "secret": dossier.secret}))
    assert "Hiện không có giai đoạn nào để đánh giá" in nothing


def test_words_wait_for_whoever_reads_them_first(client, dossier):
    rated(client, dossier, comment="Cảm ơn chị Hoa, số 0912345678")
    assert RatingComment.objects.get().state == "waiting"


@pytest.mark.parametrize(
    "changes",
    [
        {"stage": "result"},
        {"stage": "x"},
        {"level": ""},
        {"level": "\0"},
        {"criterion-attitude": "x" * 10_000},
        {"comment": "a" * 2001},
        {"comment": "\0"},
    ],
)
def test_what_is_no_rating_is_told_beside_its_field(client, dossier, changes):
    answer = rated(client, dossier, **changes)
    assert (answer.status_code, "field-error" in words(answer)) == (422, True)
    assert not Rating.objects.exists()


def test_a_wrong_secret_rates_nothing(client, dossier):
    assert rated(client, dossier, secret="AAAA").status_code == 404
    assert not Rating.objects.exists()
