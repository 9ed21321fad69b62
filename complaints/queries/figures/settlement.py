"""What was settled: right, partly, wrong, in time or late; what has to be carried out, and what was."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q, Sum

from complaints.enums import Stage
from complaints.models import ExecutionItem, ExecutionStep, Outcome, Withdrawal
from complaints.models.execution import ExecutionKind
from complaints.models.outcome import OutcomeForm
from complaints.queries.figures.window import Window
from egov.organizations.models import Agency


@dataclass(frozen=True, slots=True)
class ResultLine:
    """Papers of one form, stage and result."""

    form: OutcomeForm
    stage: Stage
    result: str
    result_words: str
    count: int
    late: int

    @property
    def in_time(self) -> int:
        return self.count - self.late


@dataclass(frozen=True, slots=True)
class ExecutionLine:
    """What decisions and conclusions of the period ordered, and what was done in it, in the kind's unit."""

    kind: ExecutionKind
    ordered: Decimal
    done: Decimal


@dataclass(frozen=True, slots=True)
class Settlement:
    """The whole table of a period."""

    results: tuple[ResultLine, ...]
    # Letters withdrawn as a whole: settled by persuasion, without a paper.
    withdrawn: int
    execution: tuple[ExecutionLine, ...]


def settlement(agency: Agency, window: Window) -> Settlement:
    """Papers issued in the period by the agency on letters of its registers; they never change (rule 48)."""
    during = Q(issued_at__gte=window.starts_at, issued_at__lt=window.ends_at)
    papers = Outcome.objects.filter(during, matter__letter__agency=agency)
    counts: Counter[tuple[str, str, str]] = Counter(papers.values_list("form", "matter__stage", "result"))
    late = Counter(
        papers.filter(dated_on__gt=F("matter__settle_due_on")).values_list("form", "matter__stage", "result")
    )
    words = dict(Outcome._meta.get_field("result").flatchoices)
    return Settlement(
        results=tuple(
            ResultLine(
                OutcomeForm(form),
                Stage(stage),
                result,
                str(words[result]),
                count,
                late[form, stage, result],
            )
            for (form, stage, result), count in sorted(counts.items())
        ),
        withdrawn=Withdrawal.objects.filter(
            matter__letter__agency=agency,
            is_whole=True,
            noted_at__gte=window.starts_at,
            noted_at__lt=window.ends_at,
        )
        .exclude(order=None)
        .count(),
        execution=_execution(agency, window),
    )


def _execution(agency: Agency, window: Window) -> tuple[ExecutionLine, ...]:
    during = Q(noted_at__gte=window.starts_at, noted_at__lt=window.ends_at)
    ordered = dict(
        ExecutionItem.objects.filter(during, matter__letter__agency=agency)
        .order_by()
        .values_list("kind")
        .annotate(Sum("amount"))
    )
    done = dict(
        ExecutionStep.objects.filter(during, item__matter__letter__agency=agency)
        .order_by()
        .values_list("item__kind")
        .annotate(Sum("amount"))
    )
    return tuple(
        ExecutionLine(kind, ordered.get(kind, Decimal(0)), done.get(kind, Decimal(0)))
        for kind in ExecutionKind
        if kind in ordered or kind in done
    )
