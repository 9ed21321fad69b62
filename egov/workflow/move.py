"""The only place that writes a ``state`` column."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, Protocol

from django.db import models
from django.utils.translation import gettext as _

from egov.workflow.models import StateChange
from egov.workflow.performer import Performer
from egov.workflow.refusal import NotFollowing
from egov.workflow.table import StateTable


class Stateful(Protocol):
    """A model with a state, its table and the name of its history."""

    STATES: ClassVar[StateTable]
    HISTORY: ClassVar[str]
    pk: Any
    state: str

    def save(self, *, update_fields: list[str]) -> None: ...


def move(
    thing: Any, *, to: str, by: Performer, at: datetime, note: str = "", also: Sequence[str] = ()
) -> None:
    """Take one thing one step further and write its history.

    The caller holds the row's lock (``@action`` does). ``also`` names fields that were set along with the
    step and are saved by the same statement. Raises NotFollowing when the table does not allow it;
    a thing that has ``refuse_move`` may refuse whatever the table says (its state is decided elsewhere).
    """
    if hasattr(thing, "refuse_move"):
        thing.refuse_move()
    before = thing.state
    if not thing.STATES.allows(before, to):
        labels: dict[str, object] = dict(thing._meta.get_field("state").flatchoices)
        raise NotFollowing(
            _(
                "Không thể chuyển từ “%(before)s” sang “%(after)s”. "
                "Hãy tải lại trang để xem trạng thái mới nhất."
            )
            % {"before": labels.get(before, before), "after": labels.get(to, to)}
        )
    thing.state = to
    thing.save(update_fields=["state", *also])
    history: models.Manager[StateChange] = getattr(thing, thing.HISTORY)
    history.create(before=before, after=to, at=at, user_id=by.user_id, person=by.caption, note=note)
