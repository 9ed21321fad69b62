"""Rule 57: one rating per dossier and stage, kept as it was given, and nobody's dossier beside it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from egov.organizations.actor import SignedOut
from egov.workflow.refusal import NotPermitted
from onestop.actions.moderate_comment import CommentDecided, ReasonMissing, moderate_comment
from onestop.actions.rate import RatingNotAcceptable, SecretWrong, rate, rate_own
from onestop.enums import CommentState, DossierState, RatingStage, Satisfaction
from onestop.models import DossierChange, Rating, RatingComment
from onestop.rules import Citizen
from onestop.seeding.figures import load_figures
from tests.conftest import MONDAY_MORNING
from tests.factories.dossiers import DossierFactory
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.procedures import ProcedureFactory, ProcedureVersionFactory

EM = SignedOut(address="127.0.0.1")
# A report of this morning counts it.
BEFORE = MONDAY_MORNING - timedelta(minutes=1)
WORDS = "Cảm ơn chị Hoa, số 0912345678"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def dossier(db: None):
    load_figures()
    province = AgencyFactory(province=True)
    commune = AgencyFactory(parent=province)
    version = ProcedureVersionFactory(procedure=ProcedureFactory(agency=province))
    made = DossierFactory(version=version, agency=commune)
    DossierChange.objects.create(dossier=made, after=DossierState.RECEIVED, at=MONDAY_MORNING)
    return made


def rated(dossier, **options):
    given = {
        "secret": "K7QM",
        "stage": RatingStage.INTAKE,
        "level": Satisfaction.SATISFIED,
        "at": BEFORE,
    }
    return rate(EM, dossier, **(given | options))


@pytest.mark.rule("onestop", 57)
def test_once_per_dossier_and_stage(dossier):
    rated(dossier, answers={"attitude": Satisfaction.VERY_SATISFIED}, comment=WORDS)
    with pytest.raises(RatingNotAcceptable):
        rated(dossier, level=Satisfaction.UNSATISFIED)
    with pytest.raises(RatingNotAcceptable):
        rated(dossier, stage=RatingStage.RESULT)
    rating = Rating.objects.get()
    assert (rating.level, rating.agency, rating.answers.count()) == (
        Satisfaction.SATISFIED,
        dossier.receiving_agency,
        1,
    )


@pytest.mark.rule("onestop", 57)
def test_the_signed_in_applicant_needs_no_secret_and_has_no_second_voice(dossier):
    owner = Citizen(dossier.owner.personal_number, dossier.owner.name, identity_level=2)
    said = {"stage": RatingStage.INTAKE, "level": Satisfaction.NORMAL, "at": BEFORE}
    unproven = replace(owner, identity_level=0)
    stranger = replace(owner, personal_number="034085005678")
    official = actor_for(MembershipFactory(agency=dossier.deciding_agency, counter=True))
    for other in (unproven, stranger, official, EM):
        with pytest.raises(NotPermitted):
            rate_own(other, dossier, **said)
    with pytest.raises(RatingNotAcceptable):
        rate_own(owner, dossier, **said | {"stage": RatingStage.RESULT})
    rate_own(owner, dossier, comment=WORDS, **said)
    # Neither signed in nor with the receipt in hand is there a second rating of the stage.
    with pytest.raises(RatingNotAcceptable):
        rate_own(owner, dossier, **said)
    with pytest.raises(RatingNotAcceptable):
        rated(dossier)
    rating = Rating.objects.get()
    assert (rating.level, rating.comment.text) == (Satisfaction.NORMAL, WORDS)


@pytest.mark.rule("onestop", 57)
def test_the_database_lets_nobody_edit_or_remove_a_rating(dossier):
    rating = rated(dossier, answers={"ease": Satisfaction.NORMAL}, comment=WORDS)
    for rows, change in (
        (Rating.objects.filter(pk=rating.pk), {"level": Satisfaction.VERY_SATISFIED}),
        (rating.answers.all(), {"level": Satisfaction.VERY_SATISFIED}),
        (RatingComment.objects.all(), {"text": "Rất tốt"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)


def test_the_secret_and_the_criteria_are_checked(dossier):
    with pytest.raises(SecretWrong):
        rated(dossier, secret="AAAA")
    for answers in ({"nonsense": Satisfaction.NORMAL}, {"online": Satisfaction.NORMAL}):
        with pytest.raises(RatingNotAcceptable):
            rated(dossier, answers=answers)
    with pytest.raises(RatingNotAcceptable):
        rated(dossier, comment="x" * 2001)
    assert not Rating.objects.exists()


def test_no_official_rates(dossier):
    with pytest.raises(NotPermitted):
        rate(
            actor_for(MembershipFactory(agency=dossier.deciding_agency, leader=True)),
            dossier,
            secret="K7QM",
            stage=RatingStage.INTAKE,
            level=Satisfaction.VERY_SATISFIED,
            at=MONDAY_MORNING,
        )


@pytest.mark.rule("onestop", 57)
def test_words_are_shown_only_as_a_higher_agency_lets_them_be(dossier, sign_in):
    rated(dossier, comment=WORDS)
    comment = RatingComment.objects.get()
    head = actor_for(MembershipFactory(agency=dossier.version.procedure.agency, office_head=True))
    own_head = actor_for(MembershipFactory(agency=dossier.deciding_agency, office_head=True))
    with pytest.raises(NotPermitted):
        moderate_comment(own_head, comment, show=True, at=MONDAY_MORNING)
    with pytest.raises(ReasonMissing):
        moderate_comment(head, comment, show=False, at=MONDAY_MORNING)
    page = sign_in(head).get(reverse("onestop:rating_comments")).content.decode()
    assert WORDS in page
    for told in (dossier.code, dossier.owner.name):
        assert told not in page
    sign_in(head).post(
        reverse("onestop:rating_comment_moderate", args=[comment.pk]),
        {"decision": "show", "shown_text": "Cảm ơn cán bộ tiếp nhận"},
    )
    comment.refresh_from_db()
    assert (comment.state, comment.text) == (CommentState.SHOWN, WORDS)
    with pytest.raises(CommentDecided):
        moderate_comment(head, comment, show=True, at=MONDAY_MORNING)
    seen = sign_in(own_head).get(reverse("onestop:figures_satisfaction")).content.decode()
    assert "Cảm ơn cán bộ tiếp nhận" in seen
    assert "0912345678" not in seen
    assert dossier.code not in seen


@pytest.mark.rule("onestop", 57)
def test_one_or_two_ratings_are_not_shown_to_the_rated(dossier, sign_in):
    rated(dossier, level=Satisfaction.UNSATISFIED)
    leader = actor_for(MembershipFactory(agency=dossier.deciding_agency, leader=True))
    response = sign_in(leader).get(reverse("onestop:figures_satisfaction"))
    assert response.context["table"].rows == []
    assert response.context["whole"] is None
