"""How satisfied people were: by agency and criterion, never by dossier, never of one or two people."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.queries.tree import place_of, placements
from egov.workflow.refusal import NotPermitted
from onestop import rules
from onestop.enums import CommentState, RatingStage, Satisfaction
from onestop.models import Rating, RatingAnswer, RatingComment
from onestop.queries.statistics.figures import share
from onestop.queries.statistics.period import Period
from onestop.queries.statistics.scope import Scope

# Fewer ratings than this in a row would let an officer guess whose they are (rule 57).
FEWEST = 3
CONTENT = (Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED)


@dataclass(slots=True)
class Levels:
    """How often each level was given."""

    counts: Counter[str] = field(default_factory=Counter)

    @property
    def ratings(self) -> int:
        return self.counts.total()

    @property
    def is_shown(self) -> bool:
        """Whether there are enough of them to show."""
        return self.ratings >= FEWEST

    @property
    def content_share(self) -> float | None:
        """Satisfied or very satisfied, of all."""
        return share(sum(self.counts[level] for level in CONTENT), self.ratings)

    @property
    def in_order(self) -> list[int]:
        return [self.counts[level] for level in Satisfaction]


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One agency, criterion or stage."""

    label: str
    levels: Levels


@dataclass(frozen=True)
class SatisfactionReport:
    """All ratings of a period in a scope."""

    whole: Levels
    agencies: list[LevelRow]
    criteria: list[LevelRow]
    stages: list[LevelRow]
    # Rows that are left out because of too few ratings; they are in ``whole``.
    hidden: int


def satisfaction(scope: Scope, period: Period) -> SatisfactionReport:
    """Counts by agency, stage and criterion. Rows with too few ratings are only counted."""
    ratings = Rating.objects.filter(
        agency__in=scope.keys, at__gte=period.starts_at, at__lt=period.ends_at
    ).order_by()
    by_agency: dict[int, Levels] = defaultdict(Levels)
    by_stage: dict[str, Levels] = defaultdict(Levels)
    for agency, stage, level, number in ratings.values_list("agency_id", "stage", "level").annotate(
        n=Count("pk")
    ):
        by_agency[agency].counts[level] += number
        by_stage[stage].counts[level] += number
    whole = Levels(sum((one.counts for one in by_stage.values()), Counter()))
    by_criterion: dict[tuple[int, str], Levels] = defaultdict(Levels)
    answers = RatingAnswer.objects.filter(rating__in=ratings).order_by("criterion__order", "criterion_id")
    for criterion, name, level, number in answers.values_list(
        "criterion_id", "criterion__name", "level"
    ).annotate(n=Count("pk")):
        by_criterion[criterion, name].counts[level] += number
    agencies = [LevelRow(name, by_agency[key]) for key, name in scope.names.items() if key in by_agency]
    criteria = [LevelRow(name, levels) for (_key, name), levels in by_criterion.items()]
    stages = [LevelRow(str(one.label), by_stage[one]) for one in RatingStage if one in by_stage]
    shown = [[row for row in rows if row.levels.is_shown] for rows in (agencies, criteria, stages)]
    # One hidden agency could be told from the sum: then the smallest shown one goes with it.
    hidden = len(agencies) - len(shown[0])
    if hidden == 1 and shown[0]:
        shown[0].remove(min(shown[0], key=lambda row: row.levels.ratings))
        hidden += 1
    return SatisfactionReport(whole, shown[0], shown[1], shown[2], hidden)


def shown_comments(scope: Scope, period: Period) -> QuerySet[RatingComment]:
    """Words that may be read, in an order that tells nothing about when or by whom they were written."""
    rows = RatingComment.objects.filter(
        state=CommentState.SHOWN,
        rating__agency__in=scope.keys,
        rating__at__gte=period.starts_at,
        rating__at__lt=period.ends_at,
    )
    return rows.order_by("text").only("text", "shown_text", "state")


def comments_to_moderate(actor: Actor | SignedOut, on: date) -> QuerySet[RatingComment]:
    """Words that the actor has to read first: about agencies below theirs, and nothing of the dossier."""
    if not isinstance(actor, Actor) or not rules.moderates_comments(actor):
        raise NotPermitted(_("Chỉ chánh văn phòng được kiểm duyệt ý kiến đánh giá."))
    below = placements(on).filter(path__contains=f"/{actor.agency.pk}/")
    rated = below.values_list("agency", flat=True)
    if place_of(actor.agency, on).parent_id is not None:
        rated = rated.exclude(agency=actor.agency)
    rows = RatingComment.objects.filter(state=CommentState.WAITING, rating__agency__in=rated)
    return rows.select_related("rating__agency")
