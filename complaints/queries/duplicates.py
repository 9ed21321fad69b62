"""Letters that may be the same case as an open one: proposed with their reasons, decided by a person.

Protected letters are neither looked at nor compared with: a warning would name a denouncer (rule 35). Who
keeps their register has a search of its own there.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace
from django.utils.translation import gettext as _

from complaints.enums import ParticipantRole, Series
from complaints.models import Letter, Matter, Participant
from egov.organizations.actor import Actor, SignedOut
from egov.search.normalize import fold, words
from egov.search.query import resembling

# Older letters are other cases, or found by their root.
WINDOW = timedelta(days=730)
MOST_SHOWN, MOST_COMPARED = 10, 200
# Share of words that two summaries have in common, from which they are worth a look.
ALIKE = 0.5
# What the same text weighs beside the same number of identity (8).
MOST_LIKE = 6
PEOPLE_SHOWN = (ParticipantRole.PRINCIPAL, ParticipantRole.REPRESENTATIVE)


@dataclass(frozen=True, slots=True)
class Likeness:
    """One earlier letter and why it may be the same case; the strongest reason counts most."""

    letter: Letter
    reasons: tuple[str, ...]
    weight: int


@dataclass
class _Found:
    """What was found of one letter."""

    reasons: list[str] = field(default_factory=list)
    weight: int = 0

    def add(self, reason: str, weight: int) -> None:
        if reason not in self.reasons:
            self.reasons.append(reason)
            self.weight += weight


def candidates(actor: Actor | SignedOut, letter: Letter) -> list[Likeness]:
    """Letters of the same register that may be the same case, the likeliest first; none for others."""
    if letter.is_protected or letter.series != Series.LETTERS:
        return []
    others = (
        Letter.objects.visible_to(actor)
        .filter(
            agency=letter.agency_id,
            series=letter.series,
            received_at__gte=letter.received_at - WINDOW,
            received_at__lte=letter.received_at,
        )
        .exclude(pk=letter.pk)
    )
    found: dict[int, _Found] = {}
    _by_people(letter, others, found)
    _by_content(letter, others, found)
    best = sorted(found.items(), key=lambda pair: (-pair[1].weight, pair[0]))[:MOST_SHOWN]
    rows = (
        others.select_related("root")
        .prefetch_related("participants", "matters")
        .in_bulk([pk for pk, _one in best])
    )
    return [Likeness(rows[pk], tuple(one.reasons), one.weight) for pk, one in best if pk in rows]


def family(letter: Letter) -> QuerySet[Letter]:
    """The first letter of the case and all that an officer linked to it, as they arrived."""
    root = letter.root_id or letter.pk
    return Letter.objects.filter(Q(pk=root) | Q(root=root)).order_by("received_at", "pk")


def as_heard(name: str) -> str:
    """A folded name with spellings of one sound made one: Lý and Lí, Mỹ and Mĩ."""
    return fold(name).replace("y", "i")


def _by_people(letter: Letter, others: QuerySet[Letter], found: dict[int, _Found]) -> None:
    mine = [one for one in letter.participants.all() if one.role in PEOPLE_SHOWN]
    numbers = {one.personal_number for one in mine} - {""}
    phones = {one.phone for one in mine} - {""}
    names = {as_heard(one.name) for one in mine} - {""}
    addresses = {fold(one.address) for one in mine} - {""}
    heard = Participant.objects.annotate(heard=Replace(F("folded_name"), Value("y"), Value("i")))
    same = heard.filter(
        Q(personal_number__in=numbers) | Q(phone__in=phones) | Q(heard__in=names),
        letter__in=others.order_by().values("pk"),
        role__in=PEOPLE_SHOWN,
    )
    for person in same.order_by("letter_id", "pk")[:MOST_COMPARED]:
        one = found.setdefault(person.letter_id, _Found())
        if person.personal_number and person.personal_number in numbers:
            one.add(_("Trùng số định danh"), 8)
        elif person.phone and person.phone in phones:
            one.add(_("Trùng số điện thoại"), 5)
        elif fold(person.address) in addresses:
            one.add(_("Trùng họ tên và địa chỉ"), 6)
        else:
            one.add(_("Trùng họ tên"), 3)


def _by_content(letter: Letter, others: QuerySet[Letter], found: dict[int, _Found]) -> None:
    rows = Matter.objects.filter(letter__in=others.order_by().values("pk"))
    for mine in letter.matters.all():
        like = {one.pk: one for one in resembling(rows, mine.summary)[:MOST_COMPARED]}
        if mine.folded_subject:
            same = rows.filter(folded_subject=mine.folded_subject).order_by("-pk")[:MOST_COMPARED]
            like |= {one.pk: one for one in same}
        for other in like.values():
            _compare(mine, other, found)


def _compare(mine: Matter, other: Matter, found: dict[int, _Found]) -> None:
    same_subject = bool(mine.folded_subject) and other.folded_subject == mine.folded_subject
    shared = likeness(mine.summary, other.summary)
    if not same_subject and shared < ALIKE:
        return
    one = found.setdefault(other.letter_id, _Found())
    if same_subject:
        one.add(_("Cùng đối tượng"), 4)
    if shared >= ALIKE:
        one.add(
            _("Nội dung giống nhau %(share)d%%") % {"share": round(shared * 100)}, round(shared * MOST_LIKE)
        )


def likeness(first: str, second: str) -> float:
    """Share of words that two texts have in common, without accents; 1 for the same words, 0 for none."""
    one, other = set(words(first)), set(words(second))
    return len(one & other) / len(one | other) if one and other else 0.0
