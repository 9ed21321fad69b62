"""Note as what a content is counted from now on; whatever changes that calls this."""

from datetime import datetime

from complaints.models import Classification, Letter, Matter


def classify(matter: Matter, *, at: datetime) -> None:
    """Keep kind, field, case and people as they are now, if they are not what is kept already."""
    now = {
        "kind": matter.kind,
        "field_id": matter.field_id,
        "root_id": matter.letter.root_id,
        "people": matter.letter.people,
    }
    last = matter.classifications.order_by("-at", "-id").values(*now).first()
    if last != now:
        Classification.objects.create(matter=matter, at=at, **now)


def classify_all(letter: Letter, *, at: datetime) -> None:
    """The same for each content of a letter."""
    for matter in letter.matters.all():
        matter.letter = letter
        classify(matter, at=at)
