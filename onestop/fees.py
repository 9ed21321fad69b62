"""What a case costs through a channel: one line for each fee and charge that applies."""

from collections.abc import Mapping
from dataclasses import dataclass

from onestop.enums import FeeBasis
from onestop.models import Case, FeeRule

# Counted by nothing: one dossier, one amount.
ONCE = frozenset({FeeBasis.FIXED})


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


def charges_for(case: Case, channel: str, quantities: Mapping[int, int]) -> tuple[ChargeLine, ...]:
    """What a dossier of this case costs; ``quantities`` by key of the rule: pages, copies, persons.

    Not counted where nobody said how many: one. What is asked for only on request: none. A rule whose amount
    nobody has confirmed gives no line.
    """
    lines = (_line(rule, quantities) for rule in case.fee_rules.all() if rule.channel in ("", channel))
    return tuple(line for line in lines if line is not None and line.amount)


def _line(rule: FeeRule, quantities: Mapping[int, int]) -> ChargeLine | None:
    if rule.amount is None or not rule.is_confirmed:
        return None
    quantity = quantities.get(rule.pk, 0 if rule.is_optional else 1)
    if rule.basis in ONCE and not rule.is_optional:
        quantity = 1
    return ChargeLine(rule, quantity, _amount(rule, rule.amount, quantity))


def _amount(rule: FeeRule, each: int, quantity: int) -> int:
    """From ``later_from`` on a unit costs ``later_amount``; never more than the cap."""
    if rule.later_from is None or rule.later_amount is None:
        total = each * quantity
    else:
        at_first = min(quantity, rule.later_from - 1)
        total = each * at_first + rule.later_amount * (quantity - at_first)
    return total if rule.cap is None else min(total, rule.cap)
