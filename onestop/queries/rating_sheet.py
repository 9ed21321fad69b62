"""What the applicant can still be asked: stages reached and not rated, criteria of the day (rule 57)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from onestop.enums import Channel, DossierState, RatingStage, Satisfaction
from onestop.models import Criterion, Dossier

S = DossierState
# A stage can be rated once the dossier has been in one of these states.
REACHED_IN = {
    RatingStage.INTAKE: (S.RECEIVED,),
    RatingStage.SUPPLEMENT: (S.SUPPLEMENT,),
    RatingStage.REFUSAL: (S.REFUSED,),
    RatingStage.RESULT: (S.DONE, S.RETURNED),
}
# A stored code and its words.
Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RatingSheet:
    """The slip that is handed out: which stages, which questions, which answers."""

    procedure_name: str
    stages: tuple[Choice, ...]
    criteria: tuple[Choice, ...]
    levels: tuple[Choice, ...]


def reached(dossier: Dossier, stage: RatingStage) -> bool:
    """Whether the dossier has come so far."""
    return dossier.changes.filter(after__in=REACHED_IN[stage]).exists()


def open_stages(dossier: Dossier) -> list[RatingStage]:
    """Stages that it has reached and that nobody has rated."""
    been_in = {change.after for change in dossier.changes.all()}
    rated = {rating.stage for rating in dossier.ratings.all()}
    return [stage for stage in RatingStage if stage not in rated and been_in.intersection(REACHED_IN[stage])]


def criteria_of(dossier: Dossier, on: date) -> QuerySet[Criterion]:
    """What is asked on that day of whoever filed in this way."""
    asked = Criterion.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
    return asked if dossier.channel == Channel.ONLINE else asked.filter(online_only=False)


def sheet_of(dossier: Dossier, on: date) -> RatingSheet:
    """The sheet of one dossier; without stages there is nothing to rate."""
    return RatingSheet(
        procedure_name=dossier.version.name,
        stages=tuple((stage.value, str(stage.label)) for stage in open_stages(dossier)),
        criteria=tuple((one.code, one.name) for one in criteria_of(dossier, on)),
        levels=tuple((level.value, str(level.label)) for level in Satisfaction),
    )
