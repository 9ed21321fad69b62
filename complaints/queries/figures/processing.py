"""Letters and their contents: carried over and received, where they went, what is still open (rule 46)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from complaints.enums import MatterKind, MatterState
from complaints.models import ContentField
from complaints.queries.figures.known import Counted, counted_matters
from complaints.queries.figures.window import Window
from complaints.states import OPEN
from egov.organizations.models import Agency


@dataclass(frozen=True, slots=True)
class KindLine:
    """Contents of one kind. ``carried + received + reopened`` is the sum of ``outcomes`` and ``open``."""

    kind: MatterKind
    carried: int
    received: int
    # Had ended before the period, and were taken up again in it.
    reopened: int
    outcomes: Mapping[MatterState, int]
    open: int

    @property
    def came(self) -> int:
        return self.carried + self.received + self.reopened

    @property
    def went(self) -> int:
        return sum(self.outcomes.values()) + self.open


@dataclass(frozen=True, slots=True)
class LetterLine:
    """Letters entered in the period. Duplicates are letters, but not cases of their own (rule 49)."""

    letters: int = 0
    protected: int = 0
    of_many: int = 0
    people: int = 0
    duplicates: int = 0

    @property
    def cases(self) -> int:
        return self.letters - self.duplicates


@dataclass(frozen=True, slots=True)
class Processing:
    """The whole table of a period."""

    letters: LetterLine
    kinds: tuple[KindLine, ...]
    # Contents received, by the heading of their field; the last line is those without one.
    fields: tuple[tuple[str, int], ...]


def processing(agency: Agency, window: Window) -> Processing:
    """Count a period as it was known at its end; asked again later it gives the same (rule 48)."""
    lines: dict[str, Counter[str]] = {kind.value: Counter() for kind in MatterKind}
    fields: Counter[int | None] = Counter()
    letters: dict[int, Counted] = {}
    for row in counted_matters(agency, window):
        moved = _moved(row.before, row.after)
        if moved is not None:
            lines[row.kind][moved] += 1
            lines[row.kind][f"to {row.after}"] += 1
        if moved == "received":
            fields[row.field_id] += 1
        if row.entered_at >= window.starts_at:
            letters[row.letter_id] = row
    return Processing(
        letters=LetterLine(
            letters=len(letters),
            protected=sum(one.is_protected for one in letters.values()),
            of_many=sum(one.people > 1 for one in letters.values()),
            people=sum(one.people for one in letters.values()),
            duplicates=sum(one.root_id is not None for one in letters.values()),
        ),
        kinds=tuple(_line(MatterKind(kind), counts) for kind, counts in lines.items()),
        fields=_by_heading(fields),
    )


def _moved(before: str | None, after: str) -> str | None:
    """How a content comes into the period; nothing for one that had ended before and stayed so."""
    if before is None:
        return "received"
    if before in OPEN:
        return "carried"
    return None if after == before else "reopened"


def _line(kind: MatterKind, counts: Counter[str]) -> KindLine:
    return KindLine(
        kind=kind,
        carried=counts["carried"],
        received=counts["received"],
        reopened=counts["reopened"],
        outcomes={state: n for state in MatterState if state not in OPEN and (n := counts[f"to {state}"])},
        open=sum(counts[f"to {state}"] for state in OPEN),
    )


def _by_heading(counts: Counter[int | None]) -> tuple[tuple[str, int], ...]:
    """Fields under their headings, as reports print them."""
    headings: Counter[str] = Counter()
    for field in ContentField.objects.filter(pk__in=[pk for pk in counts if pk]).select_related("parent"):
        headings[(field.parent or field).name] += counts[field.pk]
    return (*headings.most_common(), *([("", counts[None])] if counts[None] else []))
