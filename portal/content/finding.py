"""Tells the portal's search what of the published texts can be found, in which language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.models import drop_entry, index_entry

if TYPE_CHECKING:
    from portal.content.models.editorial import EditorialPage


def refresh_entries(page: EditorialPage) -> None:
    """Let a text be found as it is public now: once in every language while only one of them has it."""
    versions = [one.specific for one in page.get_translations(inclusive=True).select_related("locale")]
    public = [one for one in versions if one.live]
    entry = page.find_entry()
    if entry is None:
        return
    key = str(page.translation_key)
    drop_entry(kind=entry["kind"], key=key)
    for one in public:
        index_entry(
            key=key,
            url=one.url,
            language=one.locale.language_code if len(public) > 1 else "",
            visible_until=one.expire_at,
            **one.find_entry(),
        )
