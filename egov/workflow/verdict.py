"""The answer of a rule: allowed, or not and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Truthy when allowed; ``reason`` is the sentence for a page when not."""

    allowed: bool
    reason: object = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(allowed=True)


def refused(reason: object) -> Verdict:
    """A "no" with its sentence."""
    return Verdict(allowed=False, reason=reason)
