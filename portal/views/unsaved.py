"""What somebody had just written when their sign-in had ended: kept in their browser's own session, and put
into the draft once they have signed in again.

It is put into a draft of whoever signs in and of nobody else: to the next person at the same machine the
draft does not exist, and so neither does what was written into it.
"""

from collections.abc import Mapping
from typing import TypedDict

from django.http import HttpRequest

from portal.actions.draft import LONGEST, MOST_FIELDS, is_field
from portal.models import Draft

KEY = "unsaved_draft"
SHOWN = "was-"


class Unsaved(TypedDict):
    """One form of one draft."""

    draft: str
    typed: dict[str, str]
    shown: dict[str, str]


def typed_in(data: Mapping[str, str]) -> dict[str, str]:
    """Fields of a filing among those that a form sent."""
    kept = [name for name in data if is_field(name)][:MOST_FIELDS]
    return {name: data[name][:LONGEST] for name in kept}


def shown_in(data: Mapping[str, str]) -> dict[str, str]:
    """What the page said that it had shown in them."""
    shown = {name.removeprefix(SHOWN): text for name, text in data.items() if name.startswith(SHOWN)}
    return typed_in(shown)


def keep(request: HttpRequest, draft_pk: object) -> None:
    """Remember what this request wanted to save."""
    kept = Unsaved(
        draft=str(draft_pk), typed=typed_in(request.POST.dict()), shown=shown_in(request.POST.dict())
    )
    request.session[KEY] = kept


def take(request: HttpRequest, draft: Draft) -> Unsaved | None:
    """What was written into this draft before the sign-in ended; it is given once."""
    kept: Unsaved | None = request.session.get(KEY)
    if kept is None or kept["draft"] != str(draft.pk):
        return None
    del request.session[KEY]
    return kept
