"""What a case costs through a channel: one line for each fee and charge that applies.

Amounts are whole dong. Vectors: domain, section 5 (certified copies, extracts, residence online and at the
counter).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onestop.enums import FeeBasis
from onestop.models import Case, FeeRule

# One dossier, one amount: nobody says how many.
ONCE = frozenset({FeeBasis.FIXED})
# How many, by key of the rule. Pages may be told copy by copy, as the cap holds for each.
Quantities = Mapping[int, int | Sequence[int]]


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One amount in dong and where it comes from."""

    rule: FeeRule
    quantity: int
    amount: int

    @property
    def name(self) -> str:
        """As the rule calls it."""
        return self.rule.name


def charges_for(case: Case, channel: str, quantities: Quantities) -> tuple[ChargeLine, ...]:
    """What a dossier of this case costs; ``quantities`` by key of the rule: pages, copies, persons.

    Not counted where nobody said how many: one. What is asked for only on request: none. A rule whose amount
    nobody has confirmed gives no line; see :func:`undetermined`.
    """
    lines = (_line(rule, quantities) for rule in applying(case, channel))
    return tuple(line for line in lines if line is not None and line.amount)


def undetermined(case: Case, channel: str, quantities: Quantities) -> tuple[FeeRule, ...]:
    """Rules that apply and whose amount nobody has set or confirmed: not free, but unknown (domain: 2.3)."""
    return tuple(
        rule
        for rule in applying(case, channel)
        if rule.basis != FeeBasis.FREE and not _is_known(rule) and any(_counts(rule, quantities))
    )


def applying(case: Case, channel: str) -> Iterator[FeeRule]:
    """Rules for the channel; one of its own takes the place of the general one of the same name."""
    rules = list(case.fee_rules.all())
    own = {rule.name.casefold() for rule in rules if rule.channel == channel}
    for rule in rules:
        if rule.channel == channel or (rule.channel == "" and rule.name.casefold() not in own):
            yield rule


def _line(rule: FeeRule, quantities: Quantities) -> ChargeLine | None:
    if not _is_known(rule) or rule.amount is None:
        return None
    counts = _counts(rule, quantities)
    amounts = [_amount(rule, rule.amount, count) for count in counts]
    return ChargeLine(rule, sum(counts), sum(amounts))


def _is_known(rule: FeeRule) -> bool:
    """Whether somebody has compared the amount with the law; the council's is none until written."""
    return rule.basis != FeeBasis.COUNCIL and rule.amount is not None and rule.is_confirmed


def _counts(rule: FeeRule, quantities: Quantities) -> tuple[int, ...]:
    """How many, copy by copy."""
    if rule.basis in ONCE and not rule.is_optional:
        return (1,)
    told = quantities.get(rule.pk, 0 if rule.is_optional else 1)
    return (told,) if isinstance(told, int) else tuple(told)


def _amount(rule: FeeRule, each: int, count: int) -> int:
    """From ``later_from`` on a unit costs ``later_amount``; never more than the cap."""
    if rule.later_from is None or rule.later_amount is None:
        total = each * count
    else:
        at_first = min(count, rule.later_from - 1)
        total = each * at_first + rule.later_amount * (count - at_first)
    return total if rule.cap is None else min(total, rule.cap)
