"""Say how satisfied one is with one stage of one's dossier, once (rule 57)."""

from collections.abc import Mapping
from datetime import datetime
from hmac import compare_digest

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor, SignedOut
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.enums import RatingStage, Satisfaction
from onestop.models import Criterion, Dossier, Rating, RatingAnswer, RatingComment
from onestop.queries.rating_sheet import criteria_of, reached
from onestop.rules import Citizen

COMMENT_LENGTH = 2000


class RatingNotAcceptable(Refusal):
    """This stage has been rated, has not come yet, or the rating is not complete."""


class SecretWrong(Refusal):
    """Code and secret do not go together."""

    status = 403


@action("onestop.rate", allowed=rules.may_rate)
def rate(
    visitor: SignedOut | Actor,  # noqa: ARG001  (for the frame: rule and audit row)
    dossier: Dossier,
    *,
    secret: str,
    stage: RatingStage,
    level: Satisfaction,
    answers: Mapping[str, Satisfaction] | None = None,
    comment: str = "",
    at: datetime,
) -> Rating:
    """Write the rating; it can never be changed or given again.

    ``answers`` are levels by criterion's code, as far as the person answered; ``comment`` is shown to nobody
    before it was read for personal data. Raises SecretWrong, RatingNotAcceptable.
    """
    if not dossier.secret or not compare_digest(dossier.secret.upper(), secret.strip().upper()):
        raise SecretWrong(_("Mã hồ sơ hoặc mã tra cứu không đúng."))
    return _write(dossier, stage, level, answers=answers, comment=comment, at=at)


@action("onestop.rate_own", allowed=rules.may_rate_own)
def rate_own(
    citizen: Citizen,  # noqa: ARG001  (for the frame: rule and audit row)
    dossier: Dossier,
    *,
    stage: RatingStage,
    level: Satisfaction,
    answers: Mapping[str, Satisfaction] | None = None,
    comment: str = "",
    at: datetime,
) -> Rating:
    """The same by the applicant who has signed in; once a stage all the same, whichever way came first.

    What is written names nobody, as with ``rate``. Raises RatingNotAcceptable.
    """
    return _write(dossier, stage, level, answers=answers, comment=comment, at=at)


def _write(
    dossier: Dossier,
    stage: RatingStage,
    level: Satisfaction,
    *,
    answers: Mapping[str, Satisfaction] | None,
    comment: str,
    at: datetime,
) -> Rating:
    if not reached(dossier, RatingStage(stage)):
        raise RatingNotAcceptable(_("Hồ sơ chưa đến giai đoạn này nên chưa đánh giá được."))
    chosen = _answers(dossier, answers or {}, at)
    text = comment.strip()
    if len(text) > COMMENT_LENGTH:
        raise RatingNotAcceptable(_("Ý kiến dài quá 2000 ký tự. Hãy viết ngắn hơn."))
    try:
        with transaction.atomic():
            rating = Rating.objects.create(
                dossier=dossier,
                stage=RatingStage(stage),
                level=Satisfaction(level),
                agency_id=(
                    dossier.deciding_agency_id if stage == RatingStage.RESULT else dossier.receiving_agency_id
                ),
                at=at,
            )
    except IntegrityError as error:
        raise RatingNotAcceptable(
            _("Giai đoạn này của hồ sơ đã được đánh giá; mỗi giai đoạn chỉ đánh giá một lần.")
        ) from error
    RatingAnswer.objects.bulk_create(
        RatingAnswer(rating=rating, criterion=criterion, level=answer) for criterion, answer in chosen
    )
    if text:
        RatingComment.objects.create(rating=rating, text=text)
    return rating


def _answers(
    dossier: Dossier, answers: Mapping[str, Satisfaction], at: datetime
) -> list[tuple[Criterion, Satisfaction]]:
    criteria = {one.code: one for one in criteria_of(dossier, timezone.localdate(at))}
    unknown = answers.keys() - criteria.keys()
    if unknown or not set(answers.values()) <= set(Satisfaction):
        raise RatingNotAcceptable(_("Phiếu đánh giá có tiêu chí không được hỏi. Hãy tải lại trang."))
    return [(criteria[code], Satisfaction(level)) for code, level in answers.items()]
